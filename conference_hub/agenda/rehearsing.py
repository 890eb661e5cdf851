"""Where a rehearsal begins: at the start of the day, or at any cue, as if all before it had gone as planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from conference_hub.agenda.lane_run import CueRun, LaneRun, LaneStatus
from conference_hub.agenda.model import CueId, Plan
from conference_hub.agenda.run import Run, begin
from conference_hub.core.errors import NotFound, msg


def beginning(plan: Plan, cue_id: CueId | None, now: datetime) -> tuple[Run, datetime]:
    """Return the run in which `cue_id` begins, and the time of day at which it was planned.

    Without a cue nothing has happened, and it is the time of the first one; of a plan without cues it is `now`.
    Raises NotFound for a cue that is not run.
    """
    run = begin(plan)
    if cue_id is None:
        return run, min((cue.planned_start for lane in run.lanes for cue in lane.cues), default=now)
    begun = next((cue for lane in run.lanes for cue in lane.cues if cue.cue_id == cue_id), None)
    if begun is None:
        raise NotFound(msg("그런 순서가 없습니다."), cue=cue_id)
    at = begun.planned_start
    return replace(run, lanes=tuple(_as_planned(lane, cue_id, at) for lane in run.lanes)), at


def _as_planned(lane: LaneRun, cue_id: CueId, at: datetime) -> LaneRun:
    """Return a lane as the plan has it at an instant; the cue at which the rehearsal begins is on air in its own."""
    own = next((index for index, cue in enumerate(lane.cues) if cue.cue_id == cue_id), None)
    begun = [index for index, cue in enumerate(lane.cues) if cue.planned_start <= at]
    position = own if own is not None else max(begun, default=None)
    if position is None:
        return lane
    cues = tuple(_cue(cue, index, position, at) for index, cue in enumerate(lane.cues))
    over = own is None and position == len(cues) - 1 and cues[position].planned_end <= at
    if over:
        cues = (*cues[:-1], replace(cues[-1], ended_at=cues[-1].planned_end))
    status = LaneStatus.FINISHED if over else LaneStatus.RUNNING
    return replace(lane, cues=cues, status=status, position=None if over else position)


def _cue(cue: CueRun, index: int, position: int, at: datetime) -> CueRun:
    """Return a cue that is over, on air or still to come, by its place beside the one on air."""
    if index > position:
        return cue
    started = min(cue.planned_start, at)
    return replace(cue, started_at=started, ended_at=min(cue.planned_end, at) if index < position else None)
