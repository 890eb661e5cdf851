"""The show clock of one lane: what an operator's command makes of it.

A lane is a value: each command takes the lane and the present instant and returns the lane after it, or
raises a refusal. Instants are aware, kept in UTC at whole milliseconds, which is what the wire carries.

A wall clock can be stepped back. The clock of a lane does not follow: a command earlier than the lane's last
known instant counts as given at that instant, so nothing ever lasts less than zero.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from conference_hub.agenda.model import Cue, CueId, LaneId
from conference_hub.agenda.refusals import (
    AlreadyFinished,
    AlreadyHeld,
    AlreadyLeftOut,
    AlreadyOnAir,
    AlreadyOnStandby,
    AlreadyRunning,
    AtLastCue,
    BelowShortest,
    EmptyLane,
    HasEnded,
    HasRun,
    NotDroppable,
    NotFinished,
    NotHeld,
    NothingOnStandby,
    NotLastCue,
    NotLeftOut,
    NotStarted,
    TooLong,
    TooShort,
)
from conference_hub.core.errors import NotFound, msg

SECOND = timedelta(seconds=1)
LONGEST_CUE = timedelta(hours=24)
ZERO = timedelta(0)
MOST_SECONDS = 3600
"""The most that one command adds to a cue, or takes from it."""


class LaneStatus(StrEnum):
    """Where a lane stands; the value is what is stored and sent."""

    WAITING = "waiting"
    RUNNING = "running"
    HELD = "held"
    FINISHED = "finished"


@dataclass(frozen=True, kw_only=True)
class CueRun:
    """A cue as it runs: `extension` is what the operator added or took, `held` the holds that are over.

    One that is `skipped` was left out on the day before it ran. A `fixed` one has a start of its own in the plan, and
    one with a `sync` starts together with those of other lanes that have the same. To make up time it is cut to no less
    than `shortest`, and left out if `droppable`.
    """

    cue_id: CueId
    planned_start: datetime
    planned: timedelta
    started_at: datetime | None = None
    ended_at: datetime | None = None
    extension: timedelta = ZERO
    held: timedelta = ZERO
    skipped: bool = False
    fixed: bool = True
    sync: str | None = None
    shortest: timedelta | None = None
    droppable: bool = False

    @classmethod
    def waiting(cls, cue: Cue) -> CueRun:
        """Make the run of a planned cue that has not been started."""
        return cls(
            cue_id=cue.id,
            planned_start=_whole_ms(cue.planned_start),
            planned=cue.planned,
            fixed=cue.fixed,
            sync=cue.sync,
            shortest=cue.shortest,
            droppable=cue.droppable,
        )

    @property
    def planned_end(self) -> datetime:
        """When the plan ends it."""
        return self.planned_start + self.planned

    @property
    def not_before(self) -> datetime | None:
        """The earliest instant that its start and the holds that are over leave for the present; None: not started."""
        return None if self.started_at is None else self.started_at + self.held

    @property
    def to_come(self) -> bool:
        """Whether it still comes by itself: it has not run and is not left out."""
        return self.started_at is None and not self.skipped

    @property
    def meets(self) -> str | None:
        """The sync point at which it will wait for other lanes; one that ran starts alone when it runs again."""
        return self.sync if self.started_at is None else None

    @property
    def allotted(self) -> timedelta:
        """How long it may take, holds not counted."""
        return self.planned + self.extension


@dataclass(frozen=True, kw_only=True)
class LaneRun:
    """A lane as it runs, its cues in order.

    `position` is the index of the current cue while running or held, else None; `held_since` is set only
    while held. A lane that breaks this raises ValueError. `standby` is the cue that an operator put on standby.
    `ready_since` is when it became ready for its next cue, which waits for other lanes; its current cue goes on.
    """

    lane_id: LaneId
    cues: tuple[CueRun, ...]
    status: LaneStatus
    position: int | None
    held_since: datetime | None
    standby: CueId | None = None
    ready_since: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse a lane whose fields contradict each other."""
        on_air = self.status in {LaneStatus.RUNNING, LaneStatus.HELD}
        pointed = self.position is not None and 0 <= self.position < len(self.cues)
        if on_air != pointed or (self.status is LaneStatus.HELD) != (self.held_since is not None):
            message = f"{self.lane_id} is {self.status} at {self.position}, held since {self.held_since}"
            raise ValueError(message)
        if self.ready_since is not None and self.status not in {LaneStatus.WAITING, LaneStatus.RUNNING}:
            message = f"{self.lane_id} is ready and {self.status}"
            raise ValueError(message)

    @classmethod
    def planned(cls, *, lane_id: LaneId, cues: Iterable[Cue]) -> LaneRun:
        """Make the waiting lane of those planned `cues` that are its own, in their order."""
        runs = tuple(CueRun.waiting(cue) for cue in cues if cue.lane_id == lane_id)
        return cls(lane_id=lane_id, cues=runs, status=LaneStatus.WAITING, position=None, held_since=None)

    @property
    def current(self) -> CueRun | None:
        """The cue that runs or is held."""
        return None if self.position is None else self.cues[self.position]

    @property
    def coming(self) -> int | None:
        """The index of the cue that starts next: the one on standby, else the first that still comes."""
        if self.standby is not None:
            return self.index(self.standby)
        first = 0 if self.position is None else self.position + 1
        left = (i for i in range(first, len(self.cues)) if self.cues[i].to_come)
        return next(left, None)

    @property
    def point(self) -> str | None:
        """The sync point of the cue that starts next, where it waits for other lanes."""
        index = None if self.status is LaneStatus.FINISHED else self.coming
        return None if index is None else self.cues[index].meets

    def comes_to(self, point: str) -> bool:
        """Return whether the lane has a sync point still to come."""
        return any(self.cues[index].meets == point for index in self.order_to_come)

    @property
    def order_to_come(self) -> tuple[int, ...]:
        """The indexes of the cues that will run if nothing but `next` is commanded, in that order."""
        first = None if self.status is LaneStatus.FINISHED else self.coming
        if first is None:
            return ()
        return first, *(i for i in range(first + 1, len(self.cues)) if self.cues[i].to_come)

    def index(self, cue_id: CueId) -> int:
        """Return where a cue of the lane stands; raises NotFound."""
        found = next((i for i, cue in enumerate(self.cues) if cue.cue_id == cue_id), None)
        if found is None:
            raise NotFound(msg("그런 순서가 없습니다."), cue=cue_id)
        return found

    def moment(self, now: datetime) -> datetime:
        """Give the present in UTC, but never before anything that has already happened in the lane."""
        cues = (instant for cue in self.cues for instant in (cue.not_before, cue.ended_at))
        known = (instant for instant in (*cues, self.held_since, self.ready_since) if instant is not None)
        return max((_whole_ms(now), *known))


