"""Award rows to model and back, and the awards as documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.agenda.run_store import followed_plan
from conference_hub.awards import steps
from conference_hub.awards.documents import AUDIENCES, BEFORE_REVEAL, calling_docs, documents_of
from conference_hub.awards.model import (
    Award,
    AwardKind,
    AwardState,
    Call,
    Ceremony,
    Level,
    LevelId,
    Levels,
    RevealStyle,
    Rounds,
)
from conference_hub.awards.tables import AwardRow, LevelRow
from conference_hub.conferences.kept import Kept
from conference_hub.core.stream import Docs, Stream
from conference_hub.core.text import Text


def load(session: Session, conf: str) -> Ceremony:
    """Return the whole ceremony as it is now: one statement, levels and rounds are kept in memory."""
    awards = {award.id: award for award in all_awards(session, conf)}
    return Ceremony(levels=LEVELS.of(session, conf), awards=awards, rounds=ROUNDS.of(session, conf))


def all_awards(session: Session, conf: str) -> list[Award]:
    """Return every award of a conference, by lane, cue and calling order."""
    return [_award(row) for row in session.connection().execute(_ALL, {"conf_": conf})]


def add_awards(session: Session, conf: str, awards: Iterable[Award]) -> None:
    """Insert or update awards."""
    for award in awards:
        session.merge(AwardRow(conf=conf, **asdict(award)))
    session.flush()


def save(session: Session, conf: str, awards: Sequence[Award]) -> None:
    """Write back how far awards have come and what is written about them."""
    session.connection().execute(
        _SAVE,
        [
            {
                "conf_": conf,
                "id_": award.id,
                "state": award.state,
                "revealed_at": award.revealed_at,
                **asdict(award.wording),
            }
            for award in awards
        ],
    )


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
                prize_won=level.prize_won,
                reveal_style=level.reveal_style,
            )
        )
    session.flush()


def documents(session: Session, conf: str, stream: Stream) -> Docs:
    """Render everything of the awards that a stream may see."""
    if stream not in AUDIENCES:
        return {}
    ceremony = load(session, conf)
    offers = steps.all_offers(session, conf) if stream is Stream.OPERATOR else {}
    options = steps.offered(ceremony, offers, ceremony.awards) if stream is Stream.OPERATOR else {}
    docs = documents_of([stream], ceremony, ceremony.awards, options)[stream]
    return {key: document for key, document in docs.items() if document is not None}


def calling_documents(session: Session, conf: str, stream: Stream) -> Docs:
    """Render what depends on the order of the live run's cues: in which order recipients are called."""
    if stream not in BEFORE_REVEAL:
        return {}
    return calling_docs(load(session, conf))


def bound_cues(session: Session, conf: str) -> dict[str, str]:
    """Return the cues in which something is awarded, each with its lane."""
    rows = session.execute(
        sa.select(_TABLE.c.cue_id, _TABLE.c.lane_id).where(_TABLE.c.conf == conf).distinct()
    )
    return {row[0]: row[1] for row in rows}


def _all_levels(session: Session, conf: str) -> Levels:
    rows = session.scalars(sa.select(LevelRow).where(LevelRow.conf == conf).order_by(LevelRow.rank))
    return {LevelId(row.id): _level(row) for row in rows}


def _rounds(session: Session, conf: str) -> Rounds:
    cues = followed_plan(session, conf).lane_cues
    return {lane_id: tuple(cue.id for cue in own) for lane_id, own in cues.items()}


def _calls(session: Session, conf: str) -> Mapping[str, Sequence[Call]]:
    calls: dict[str, list[Call]] = {}
    for guest_id, *called in session.connection().execute(_CALLS, {"conf_": conf}):
        calls.setdefault(guest_id, []).append(Call(*called))
    return calls


CALLS: Kept[Mapping[str, Sequence[Call]]] = Kept(_calls)
"""When each guest is called to the stage, by guest."""
LEVELS: Kept[Levels] = Kept(_all_levels)
ROUNDS: Kept[Rounds] = Kept(_rounds)

_KINDS = {kind.value: kind for kind in AwardKind}
_STATES = {state.value: state for state in AwardState}
_TABLE = cast("sa.Table", AwardRow.__table__)
_COLUMNS = tuple(Award.__dataclass_fields__)
_ALL = (
    sa.select(*(_TABLE.c[name] for name in _COLUMNS))
    .where(_TABLE.c.conf == sa.bindparam("conf_"))
    .order_by(_TABLE.c.lane_id, _TABLE.c.cue_id, _TABLE.c.call_order, _TABLE.c.id)
)
_CALLS = (
    sa.select(_TABLE.c.guest_id, _TABLE.c.lane_id, _TABLE.c.cue_id, _TABLE.c.call_order)
    .where(_TABLE.c.conf == sa.bindparam("conf_"), _TABLE.c.guest_id.is_not(None))
    .order_by(_TABLE.c.lane_id, _TABLE.c.cue_id, _TABLE.c.call_order, _TABLE.c.id)
)
_SAVE = (
    sa.update(_TABLE)
    .where(_TABLE.c.conf == sa.bindparam("conf_"), _TABLE.c.id == sa.bindparam("id_"))
    .values(
        {
            name: sa.bindparam(name)
            for name in ("state", "revealed_at", "recipient", "organisation", "profile")
        }
    )
)


def _level(row: LevelRow) -> Level:
    return Level(
        id=LevelId(row.id),
        rank=row.rank,
        label=Text.of(row.label),
        honour=Text.of(row.honour),
        prize_won=row.prize_won,
        reveal_style=RevealStyle(row.reveal_style),
    )


def _award(row: Sequence[Any]) -> Award:
    """Return the award of a row with `_COLUMNS`: taken apart by position, every command reads all of them."""
    (id_, level_id, lane_id, cue_id, order, kind, recipient, organisation, guest_id, profile, state, at) = row
    return Award(
        id=id_,
        level_id=level_id,
        lane_id=lane_id,
        cue_id=cue_id,
        call_order=order,
        kind=_KINDS[kind],
        recipient=recipient,
        organisation=organisation,
        guest_id=guest_id,
        profile=profile,
        state=_STATES[state],
        revealed_at=at,
    )
