"""When each cue of a run, and each of its lanes, will be over.

A cue begins when its lane is free, one that is fixed never before its planned start, and those of several lanes that
start together when the last of them can. A browser that gets the documents computes the same:
`static/js/agenda/clock.js` mirrors this module, and both are held to `tests/golden/agenda-clock.json`, of one lane, and
`agenda-run.json`, of several.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from conference_hub.agenda.lane_run import ZERO, CueRun, LaneRun
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
    """Return when each lane of a run will end, if each cue is started as soon as it can be."""
    tracks = _run_tracks(run.lanes, now)
    lanes = {track.run.lane_id: _lane_projection(track) for track in tracks}
    planned = max((lane.planned_finish for lane in lanes.values() if lane.planned_finish), default=None)
    projected = max((lane.projected_finish for lane in lanes.values() if lane.projected_finish), default=None)
    return RunProjection(
        lanes=lanes,
        planned_finish=planned,
        projected_finish=projected,
        drift=projected - planned if projected and planned else ZERO,
    )


def project_lane(run: Run, lane_id: LaneId, now: datetime) -> LaneProjection:
    """Return when one lane of a run will end, which depends on the others where they start together."""
    found = (track for track in _run_tracks(run.lanes, now) if track.run.lane_id == lane_id)
    return _lane_projection(next(found))


def project(run: LaneRun, now: datetime) -> LaneProjection:
    """Return when each cue of a lane will end that waits for no other one."""
    (track,) = _run_tracks((run,), now)
    return _lane_projection(track)


class _Track:
    """A lane on its way through the cues that it still has to run: when it is free, and what it has found."""

    def __init__(self, run: LaneRun, now: datetime) -> None:
        self.run = run
        self.at = run.moment(now)
        self.left = deque(run.order_to_come)
        self.free_at = _free_at(run, self.at)
        self.found: dict[int, tuple[datetime, datetime]] = {}

    @property
    def ready(self) -> bool:
        """Whether the lane waits for others alone."""
        return self.run.ready_since is not None and not self.found

    @property
    def point(self) -> str | None:
        """The sync point of the cue that comes next."""
        return self.run.cues[self.left[0]].meets if self.left else None

    def meets_later(self, point: str) -> bool:
        """Return whether the lane comes to a point after the cue that comes next."""
        return any(self.run.cues[index].meets == point for index in self.left) and self.point != point

    def earliest(self) -> datetime:
        """Return when the cue that comes next can begin: early is absorbed by a fixed start, late moves on."""
        cue = self.run.cues[self.left[0]]
        if self.ready:
            return self.at
        if self.free_at is None:
            return max(cue.planned_start, self.at)
        return max(cue.planned_start, self.free_at) if cue.fixed else self.free_at

    def begin(self, start_at: datetime) -> None:
        """Begin the cue that comes next."""
        index = self.left.popleft()
        self.free_at = start_at + self.run.cues[index].allotted
        self.found[index] = start_at, self.free_at


def _run_tracks(lanes: Sequence[LaneRun], now: datetime) -> list[_Track]:
    """Let all lanes run to their ends."""
    tracks = [_Track(lane, now) for lane in lanes]
    while open_tracks := [track for track in tracks if track.left]:
        for track in open_tracks:
            while track.left and track.point is None:
                track.begin(track.earliest())
        _meet([track for track in tracks if track.left])
    return tracks


def _meet(tracks: Sequence[_Track]) -> None:
    """Let those lanes go on that have come to the same sync point; each of `tracks` has come to one.

    No plan is saved whose lanes meet crosswise, so some of them always can.
    """
    points = dict.fromkeys(track.point for track in tracks if track.point is not None)
    met = [point for point in points if not any(track.meets_later(point) for track in tracks)]
    for point in met or list(points)[:1]:
        together = [track for track in tracks if track.point == point]
        start_at = max(track.earliest() for track in together)
        for track in together:
            track.begin(start_at)


def _lane_projection(track: _Track) -> LaneProjection:
    run, at = track.run, track.at
    cues = tuple(_projections(track))
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


def _projections(track: _Track) -> Iterator[CueProjection]:
    """Yield the cues in their order: as they ran, else as they are expected."""
    for index, cue in enumerate(track.run.cues):
        start_at, end_at = _span(track, index) or track.found.get(index) or (None, None)
        yield CueProjection(
            cue_id=cue.cue_id,
            planned_start=cue.planned_start,
            planned_end=cue.planned_end,
            started_at=cue.started_at,
            ended_at=cue.ended_at,
            projected_start=start_at,
            projected_end=end_at,
        )


def _span(track: _Track, index: int) -> tuple[datetime | None, datetime | None] | None:
    """Return when a cue that ran was, or is until; None for one that has not.

    The one on air of a lane that is ready goes on until the other lanes are.
    """
    cue = track.run.cues[index]
    if cue.ended_at is not None:
        return cue.started_at, cue.ended_at
    if cue.started_at is None:
        return None
    if track.run.ready_since is not None and track.run.order_to_come:
        return cue.started_at, track.found[track.run.order_to_come[0]][0]
    return cue.started_at, max(_ends_at(track.run, cue, track.at), track.at)


def _free_at(run: LaneRun, at: datetime) -> datetime | None:
    """Return when the cue on air is over; None without one."""
    return None if run.current is None else max(_ends_at(run, run.current, at), at)


def _ends_at(run: LaneRun, cue: CueRun, at: datetime) -> datetime:
    """Return when the time of a started cue is used up; a hold that lasts moves it on."""
    begun = cue.started_at or at
    holding = ZERO if run.held_since is None else at - run.held_since
    return begun + cue.allotted + cue.held + holding