def start(run: LaneRun, now: datetime) -> LaneRun:
    """Start the cue on standby, else the first. Raises AlreadyFinished, AlreadyRunning and EmptyLane."""
    if run.status is LaneStatus.FINISHED:
        raise AlreadyFinished(run.lane_id)
    if run.status is not LaneStatus.WAITING:
        raise AlreadyRunning(run.lane_id)
    target = run.coming
    if target is None:
        raise EmptyLane(run.lane_id)
    return _started(run, target, run.moment(now))


def next_cue(run: LaneRun, now: datetime) -> LaneRun:
    """End the current cue, and its hold, and start the one on standby, else the following one that still comes.

    Raises NotStarted, AlreadyFinished, and AtLastCue when no such cue follows.
    """
    index = _on_air(run)
    target = run.coming
    if target is None:
        raise AtLastCue(run.lane_id)
    at = run.moment(now)
    return _started(_ended(run, index, at), target, at)


def jump(run: LaneRun, cue_id: CueId, now: datetime) -> LaneRun:
    """Start any cue of the lane, also one that is over or was left out; the current cue and its hold end.

    A cue that ran before runs anew: its earlier start, end and holds are replaced, its extension stays. Raises NotFound
    for a cue that is not of the lane, AlreadyOnAir for the current one.
    """
    target = run.index(cue_id)
    if target == run.position:
        raise AlreadyOnAir(run.lane_id)
    at = run.moment(now)
    if run.position is not None:
        run = _ended(run, run.position, at)
    return _started(run, target, at)


