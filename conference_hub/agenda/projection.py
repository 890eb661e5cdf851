"""When each cue of a lane, and the lane itself, will be over.

A browser that gets the documents computes the same: `static/js/agenda/clock.js` mirrors this module, and both
are held to `tests/golden/agenda-clock.json`, the end of all lanes to `agenda-run.json`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from conference_hub.agenda.clock import ZERO, CueRun, LaneRun
from conference_hub.agenda.model import CueId, LaneId
from conference_hub.agenda.run import Run


@dataclass(frozen=True, kw_only=True)
class CueProjection:
    """When a cue was planned, was and will be; `projected_start` and `_end` are None for a cue left out."""

    cue_id: CueId
    planned_start: datetime
    planned_end: datetime
    started_at: datetime | None
    ended_at: datetime | None
    projected_start: datetime | None
    projected_end: datetime | None


@dataclass(frozen=True, kw_only=True)
class LaneProjection:
    """The lane as seen at one instant.

    `ends_at` and `remaining` (negative when over) belong to the current cue and are None when there is none.
    The finishes are None for an empty lane. `drift` is positive when the lane will finish later than planned.
    """

    cues: tuple[CueProjection, ...]
    ends_at: datetime | None
    remaining: timedelta | None
    planned_finish: datetime | None
    projected_finish: datetime | None
    drift: timedelta


@dataclass(frozen=True, kw_only=True)
class RunProjection:
    """All lanes of a run, in order, as seen at one instant.

    The finishes are those of the lane that ends last, None for a run without cues. `drift` is positive when the run
    will finish later than planned.
    """

    lanes: Mapping[LaneId, LaneProjection]
    planned_finish: datetime | None
    projected_finish: datetime | None
    drift: timedelta


def project_run(run: Run, now: datetime) -> RunProjection:
    """Return when each lane of a run will end, if nobody commands anything more."""
    lanes = {lane.lane_id: project(lane, now) for lane in run.lanes}
    planned = max((lane.planned_finish for lane in lanes.values() if lane.planned_finish), default=None)
    projected = max((lane.projected_finish for lane in lanes.values() if lane.projected_finish), default=None)
    return RunProjection(
        lanes=lanes,
        planned_finish=planned,
        projected_finish=projected,
        drift=projected - planned if projected and planned else ZERO,
    )


def project(run: LaneRun, now: datetime) -> LaneProjection:
    """Return when each cue and the lane will end, if nobody commands anything more."""
    at = run.moment(now)
    cues = tuple(_projections(run, at))
    ends_at = None if run.current is None else _ends_at(run, run.current, at)
    planned_finish = cues[-1].planned_end if cues else None
    projected_finish = max((cue.projected_end for cue in cues if cue.projected_end), default=None)
    return LaneProjection(
        cues=cues,
        ends_at=ends_at,
        remaining=None if ends_at is None else ends_at - at,
        planned_finish=planned_finish,
        projected_finish=projected_finish,
        drift=projected_finish - planned_finish if projected_finish and planned_finish else ZERO,
    )


def _projections(run: LaneRun, at: datetime) -> Iterator[CueProjection]:
    """Yield the cues in their order; those that still come follow one another, after the current one."""
    expected = _expected(run, at)
    for index, cue in enumerate(run.cues):
        start_at, end_at = _span(run, cue, at) or expected.get(index) or (None, None)
        yield CueProjection(
            cue_id=cue.cue_id,
            planned_start=cue.planned_start,
            planned_end=cue.planned_end,
            started_at=cue.started_at,
            ended_at=cue.ended_at,
            projected_start=start_at,
            projected_end=end_at,
        )


def _expected(run: LaneRun, at: datetime) -> dict[int, tuple[datetime, datetime]]:
    """Return when the cues that still come will begin and end, by their index."""
    free_at = None if run.current is None else max(_ends_at(run, run.current, at), at)
    found = {}
    for index in run.order_to_come:
        cue, before = run.cues[index], run.cues[index - 1] if index else None
        start_at = _expected_start(cue, before, free_at, at)
        free_at = start_at + cue.allotted
        found[index] = start_at, free_at
    return found


def _span(run: LaneRun, cue: CueRun, at: datetime) -> tuple[datetime | None, datetime | None] | None:
    """Return when a cue that ran was, or is until; None for one that has not."""
    if cue.ended_at is not None:
        return cue.started_at, cue.ended_at
    return None if cue.started_at is None else (cue.started_at, max(_ends_at(run, cue, at), at))


def _expected_start(cue: CueRun, before: CueRun | None, free_at: datetime | None, at: datetime) -> datetime:
    """Return when a cue begins that comes when the lane is free; `before` is the one before it in the plan.

    A planned gap absorbs lateness; without one a cue follows at once, early or late.
    """
    if free_at is None:
        return max(cue.planned_start, at)
    if before is not None and cue.planned_start > before.planned_end:
        return max(cue.planned_start, free_at)
    return free_at


def _ends_at(run: LaneRun, cue: CueRun, at: datetime) -> datetime:
    """Return when the time of a started cue is used up; a hold that lasts moves it on."""
    begun = cue.started_at or at
    holding = ZERO if run.held_since is None else at - run.held_since
    return begun + cue.allotted + cue.held + holding
