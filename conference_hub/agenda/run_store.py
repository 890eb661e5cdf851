"""Runs and the plans that they follow: rows to model and back, without the ORM."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.agenda.acts import forget_acts
from conference_hub.agenda.history import LIVE_RUN, RunId
from conference_hub.agenda.lane_store import LaneState, insert_lanes, remove_lanes
from conference_hub.agenda.model import Plan
from conference_hub.agenda.run import NOT_BEGUN, Following, RunKind
from conference_hub.agenda.run_clock import RunClock
from conference_hub.agenda.store import forget_versions, kept_plan
from conference_hub.agenda.tables import RehearsalRow, RunRow, RunStepRow
from conference_hub.conferences.kept import Kept, bump_revision
from conference_hub.core.actor import Actor
from conference_hub.core.errors import NotFound, msg
from conference_hub.exchange.progress import turn

Followings = Mapping[RunId, Following]


def followings(session: Session, conf: str) -> Followings:
    """Return the runs of a conference by id, with the plans that they follow; kept in memory."""
    return FOLLOWINGS.of(session, conf)


def live_run(session: Session, conf: str) -> Following:
    """Return the run that every audience follows; one without lanes while there is no plan."""
    return followings(session, conf).get(LIVE_RUN, NOT_BEGUN)


def get_following(session: Session, conf: str, run_id: RunId) -> Following:
    """Return a run; raises NotFound."""
    if run_id == LIVE_RUN:
        return live_run(session, conf)
    found = followings(session, conf).get(run_id)
    if found is None:
        raise NotFound(msg("그런 진행이 없습니다."), run=run_id)
    return found


def rehearsed(session: Session, conf: str) -> Following | None:
    """Return the rehearsal that screens can follow, the one that was begun last; None without one."""
    rehearsals = (run for run in followings(session, conf).values() if run.kind is RunKind.REHEARSAL)
    return max(rehearsals, key=lambda run: (run.began_at, run.id), default=None)


def followed_plan(session: Session, conf: str) -> Plan:
    """Return the plan that the live run follows; NO_PLAN while there is none."""
    return live_run(session, conf).plan


def add_run(
    session: Session, conf: str, following: Following, lanes: Sequence[LaneState], actor: Actor
) -> None:
    """Insert a run with its lanes and cues; the plan that it follows is kept."""
    values = {
        "conf": conf,
        "id": following.id,
        "kind": following.kind.value,
        "plan_revision": following.plan.revision,
        "began_at": following.began_at,
        "by": actor.label,
        "actor": actor.id,
    }
    session.execute(sa.insert(RUN).values(values))
    if following.clock is not None:
        own = {"conf": conf, "run_id": following.id, **_clock_columns(following)}
        session.execute(sa.insert(REHEARSAL).values(own))
    insert_lanes(session, conf, following.id, lanes)
    bump_revision(session, conf)


def replace_run(session: Session, conf: str, following: Following, lanes: Sequence[LaneState]) -> None:
    """Write the lanes and cues of a run anew after another plan was applied to it."""
    remove_lanes(session, conf, following.id)
    session.execute(
        sa.update(RUN)
        .where(RUN.c.conf == conf, RUN.c.id == following.id)
        .values(plan_revision=following.plan.revision)
    )
    insert_lanes(session, conf, following.id, lanes)
    bump_revision(session, conf)


def save_rehearsal(session: Session, conf: str, following: Following) -> None:
    """Write the clock of a rehearsal, and whether screens follow it."""
    columns = _clock_columns(following)
    session.execute(sa.update(REHEARSAL).where(_of(REHEARSAL, conf, following.id)).values(columns))
    bump_revision(session, conf)


def remove_run(session: Session, conf: str, run_id: RunId) -> None:
    """Remove a run, its steps and acts, and the plan that it followed if nobody else does."""
    session.execute(sa.delete(STEP).where(_of(STEP, conf, run_id)))
    forget_acts(session, conf, run_id)
    session.execute(sa.delete(RUN).where(RUN.c.conf == conf, RUN.c.id == run_id))
    forget_versions(session, conf)
    bump_revision(session, conf)


def _followings(session: Session, conf: str) -> Followings:
    found = sa.select(RUN).where(RUN.c.conf == conf).order_by(RUN.c.began_at, RUN.c.id)
    rows = session.execute(found).mappings().all()
    plans = {}
    for number in {row["plan_revision"] for row in rows}:
        plans[number] = kept_plan(session, conf, number)
        turn()
    own = session.execute(sa.select(REHEARSAL).where(REHEARSAL.c.conf == conf)).mappings()
    rehearsals = {row["run_id"]: row for row in own}
    return {
        RunId(row["id"]): Following(
            id=RunId(row["id"]),
            kind=RunKind(row["kind"]),
            plan=plans[row["plan_revision"]],
            began_at=row["began_at"],
            by=row["by"],
            clock=_clock(rehearsals.get(row["id"])),
            on_screens=row["id"] in rehearsals and rehearsals[row["id"]]["on_screens"],
        )
        for row in rows
    }


def _clock(row: sa.RowMapping | None) -> RunClock | None:
    return None if row is None else RunClock(since=row["since"], at=row["at"], speed=row["speed"])


def _clock_columns(following: Following) -> dict[str, Any]:
    clock = following.clock
    if clock is None:
        message = f"{following.id} has no clock of its own"
        raise ValueError(message)
    return {"since": clock.since, "at": clock.at, "speed": clock.speed, "on_screens": following.on_screens}


FOLLOWINGS: Kept[Followings] = Kept(_followings)
RUN, REHEARSAL, STEP = (cast("sa.Table", row.__table__) for row in (RunRow, RehearsalRow, RunStepRow))


def _of(table: sa.Table, conf: str, run_id: RunId) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.conf == conf, table.c.run_id == run_id)
