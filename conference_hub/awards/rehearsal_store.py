"""The rows of the ceremony in rehearsals to model and back; nothing of the live run is read here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.agenda.model import CueId, LaneId
from conference_hub.agenda.run import Following
from conference_hub.awards.documents import level_document
from conference_hub.awards.levels import Level, LevelId, Levels, Prize, ProgrammeId, RevealStyle
from conference_hub.awards.model import Award, AwardId, AwardKind, AwardState, Ceremony
from conference_hub.awards.rehearsal_tables import RehearsedAwardRow, RehearsedLevelRow
from conference_hub.core.text import Text

AWARDS = cast("sa.Table", RehearsedAwardRow.__table__)
LEVELS = cast("sa.Table", RehearsedLevelRow.__table__)
COLUMNS = (
    *("id", "number", "level_id", "lane_id", "cue_id", "call_order"),
    *("state", "revealed_at", "deferred", "absent", "joint"),
)
COMMANDED = ("cue_id", "call_order", "state", "revealed_at", "deferred", "absent")
"""The columns that commands change."""


def load(session: Session, conf: str, following: Following) -> Ceremony:
    """Return the ceremony of a rehearsal as it is now."""
    rounds = {lane: tuple(cue.id for cue in own) for lane, own in following.plan.running_cues.items()}
    return Ceremony(
        levels=_levels(session, conf, following),
        awards={award.id: award for award in _awards(session, conf, following)},
        rounds=rounds,
        rehearsed=True,
    )


def add(
    session: Session, conf: str, following: Following, awards: Sequence[Award], levels: Iterable[Level]
) -> None:
    """Insert the awards and levels of a rehearsal that begins."""
    own = {"conf": conf, "run_id": following.id}
    contents = [{**own, "id": level.id, "content": level_document(level)} for level in levels]
    rows = [{**own, **{name: getattr(award, name) for name in COLUMNS}} for award in awards]
    for table, values in ((LEVELS, contents), (AWARDS, rows)):
        if values:
            session.connection().execute(sa.insert(table), values)


def save(session: Session, conf: str, following: Following, awards: Sequence[Award]) -> None:
    """Write back what commands change of awards in a rehearsal."""
    rows = [
        {
            "conf_": conf,
            "run_": following.id,
            "id_": one.id,
            **{name: getattr(one, name) for name in COMMANDED},
        }
        for one in awards
    ]
    session.connection().execute(_SAVE, rows)


def _awards(session: Session, conf: str, following: Following) -> list[Award]:
    own = {"conf_": conf, "run_": following.id}
    return [_award(row) for row in session.connection().execute(_OF_RUN, own).mappings()]


def _levels(session: Session, conf: str, following: Following) -> Levels:
    own = {"conf_": conf, "run_": following.id}
    found = [_level(row["content"]) for row in session.connection().execute(_LEVELS, own).mappings()]
    return {level.id: level for level in sorted(found, key=lambda level: level.rank)}


def _award(row: sa.RowMapping) -> Award:
    return Award(
        id=AwardId(row["id"]),
        number=row["number"],
        level_id=LevelId(row["level_id"]),
        lane_id=LaneId(row["lane_id"]),
        cue_id=CueId(row["cue_id"]),
        call_order=row["call_order"],
        kind=AwardKind.INDIVIDUAL,
        recipient=None,
        organisation=None,
        guest_id=None,
        profile=None,
        state=AwardState(row["state"]),
        revealed_at=row["revealed_at"],
        deferred=row["deferred"],
        absent=row["absent"],
        joint=row["joint"],
    )


def _level(content: Mapping[str, Any]) -> Level:
    prize, programme = content["prize"], content["programme"]
    return Level(
        id=LevelId(content["id"]),
        rank=content["rank"],
        label=Text.of(content["label"]),
        honour=Text.of(content["honour"]),
        prize=None
        if prize is None
        else Prize(
            amount=prize["amount"],
            currency=prize["currency"] or "",
            text=Text.of(prize["text"]) if prize["text"] else None,
        ),
        reveal_style=RevealStyle(content["reveal_style"]),
        programme_id=ProgrammeId(programme) if programme else None,
        pace_s=content["pace_s"],
    )


def _of_run(table: sa.Table) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.conf == sa.bindparam("conf_"), table.c.run_id == sa.bindparam("run_"))


_OF_RUN: sa.Select[Any] = (
    sa.select(AWARDS)
    .where(_of_run(AWARDS))
    .order_by(AWARDS.c.lane_id, AWARDS.c.cue_id, AWARDS.c.call_order, AWARDS.c.id)
)
_LEVELS: sa.Select[Any] = sa.select(LEVELS.c.content).where(_of_run(LEVELS))
_SAVE = (
    sa.update(AWARDS)
    .where(_of_run(AWARDS), AWARDS.c.id == sa.bindparam("id_"))
    .values({name: sa.bindparam(name) for name in COMMANDED})
)