def arm(run: LaneRun, cue_id: CueId | None) -> LaneRun:
    """Put any cue of the lane on standby, so that `next` starts it; None takes it off.

    Raises NotFound, AlreadyFinished, AlreadyOnAir for the current cue, AlreadyOnStandby and NothingOnStandby.
    """
    if run.status is LaneStatus.FINISHED:
        raise AlreadyFinished(run.lane_id)
    if cue_id is None:
        if run.standby is None:
            raise NothingOnStandby(run.lane_id)
        return replace(run, standby=None, ready_since=None)
    if run.index(cue_id) == run.position:
        raise AlreadyOnAir(run.lane_id)
    if cue_id == run.standby:
        raise AlreadyOnStandby(run.lane_id)
    return replace(run, standby=cue_id, ready_since=None)


def skip(run: LaneRun, cue_id: CueId) -> LaneRun:
    """Leave out a cue that has not run; on standby it is no longer. Raises NotFound, HasRun and AlreadyLeftOut."""
    index = run.index(cue_id)
    if run.cues[index].started_at is not None:
        raise HasRun(run.lane_id)
    if run.cues[index].skipped:
        raise AlreadyLeftOut(run.lane_id)
    standby = None if run.standby == cue_id else run.standby
    after = replace(_with_cue(run, index, replace(run.cues[index], skipped=True)), standby=standby)
    return _still_ready(run, after)


def bring_back(run: LaneRun, cue_id: CueId) -> LaneRun:
    """Let a cue that was left out come again. Raises NotFound and NotLeftOut."""
    index = run.index(cue_id)
    if not run.cues[index].skipped:
        raise NotLeftOut(run.lane_id)
    return _still_ready(run, _with_cue(run, index, replace(run.cues[index], skipped=False)))


def restart(run: LaneRun, now: datetime) -> LaneRun:
    """Start the current cue anew, with all of its planned time. Raises NotStarted and AlreadyFinished."""
    index = _on_air(run)
    at = run.moment(now)
    anew = replace(run.cues[index], started_at=at, held=ZERO, extension=ZERO)
    anew_lane = _with_cue(run, index, anew)
    return replace(anew_lane, status=LaneStatus.RUNNING, held_since=None, ready_since=None)


def reopen(run: LaneRun) -> LaneRun:
    """Let a lane that is over go on with the cue that ended last, as if it had not ended.

    Raises NotStarted and NotFinished.
    """
    if run.status is LaneStatus.WAITING:
        raise NotStarted(run.lane_id)
    if run.status is not LaneStatus.FINISHED:
        raise NotFinished(run.lane_id)
    ended = [(cue.ended_at, cue.started_at, i) for i, cue in enumerate(run.cues) if cue.ended_at is not None]
    *_, index = max(ended)
    open_again = _with_cue(run, index, replace(run.cues[index], ended_at=None))
    return replace(open_again, status=LaneStatus.RUNNING, position=index)


def hold(run: LaneRun, now: datetime) -> LaneRun:
    """Stop the current cue's clock; the time that remains stays what it is until the hold ends.

    Raises NotStarted, AlreadyFinished and AlreadyHeld.
    """
    _on_air(run)
    if run.status is LaneStatus.HELD:
        raise AlreadyHeld(run.lane_id)
    return replace(run, status=LaneStatus.HELD, held_since=run.moment(now), ready_since=None)


def resume(run: LaneRun, now: datetime) -> LaneRun:
    """Let the current cue's clock run on with the time that remained when it was stopped.

    Raises NotStarted, AlreadyFinished and NotHeld.
    """
    index = _on_air(run)
    if run.status is not LaneStatus.HELD:
        raise NotHeld(run.lane_id)
    return _released(run, index, run.moment(now))


