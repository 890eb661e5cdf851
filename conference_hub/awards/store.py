"""Award rows to model and back, and the awards as documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.agenda.lane_store import lane_states
from conference_hub.agenda.model import CueId, LaneId
from conference_hub.agenda.run import Following, RunKind
from conference_hub.agenda.run_store import followed_plan, live_run
from conference_hub.awards import rehearsal_store
from conference_hub.awards.documents import AUDIENCES, BEFORE_REVEAL, calling_docs, documents_of
from conference_hub.awards.levels import (
    WON,
    Level,
    LevelId,
    Levels,
    Prize,
    Programme,
    ProgrammeId,
    RevealStyle,
)
from conference_hub.awards.model import (
    NOWHERE,
    Award,
    AwardKind,
    AwardState,
    Call,
    Ceremony,
    Position,
    Rounds,
    StandIn,
)
from conference_hub.awards.tables import AwardRow, LevelRow, ProgrammeRow
from conference_hub.conferences.kept import Kept
from conference_hub.core.stream import Docs, Stream
from conference_hub.core.text import Text


def load(session: Session, conf: str) -> Ceremony:
    """Return the whole ceremony of the day as it is now: one statement, all but the awards is kept in memory."""
    return Ceremony(
        levels=LEVELS.of(session, conf),
        awards={award.id: award for award in all_awards(session, conf)},
        rounds=ROUNDS.of(session, conf),
        programmes=PROGRAMMES.of(session, conf),
    )


def load_run(session: Session, conf: str, following: Following) -> Ceremony:
    """Return the whole ceremony as it is now in a run."""
    if following.kind is RunKind.REHEARSAL:
        return rehearsal_store.load(session, conf, following)
    return load(session, conf)


def load_standing(session: Session, conf: str, following: Following) -> Ceremony:
    """Return the whole ceremony in a run, with where its lanes stand."""
    found = load_run(session, conf, following)
    return replace(found, positions=_positions(session, conf, following))


def all_awards(session: Session, conf: str) -> list[Award]:
    """Return every award that has its place in the ceremony, by lane, cue and calling order."""
    return [award_of(row) for row in session.connection().execute(_PLACED, {"conf_": conf})]


def awards_of_cues(session: Session, conf: str, cues: Iterable[CueId]) -> list[Award]:
    """Return the awards of some cues, by lane, cue and calling order."""
    rows = session.connection().execute(_OF_CUES, {"conf_": conf, "cues_": list(cues)})
    return [award_of(row) for row in rows]


def save(session: Session, conf: str, following: Following, awards: Sequence[Award]) -> None:
    """Write back what commands change of awards in a run: how far they are, where they are called, what is written."""
    if following.kind is RunKind.REHEARSAL:
        rehearsal_store.save(session, conf, following, awards)
        return
    rows = [
        {"conf_": conf, "id_": one.id, **{name: getattr(one, name) for name in COMMANDED}} for one in awards
    ]
    session.connection().execute(_SAVE, rows)


def save_levels(session: Session, conf: str, levels: Iterable[Level]) -> None:
    """Insert or update levels."""
    for level in levels:
        session.merge(
            LevelRow(
                conf=conf,
                id=level.id,
                rank=level.rank,
                label=level.label.as_doc(),
                honour=level.honour.as_doc(),
                prize_amount=level.prize.amount if level.prize else None,
                prize_currency=level.prize.currency if level.prize else WON,
                prize_text=level.prize.text.as_doc() if level.prize and level.prize.text else None,
                reveal_style=level.reveal_style,
                programme_id=level.programme_id,
                pace_s=level.pace_s,
            )
        )
    session.flush()


def documents(session: Session, conf: str, stream: Stream) -> Docs:
    """Render everything of the awards that a stream may see."""
    if stream not in AUDIENCES:
        return {}
    ceremony = load_standing(session, conf, live_run(session, conf))
    docs = documents_of([stream], ceremony, ceremony.awards)[stream]
    return {key: document for key, document in docs.items() if document is not None}


def calling_documents(session: Session, conf: str, stream: Stream) -> Docs:
    """Render what depends on the order of the live run's cues: in which order recipients are called."""
    if stream not in BEFORE_REVEAL:
        return {}
    return calling_docs(load_standing(session, conf, live_run(session, conf)))


def bound_cues(session: Session, conf: str) -> dict[str, str]:
    """Return the cues in which something is awarded, each with its lane."""
    placed = sa.and_(AWARDS.c.conf == conf, AWARDS.c.cue_id.is_not(None))
    rows = session.execute(sa.select(AWARDS.c.cue_id, AWARDS.c.lane_id).where(placed).distinct())
    return {row[0]: row[1] for row in rows}


def _all_programmes(session: Session, conf: str) -> tuple[Programme, ...]:
    rows = session.scalars(
        sa.select(ProgrammeRow).where(ProgrammeRow.conf == conf).order_by(ProgrammeRow.position)
    )
    return tuple(
        Programme(
            id=ProgrammeId(row.id),
            title=Text.of(row.title),
            honour=Text.of(row.honour) if row.honour else None,
        )
        for row in rows
    )


