"""The show clock of one lane: what an operator's command makes of it.

A lane is a value: each command takes the lane and the present instant and returns the lane after it, or
raises a refusal. Instants are aware, kept in UTC at whole milliseconds, which is what the wire carries.

A wall clock can be stepped back. The clock of a lane does not follow: a command earlier than the lane's last
known instant counts as given at that instant, so nothing ever lasts less than zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from conference_hub.agenda.model import Cue, CueId, LaneId
from conference_hub.agenda.refusals import (
    AlreadyFinished,
    AlreadyHeld,
    AlreadyRunning,
    AtLastCue,
    EmptyLane,
    NotHeld,
    NotLastCue,
    NotStarted,
    TooLong,
    TooShort,
)

LONGEST_CUE = timedelta(hours=24)
ZERO = timedelta(0)


class LaneStatus(StrEnum):
    """Where a lane stands; the value is what is stored and sent."""

    WAITING = "waiting"
    RUNNING = "running"
    HELD = "held"
    FINISHED = "finished"


@dataclass(frozen=True, kw_only=True)
class CueRun:
    """A cue as it runs: `extension` is what the operator added or took, `held` the holds that are over."""

    cue_id: CueId
    planned_start: datetime
    planned: timedelta
    started_at: datetime | None = None
    ended_at: datetime | None = None
    extension: timedelta = ZERO
    held: timedelta = ZERO

    @classmethod
    def waiting(cls, cue: Cue) -> CueRun:
        """Make the run of a planned cue that has not been started."""
        return cls(cue_id=cue.id, planned_start=_whole_ms(cue.planned_start), planned=cue.planned)

    @property
    def planned_end(self) -> datetime:
        """When the plan ends it."""
        return self.planned_start + self.planned

    @property
    def allotted(self) -> timedelta:
        """How long it may take, holds not counted."""
        return self.planned + self.extension


@dataclass(frozen=True, kw_only=True)
class LaneRun:
    """A lane as it runs, its cues in order.

    `position` is the index of the current cue while running or held, else None; `held_since` is set only
    while held. A lane that breaks this raises ValueError.
    """

    lane_id: LaneId
    cues: tuple[CueRun, ...]
    status: LaneStatus
    position: int | None
    held_since: datetime | None

    def __post_init__(self) -> None:
        """Refuse a lane whose fields contradict each other."""
        on_air = self.status in {LaneStatus.RUNNING, LaneStatus.HELD}
        pointed = self.position is not None and 0 <= self.position < len(self.cues)
        if on_air != pointed or (self.status is LaneStatus.HELD) != (self.held_since is not None):
            message = f"{self.lane_id} is {self.status} at {self.position}, held since {self.held_since}"
            raise ValueError(message)

    @classmethod
    def planned(cls, *, lane_id: LaneId, cues: Iterable[Cue]) -> LaneRun:
        """Make the waiting lane of those planned `cues` that are its own, ordered by their position."""
        own = sorted((cue for cue in cues if cue.lane_id == lane_id), key=lambda cue: cue.position)
        runs = tuple(CueRun.waiting(cue) for cue in own)
        return cls(lane_id=lane_id, cues=runs, status=LaneStatus.WAITING, position=None, held_since=None)

    @property
    def current(self) -> CueRun | None:
        """The cue that runs or is held."""
        return None if self.position is None else self.cues[self.position]

    def moment(self, now: datetime) -> datetime:
        """Give the present in UTC, but never before anything that has already happened in the lane."""
        cues = (instant for cue in self.cues for instant in (cue.started_at, cue.ended_at))
        known = (instant for instant in (*cues, self.held_since) if instant is not None)
        return max((_whole_ms(now), *known))


def start(run: LaneRun, now: datetime) -> LaneRun:
    """Start the first cue; refuses a lane that was started, is over, or is empty."""
    if run.status is LaneStatus.FINISHED:
        raise AlreadyFinished(run.lane_id)
    if run.status is not LaneStatus.WAITING:
        raise AlreadyRunning(run.lane_id)
    if not run.cues:
        raise EmptyLane(run.lane_id)
    return _started(run, 0, run.moment(now))


def next_cue(run: LaneRun, now: datetime) -> LaneRun:
    """End the current cue, and its hold, and start the following one; refuses on the last cue."""
    index = _on_air(run)
    if index + 1 == len(run.cues):
        raise AtLastCue(run.lane_id)
    at = run.moment(now)
    return _started(_ended(run, index, at), index + 1, at)


def back(run: LaneRun) -> LaneRun:
    """Undo the last start, next or finish; the cue that is left forgets its start, extension and holds."""
    if run.status is LaneStatus.WAITING:
        raise NotStarted(run.lane_id)
    if run.position is None:
        return _reopened(run, _last_started(run))
    left = run.cues[run.position]
    untouched = CueRun(cue_id=left.cue_id, planned_start=left.planned_start, planned=left.planned)
    run = _with_cue(run, run.position, untouched)
    if run.position:
        return _reopened(run, run.position - 1)
    return replace(run, status=LaneStatus.WAITING, position=None, held_since=None)


def hold(run: LaneRun, now: datetime) -> LaneRun:
    """Stop the current cue's clock; the time that remains stays what it is until the hold ends."""
    _on_air(run)
    if run.status is LaneStatus.HELD:
        raise AlreadyHeld(run.lane_id)
    return replace(run, status=LaneStatus.HELD, held_since=run.moment(now))