def extend(run: LaneRun, delta: timedelta) -> LaneRun:
    """Give the current cue more time, or less when `delta` is negative; it keeps some, and a day at most.

    Raises NotStarted, AlreadyFinished, TooShort and TooLong.
    """
    index = _on_air(run)
    cue = run.cues[index]
    shortest, longest = _limits(cue)
    if delta <= shortest:
        raise TooShort(run.lane_id)
    if delta > longest:
        raise TooLong(run.lane_id)
    return _with_cue(run, index, replace(cue, extension=cue.extension + delta))


def make_up(run: LaneRun, cuts: Mapping[CueId, timedelta], drop: Collection[CueId]) -> LaneRun:
    """Take time away from cues that are not over, and leave out others that have not run.

    Raises NotFound, AlreadyFinished, HasEnded, HasRun, AlreadyLeftOut, NotDroppable, BelowShortest, and TooShort for a
    cue that would have no time at all.
    """
    if run.status is LaneStatus.FINISHED:
        raise AlreadyFinished(run.lane_id)
    shorter = {run.index(cue_id): cut for cue_id, cut in cuts.items()}
    cues = tuple(_cut(run, cue, shorter[i]) if i in shorter else cue for i, cue in enumerate(run.cues))
    after = replace(run, cues=cues)
    for cue_id in drop:
        if not after.cues[after.index(cue_id)].droppable:
            raise NotDroppable(run.lane_id)
        after = skip(after, cue_id)
    return after


def _cut(run: LaneRun, cue: CueRun, cut: timedelta) -> CueRun:
    if cue.ended_at is not None:
        raise HasEnded(run.lane_id)
    if cue.skipped:
        raise AlreadyLeftOut(run.lane_id)
    left = cue.allotted - cut
    if left <= ZERO:
        raise TooShort(run.lane_id)
    if cue.shortest is not None and left < cue.shortest:
        raise BelowShortest(run.lane_id)
    return replace(cue, extension=cue.extension - cut)


def extension_bounds(run: LaneRun) -> tuple[int, int]:
    """Return the fewest and the most whole seconds that one command may add now; 0 and 0 without a current cue."""
    if run.current is None:
        return 0, 0
    shortest, longest = _limits(run.current)
    return max(shortest // SECOND + 1, -MOST_SECONDS), min(longest // SECOND, MOST_SECONDS)


def finish(run: LaneRun, now: datetime, *, early: bool = False) -> LaneRun:
    """End the current cue and with it the lane; cues that never ran are left out, which needs `early`.

    Raises NotStarted, AlreadyFinished, and NotLastCue when cues are left and `early` is not set.
    """
    index = _on_air(run)
    if not early and any(cue.to_come for cue in run.cues):
        raise NotLastCue(run.lane_id)
    run = _ended(run, index, run.moment(now))
    return replace(run, status=LaneStatus.FINISHED, position=None, standby=None, ready_since=None)


def make_ready(run: LaneRun, now: datetime) -> LaneRun:
    """Let a lane wait for others before its next cue; its current cue goes on, and a hold of it ends."""
    at = run.moment(now)
    released = run if run.position is None else _released(run, run.position, at)
    return replace(released, ready_since=at)


def _limits(cue: CueRun) -> tuple[timedelta, timedelta]:
    """Return what an extension must be longer than, and the longest that it may be."""
    return -cue.allotted, max(LONGEST_CUE - cue.allotted, ZERO)


def _on_air(run: LaneRun) -> int:
    if run.status is LaneStatus.WAITING:
        raise NotStarted(run.lane_id)
    if run.position is None:
        raise AlreadyFinished(run.lane_id)
    return run.position


def _started(run: LaneRun, index: int, at: datetime) -> LaneRun:
    begun = replace(run.cues[index], started_at=at, ended_at=None, held=ZERO, skipped=False)
    on_air = _with_cue(run, index, begun)
    return replace(on_air, status=LaneStatus.RUNNING, position=index, standby=None, ready_since=None)


def _still_ready(before: LaneRun, after: LaneRun) -> LaneRun:
    """Return the lane, no longer ready when another cue comes next."""
    return after if after.coming == before.coming else replace(after, ready_since=None)


def _ended(run: LaneRun, index: int, at: datetime) -> LaneRun:
    run = _released(run, index, at)
    return _with_cue(run, index, replace(run.cues[index], ended_at=at))


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
