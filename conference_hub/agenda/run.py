"""A run: what happens to one plan, live or as a rehearsal. How it begins, and how a changed plan is applied to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from conference_hub.agenda.history import LIVE_RUN, RunId
from conference_hub.agenda.lane_run import ZERO, CueRun, LaneRun, LaneStatus
from conference_hub.agenda.model import NO_PLAN, Cue, CueId, LaneId, Plan
from conference_hub.agenda.plan_refusals import CueRan, LaneRan
from conference_hub.agenda.run_clock import RunClock


class RunKind(StrEnum):
    """Whether a run is the one that every audience follows; the value is what is stored and sent."""

    LIVE = "live"
    REHEARSAL = "rehearsal"


@dataclass(frozen=True, kw_only=True)
class Following:
    """A run, and the plan that it follows: what does not change from command to command.

    A rehearsal has a `clock` of its own (None: the time of day), and is `on_screens` while the screens of the hall and
    the crew follow it.
    """

    id: RunId
    kind: RunKind
    plan: Plan
    began_at: datetime
    by: str
    clock: RunClock | None = None
    on_screens: bool = False

    def time(self, now: datetime) -> datetime:
        """Return the time in the run at `now`: its commands happen at it."""
        return now if self.clock is None else self.clock.time(now)

    def instant(self, time: datetime) -> datetime:
        """Return when it is `time` in the run, by the time of day."""
        return time if self.clock is None else self.clock.instant(time)

    @property
    def speed(self) -> int:
        """How many times as fast as the day its clock goes."""
        return 1 if self.clock is None else self.clock.speed


NOT_BEGUN = Following(id=LIVE_RUN, kind=RunKind.LIVE, plan=NO_PLAN, began_at=NO_PLAN.changed_at, by="")
"""The live run of a conference that has no plan yet."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """The lanes of a run in order, and its cues as they run."""

    lanes: tuple[LaneRun, ...]
    cues: Mapping[CueId, Cue]

    def lane(self, lane_id: LaneId) -> LaneRun | None:
        """Return a lane, None when the run has no such one."""
        return next((lane for lane in self.lanes if lane.lane_id == lane_id), None)


def begin(plan: Plan) -> Run:
    """Return a run of the plan in which nothing has happened."""
    lanes = (LaneRun.planned(lane_id=lane.id, cues=plan.running_cues[lane.id]) for lane in plan.lanes)
    return Run(lanes=tuple(lanes), cues=_run_cues(plan))


def _run_cues(plan: Plan) -> dict[CueId, Cue]:
    """Return what a run keeps of each cue: its notes stay with the plan."""
    return {cue.id: replace(cue, notes={}) for cue in plan.cues if not cue.skipped}


def apply(run: Run, plan: Plan) -> Run:
    """Return the run after a changed plan was applied: what has run stays as it ran, the rest is as planned now.

    Raises CueRan when the plan lacks or skips a cue that has run, lacks its segment, or has it in another lane, and
    LaneRan when it lacks a lane that was started.
    """
    if gone := _lost_lanes(run, plan):
        raise LaneRan(gone)
    if lost := _lost_cues(run, plan):
        raise CueRan(run.cues[cue_id] for cue_id in lost)
    ran = _ran(run)
    lanes = tuple(_applied(run.lane(lane.id), lane.id, plan) for lane in plan.lanes)
    return Run(lanes=lanes, cues=_run_cues(plan) | {cue_id: run.cues[cue_id] for cue_id in ran})


def require_what_ran(run: Run, before: Plan, after: Plan) -> None:
    """Refuse to change a plan so that it loses what has run; what `before` has lost already does not count.

    Raises CueRan and LaneRan, as `apply` of the changed plan would.
    """
    if gone := _lost_lanes(run, after) - _lost_lanes(run, before):
        raise LaneRan(gone)
    if lost := _lost_cues(run, after) - _lost_cues(run, before):
        raise CueRan(run.cues[cue_id] for cue_id in lost)


def _lost_lanes(run: Run, plan: Plan) -> set[LaneId]:
    started = {lane.lane_id for lane in run.lanes if lane.status is not LaneStatus.WAITING}
    return started - plan.lane_cues.keys()


def _lost_cues(run: Run, plan: Plan) -> set[CueId]:
    return {cue_id for cue_id in _ran(run) if not _is_kept(run.cues[cue_id], plan)}


def _ran(run: Run) -> set[CueId]:
    return {cue.cue_id for lane in run.lanes for cue in lane.cues if cue.started_at is not None}


def _is_kept(cue: Cue, plan: Plan) -> bool:
    planned = plan.cue.get(cue.id)
    in_its_lane = planned is not None and planned.lane_id == cue.lane_id and not planned.skipped
    return in_its_lane and cue.segment_id in plan.segment


def _applied(lane: LaneRun | None, lane_id: LaneId, plan: Plan) -> LaneRun:
    planned = LaneRun.planned(lane_id=lane_id, cues=plan.running_cues[lane_id])
    if lane is None:
        return planned
    known = {cue.cue_id: cue for cue in lane.cues}
    cues = tuple(_kept(known.get(cue.cue_id), cue) for cue in planned.cues)
    ids = [cue.cue_id for cue in cues]
    applied = replace(
        lane,
        cues=cues,
        position=ids.index(lane.current.cue_id) if lane.current else None,
        standby=lane.standby if lane.standby in ids else None,
    )
    return applied if _comes_to(applied) == _comes_to(lane) else replace(applied, ready_since=None)


def _comes_to(lane: LaneRun) -> tuple[CueId, str | None] | None:
    """Return what comes next and where it meets other lanes: a lane is ready for that alone."""
    return None if lane.coming is None else (lane.cues[lane.coming].cue_id, lane.point)


def _kept(known: CueRun | None, planned: CueRun) -> CueRun:
    """Return a cue after an apply: as it ran; else as planned, still left out or cut when it was on the day.

    A cut that would leave it no time at all is forgotten.
    """
    if known is None:
        return planned
    if known.started_at is not None:
        return known
    cut = known.extension if planned.planned + known.extension > ZERO else ZERO
    return replace(planned, skipped=known.skipped, extension=cut)
