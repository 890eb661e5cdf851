"""Lanes of runs and their cues: rows to model and back, without the ORM."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.agenda.history import LIVE_RUN, RunId
from conference_hub.agenda.lane_run import CueRun, LaneRun, LaneStatus, Left
from conference_hub.agenda.lease import Holder
from conference_hub.agenda.model import Cue, CueId, LaneId
from conference_hub.agenda.records import MS, cue_of, cue_record, shortest_of
from conference_hub.agenda.run import Following, Run
from conference_hub.agenda.tables import RunCueRow, RunLaneRow
from conference_hub.core.deferred import send_later
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.now import parse_iso
from conference_hub.core.stream import Doc
from conference_hub.exchange.progress import in_turns, turn
from conference_hub.web.readiness import RunProgress

MANY_CUES = 40
"""Others have their turn before the rows of a lane with more cues are read."""


@dataclass(frozen=True, kw_only=True)
class LaneState:
    """A lane as it is stored: how it runs, what its cues are, its last acts, the newest first, and who drives it.

    `left` is what was said of names left when it became ready; it is kept no longer than the lane is ready.
    """

    run: LaneRun
    cues: Mapping[CueId, Cue]
    recent: Sequence[Doc] = ()
    holder: Holder | None = None
    left: Left | None = None

    @cached_property
    def latest(self) -> datetime | None:
        """When something last happened in the lane, an act of whichever feature; None: nothing has."""
        acts = [parse_iso(act["at"]) for act in self.recent[:1]]
        return max((instant for instant in (self.run.latest, *acts) if instant is not None), default=None)


def lane_state(session: Session, conf: str, run_id: RunId, lane_id: LaneId) -> LaneState:
    """Return a lane of a run as it is now, in two statements; raises NotFound."""
    connection, values = session.connection(), {"conf_": conf, "run_": run_id, "lane_": lane_id}
    lane = connection.execute(_ONE_LANE, values).mappings().first()
    if lane is None:
        raise NotFound(msg("그런 진행 구역이 없습니다."), lane=lane_id)
    return _state(lane, connection.execute(_CUES_OF_LANE, values).mappings())


def lane_states(session: Session, conf: str, following: Following) -> list[LaneState]:
    """Return every lane of a run as it is now, in order, in two statements; others have their turn between rows."""
    connection, values = session.connection(), {"conf_": conf, "run_": following.id}
    lanes = {row["id"]: row for row in connection.execute(_ALL_LANES, values).mappings()}
    cues: dict[str, list[sa.RowMapping]] = {}
    for row in in_turns(connection.execute(_ALL_CUES, values).mappings()):
        cues.setdefault(row["lane_id"], []).append(row)
    states = []
    for lane in following.plan.lanes:
        own = cues.get(lane.id, [])
        if len(own) > MANY_CUES:
            turn()
        states.append(_state(lanes[lane.id], own))
    return states


def progress(session: Session, conf: str) -> RunProgress:
    """Return how many lanes the live run has, how many of them started and how many finished."""
    lanes, started, finished = session.connection().execute(_PROGRESS, {"conf_": conf}).one()
    return RunProgress(lanes=lanes, started=started or 0, finished=finished or 0)


def cues_on_air(session: Session, conf: str) -> dict[LaneId, CueId]:
    """Return the cue on air of each lane of the live run that has one."""
    rows = session.connection().execute(_ON_AIR, {"conf_": conf})
    return {LaneId(lane_id): CueId(cue_id) for lane_id, cue_id in rows}


def load_run(session: Session, conf: str, following: Following) -> Run:
    """Return a whole run as it is now."""
    return run_of(lane_states(session, conf, following))


def run_of(states: Iterable[LaneState]) -> Run:
    """Return the run whose lanes these are."""
    known = list(states)
    cues = {cue_id: cue for state in known for cue_id, cue in state.cues.items()}
    return Run(lanes=tuple(state.run for state in known), cues=cues)


def states_of(run: Run, earlier: Iterable[LaneState]) -> list[LaneState]:
    """Return the lanes of a run; each keeps the last acts and the holder that it had in `earlier`."""
    known = {state.run.lane_id: state for state in earlier}
    return [
        replace(known.get(lane.lane_id) or LaneState(run=lane, cues=run.cues), run=lane, cues=run.cues)
        for lane in run.lanes
    ]


def save_lane(session: Session, conf: str, run_id: RunId, before: LaneRun, after: LaneState) -> None:
    """Write how far a lane has come, those of its cues that changed, its last acts, and who drives it."""
    own, lane_id = {"conf_": conf, "run_": run_id}, after.run.lane_id
    send_later(session, _SAVE_LANE, (conf, run_id, lane_id), {**own, "id_": lane_id, **_lane_values(after)})
    known = {cue.cue_id: cue for cue in before.cues}
    for cue in after.run.cues:
        if cue != known[cue.cue_id]:
            values = {**own, "id_": cue.cue_id, **_cue_progress(cue)}
            send_later(session, _SAVE_CUE, (conf, run_id, cue.cue_id), values)


def insert_lanes(session: Session, conf: str, run_id: RunId, states: Sequence[LaneState]) -> None:
    """Insert the lanes of a run, with their cues."""
    own = {"conf": conf, "run_id": run_id}
    lanes = [
        {
            **own,
            "id": state.run.lane_id,
            "cues": [cue.cue_id for cue in state.run.cues],
            **_lane_values(state),
        }
        for state in states
    ]
    cues = [
        {**own, "id": cue.cue_id, **cue_record(state.cues[cue.cue_id]), **_cue_progress(cue)}
        for state in states
        for cue in state.run.cues
    ]
    for table, rows in ((RUN_LANE, lanes), (RUN_CUE, cues)):
        if rows:
            session.connection().execute(sa.insert(table), rows)


def remove_lanes(session: Session, conf: str, run_id: RunId) -> None:
    """Remove the lanes of a run, with their cues."""
    for table in (RUN_CUE, RUN_LANE):
        session.execute(sa.delete(table).where(table.c.conf == conf, table.c.run_id == run_id))


RUN_LANE, RUN_CUE = (cast("sa.Table", row.__table__) for row in (RunLaneRow, RunCueRow))
PROGRESS = (
    "status",
    "cue_id",
    "held_since",
    "standby",
    "ready_since",
    "ready_left",
    "recent",
    "holder",
    "holder_by",
    "holder_since",
)


LANE_COLUMNS = ("id", "cues", *PROGRESS)


def _of_run(table: sa.Table, *columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """Select rows of a run. Lanes and cues are asked for apart: a lane beside each of its cues is read that often."""
    return sa.select(*columns).where(
        table.c.conf == sa.bindparam("conf_"), table.c.run_id == sa.bindparam("run_")
    )


_ALL_LANES = _of_run(RUN_LANE, *(RUN_LANE.c[name] for name in LANE_COLUMNS))


_ONE_LANE = _ALL_LANES.where(RUN_LANE.c.id == sa.bindparam("lane_"))


_ALL_CUES = _of_run(RUN_CUE, *(column for column in RUN_CUE.c if column.name not in {"conf", "run_id"}))


_CUES_OF_LANE = _ALL_CUES.where(RUN_CUE.c.lane_id == sa.bindparam("lane_"))


_PROGRESS = sa.select(
    sa.func.count(),
    sa.func.sum(sa.case((RUN_LANE.c.status != LaneStatus.WAITING.value, 1), else_=0)),
    sa.func.sum(sa.case((RUN_LANE.c.status == LaneStatus.FINISHED.value, 1), else_=0)),
).where(RUN_LANE.c.conf == sa.bindparam("conf_"), RUN_LANE.c.run_id == LIVE_RUN)


_ON_AIR = (
    sa.select(RUN_LANE.c.id, RUN_LANE.c.cue_id)
    .where(
        RUN_LANE.c.conf == sa.bindparam("conf_"),
        RUN_LANE.c.run_id == LIVE_RUN,
        RUN_LANE.c.cue_id.is_not(None),
        RUN_LANE.c.status.in_([LaneStatus.RUNNING.value, LaneStatus.HELD.value]),
    )
    .order_by(RUN_LANE.c.id)
)


_SAVE_LANE = (
    sa.update(RUN_LANE)
    .where(
        RUN_LANE.c.conf == sa.bindparam("conf_"),
        RUN_LANE.c.run_id == sa.bindparam("run_"),
        RUN_LANE.c.id == sa.bindparam("id_"),
    )
    .values({name: sa.bindparam(name) for name in PROGRESS})
)


_SAVE_CUE = (
    sa.update(RUN_CUE)
    .where(
        RUN_CUE.c.conf == sa.bindparam("conf_"),
        RUN_CUE.c.run_id == sa.bindparam("run_"),
        RUN_CUE.c.id == sa.bindparam("id_"),
    )
    .values(
        {
            name: sa.bindparam(name)
            for name in ("started_at", "ended_at", "extension_ms", "held_ms", "skipped")
        }
    )
)


def _lane_values(state: LaneState) -> dict[str, Any]:
    lane, holder = state.run, state.holder
    return {
        "status": lane.status.value,
        "cue_id": lane.current.cue_id if lane.current else None,
        "held_since": lane.held_since,
        "standby": lane.standby,
        "ready_since": lane.ready_since,
        "ready_left": _left_record(state),
        "recent": list(state.recent),
        "holder": holder.actor if holder else None,
        "holder_by": holder.by if holder else None,
        "holder_since": holder.since if holder else None,
    }


def _cue_progress(cue: CueRun) -> dict[str, Any]:
    return {
        "started_at": cue.started_at,
        "ended_at": cue.ended_at,
        "extension_ms": cue.extension // MS,
        "held_ms": cue.held // MS,
        "skipped": cue.skipped,
    }


def _state(lane: sa.RowMapping, cues: Iterable[sa.RowMapping]) -> LaneState:
    own = {row["id"]: row for row in cues}
    order = lane["cues"]
    run = LaneRun(
        lane_id=LaneId(lane["id"]),
        cues=tuple(_cue_run(own[cue_id]) for cue_id in order),
        status=LaneStatus(lane["status"]),
        position=None if lane["cue_id"] is None else order.index(lane["cue_id"]),
        held_since=lane["held_since"],
        standby=lane["standby"],
        ready_since=lane["ready_since"],
    )
    return LaneState(
        run=run,
        cues=_cues(own.values()),
        recent=lane["recent"],
        holder=_holder(lane),
        left=_left(lane["ready_left"]),
    )


def _left_record(state: LaneState) -> dict[str, Any] | None:
    if state.left is None or state.run.ready_since is None:
        return None
    return {"answer": state.left.answer, "names": list(state.left.names)}


def _left(record: Mapping[str, Any] | None) -> Left | None:
    return None if record is None else Left(answer=record["answer"], names=tuple(record["names"]))


def _holder(lane: sa.RowMapping) -> Holder | None:
    if lane["holder"] is None:
        return None
    return Holder(actor=lane["holder"], by=lane["holder_by"], since=lane["holder_since"])


def _cues(rows: Iterable[sa.RowMapping]) -> dict[CueId, Cue]:
    return {CueId(row["id"]): cue_of(row) for row in rows}


def _cue_run(row: sa.RowMapping) -> CueRun:
    return CueRun(
        cue_id=CueId(row["id"]),
        planned_start=row["planned_start"],
        planned=row["planned_ms"] * MS,
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        extension=row["extension_ms"] * MS,
        held=row["held_ms"] * MS,
        skipped=row["skipped"],
        fixed=row["fixed"],
        sync=row["sync"],
        shortest=shortest_of(row),
        droppable=row["droppable"],
    )