def resume(run: LaneRun, now: datetime) -> LaneRun:
    """Let the current cue's clock run on with the time that remained when it was stopped."""
    index = _on_air(run)
    if run.status is not LaneStatus.HELD:
        raise NotHeld(run.lane_id)
    return _released(run, index, run.moment(now))


def extend(run: LaneRun, delta: timedelta) -> LaneRun:
    """Give the current cue more time, or less when `delta` is negative; it keeps some, and a day at most."""
    index = _on_air(run)
    cue = run.cues[index]
    if delta <= -cue.allotted:
        raise TooShort(run.lane_id)
    if delta > max(LONGEST_CUE - cue.allotted, ZERO):
        raise TooLong(run.lane_id)
    return _with_cue(run, index, replace(cue, extension=cue.extension + delta))


def finish(run: LaneRun, now: datetime, *, early: bool = False) -> LaneRun:
    """End the current cue and with it the lane; cues that are left are left out, which needs `early`."""
    index = _on_air(run)
    if index + 1 < len(run.cues) and not early:
        raise NotLastCue(run.lane_id)
    run = _ended(run, index, run.moment(now))
    return replace(run, status=LaneStatus.FINISHED, position=None)


def _on_air(run: LaneRun) -> int:
    if run.status is LaneStatus.WAITING:
        raise NotStarted(run.lane_id)
    if run.position is None:
        raise AlreadyFinished(run.lane_id)
    return run.position


def _last_started(run: LaneRun) -> int:
    return max(index for index, cue in enumerate(run.cues) if cue.started_at is not None)


def _started(run: LaneRun, index: int, at: datetime) -> LaneRun:
    run = _with_cue(run, index, replace(run.cues[index], started_at=at))
    return replace(run, status=LaneStatus.RUNNING, position=index)


def _ended(run: LaneRun, index: int, at: datetime) -> LaneRun:
    run = _released(run, index, at)
    return _with_cue(run, index, replace(run.cues[index], ended_at=at))


def _reopened(run: LaneRun, index: int) -> LaneRun:
    run = _with_cue(run, index, replace(run.cues[index], ended_at=None))
    return replace(run, status=LaneStatus.RUNNING, position=index, held_since=None)


def _released(run: LaneRun, index: int, at: datetime) -> LaneRun:
    if run.held_since is None:
        return run
    cue = run.cues[index]
    run = _with_cue(run, index, replace(cue, held=cue.held + (at - run.held_since)))
    return replace(run, status=LaneStatus.RUNNING, held_since=None)


def _with_cue(run: LaneRun, index: int, cue: CueRun) -> LaneRun:
    return replace(run, cues=(*run.cues[:index], cue, *run.cues[index + 1 :]))


def _whole_ms(instant: datetime) -> datetime:
    """Bring an aware instant to UTC at whole milliseconds; a naive one raises ValueError."""
    if instant.tzinfo is None:
        message = f"naive datetime: {instant!r}"
        raise ValueError(message)
    utc = instant.astimezone(UTC)
    return utc.replace(microsecond=utc.microsecond // 1000 * 1000)