def _all_levels(session: Session, conf: str) -> Levels:
    rows = session.scalars(sa.select(LevelRow).where(LevelRow.conf == conf).order_by(LevelRow.rank))
    return {LevelId(row.id): _level(row) for row in rows}


def _rounds(session: Session, conf: str) -> Rounds:
    cues = followed_plan(session, conf).lane_cues
    return {lane_id: tuple(cue.id for cue in own) for lane_id, own in cues.items()}


def _positions(session: Session, conf: str, following: Following) -> dict[LaneId, Position]:
    states = lane_states(session, conf, following)
    return {state.run.lane_id: Position.of(state.run) for state in states}


def _calls(session: Session, conf: str) -> Mapping[str, Sequence[Call]]:
    calls: dict[str, list[Call]] = {}
    for guest_id, *called in session.connection().execute(_CALLS, {"conf_": conf}):
        calls.setdefault(guest_id, []).append(Call(*called))
    return calls


CALLS: Kept[Mapping[str, Sequence[Call]]] = Kept(_calls)
"""When each guest is called to the stage, by guest."""
PROGRAMMES: Kept[tuple[Programme, ...]] = Kept(_all_programmes)
LEVELS: Kept[Levels] = Kept(_all_levels)
ROUNDS: Kept[Rounds] = Kept(_rounds)

_KINDS = {kind.value: kind for kind in AwardKind}
_STATES = {state.value: state for state in AwardState}
_STAND_INS = {stand_in.value: stand_in for stand_in in StandIn}
AWARDS = cast("sa.Table", AwardRow.__table__)
COLUMNS = tuple(Award.__dataclass_fields__)
COMMANDED = (
    *("state", "revealed_at", "recipient", "organisation", "profile", "pronunciation"),
    *("cue_id", "call_order", "deferred", "absent", "stand_in", "representative", "relation"),
    "withdrawal",
)
"""The columns that commands of the ceremony change."""
ALL = (
    sa.select(*(AWARDS.c[name] for name in COLUMNS))
    .where(AWARDS.c.conf == sa.bindparam("conf_"))
    .order_by(AWARDS.c.lane_id, AWARDS.c.cue_id, AWARDS.c.call_order, AWARDS.c.id)
)
_PLACED = ALL.where(AWARDS.c.cue_id.is_not(None))
_OF_CUES = ALL.where(AWARDS.c.cue_id.in_(sa.bindparam("cues_", expanding=True)))
_CALLS = (
    sa.select(AWARDS.c.guest_id, AWARDS.c.lane_id, AWARDS.c.cue_id, AWARDS.c.call_order)
    .where(
        AWARDS.c.conf == sa.bindparam("conf_"), AWARDS.c.guest_id.is_not(None), AWARDS.c.cue_id.is_not(None)
    )
    .order_by(AWARDS.c.lane_id, AWARDS.c.cue_id, AWARDS.c.call_order, AWARDS.c.id)
)
_SAVE = (
    sa.update(AWARDS)
    .where(AWARDS.c.conf == sa.bindparam("conf_"), AWARDS.c.id == sa.bindparam("id_"))
    .values({name: sa.bindparam(name) for name in COMMANDED})
)


def _level(row: LevelRow) -> Level:
    return Level(
        id=LevelId(row.id),
        rank=row.rank,
        label=Text.of(row.label),
        honour=Text.of(row.honour),
        prize=_prize(row),
        reveal_style=RevealStyle(row.reveal_style),
        programme_id=ProgrammeId(row.programme_id) if row.programme_id else None,
        pace_s=row.pace_s,
    )


def _prize(row: LevelRow) -> Prize | None:
    if row.prize_amount is None and not row.prize_text:
        return None
    text = Text.of(row.prize_text) if row.prize_text else None
    return Prize(amount=row.prize_amount, currency=row.prize_currency, text=text)


def record_of(award: Award) -> dict[str, Any]:
    """Return the columns of an award; one without a place has NULL there."""
    values = {name: getattr(award, name) for name in COLUMNS}
    return {**values, "lane_id": award.lane_id or None, "cue_id": award.cue_id or None}


def award_of(row: Sequence[Any]) -> Award:
    """Return the award of a row with `COLUMNS`: taken apart by position, every command reads all of them."""
    (id_, level_id, lane_id, cue_id, order, kind, recipient, organisation, guest_id, profile, state, at) = (
        row[:12]
    )
    (number, unnamed, citation, representative, relation, presenter, read_by) = row[12:19]
    (honorific, conferrer, pronunciation, deferred, absent, stand_in, withdrawal, joint) = row[19:]
    return Award(
        id=id_,
        level_id=level_id,
        lane_id=lane_id or NOWHERE,
        cue_id=cue_id or NOWHERE,
        call_order=order,
        kind=_KINDS[kind],
        recipient=recipient,
        organisation=organisation,
        guest_id=guest_id,
        profile=profile,
        state=_STATES[state],
        revealed_at=at,
        number=number,
        unnamed=unnamed,
        citation=citation,
        representative=representative,
        relation=relation,
        presenter=presenter,
        read_by=read_by,
        honorific=honorific,
        conferrer=conferrer,
        pronunciation=pronunciation,
        deferred=deferred,
        absent=absent,
        stand_in=_STAND_INS[stand_in],
        withdrawal=withdrawal,
        joint=joint,
    )
