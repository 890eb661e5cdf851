"""The show clock of one lane: what an operator's command makes of it.

A lane is a value (`lane_run.py`): each command takes the lane and the present instant and returns the lane after it, or
raises a refusal.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from conference_hub.agenda.lane_run import ZERO, CueRun, LaneRun, LaneStatus
from conference_hub.agenda.model import CueId
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

SECOND = timedelta(seconds=1)
LONGEST_CUE = timedelta(hours=24)
MOST_SECONDS = 3600
"""The most that one command adds to a cue, or takes from it."""


def start(run: LaneRun, now: datetime) -> LaneRun:
    """Start the cue on standby, else the first. Raises AlreadyFinished, AlreadyRunning and EmptyLane."""
    return _started(run, to_start(run), run.moment(now))


def to_start(run: LaneRun) -> int:
    """Return the index of the cue with which a lane starts; raises what `start` raises."""
    if run.status is LaneStatus.FINISHED:
        raise AlreadyFinished(run.lane_id)
    if run.status is not LaneStatus.WAITING:
        raise AlreadyRunning(run.lane_id)
    target = run.coming
    if target is None:
        raise EmptyLane(run.lane_id)
    return target


def next_cue(run: LaneRun, now: datetime) -> LaneRun:
    """End the current cue, and its hold, and start the one on standby, else the following one that still comes.

    Raises NotStarted, AlreadyFinished, and AtLastCue when no such cue follows.
    """
    index, target = from_and_to(run)
    at = run.moment(now)
    return _started(_ended(run, index, at), target, at)


def from_and_to(run: LaneRun) -> tuple[int, int]:
    """Return the indexes of the cue that `next` ends and of the one that it starts; raises what `next_cue` raises."""
    index = on_air(run)
    target = run.coming
    if target is None:
        raise AtLastCue(run.lane_id)
    return index, target


def jump(run: LaneRun, cue_id: CueId, now: datetime) -> LaneRun:
    """Start any cue of the lane, also one that is over or was left out; the current cue and its hold end.

    A cue that ran before runs anew: its earlier start, end and holds are replaced, its extension stays. Raises NotFound
    for a cue that is not of the lane, AlreadyOnAir for the current one.
    """
    target = not_on_air(run, cue_id)
    at = run.moment(now)
    if run.position is not None:
        run = _ended(run, run.position, at)
    return _started(run, target, at)


def not_on_air(run: LaneRun, cue_id: CueId) -> int:
    """Return the index of a cue that may be jumped to; raises what `jump` raises."""
    target = run.index(cue_id)
    if target == run.position:
        raise AlreadyOnAir(run.lane_id)
    return target


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
    index = not_run(run, cue_id)
    standby = None if run.standby == cue_id else run.standby
    after = replace(_with_cue(run, index, replace(run.cues[index], skipped=True)), standby=standby)
    return _still_ready(run, after)


def not_run(run: LaneRun, cue_id: CueId) -> int:
    """Return the index of a cue that may be left out; raises what `skip` raises."""
    index = run.index(cue_id)
    if run.cues[index].started_at is not None:
        raise HasRun(run.lane_id)
    if run.cues[index].skipped:
        raise AlreadyLeftOut(run.lane_id)
    return index


def bring_back(run: LaneRun, cue_id: CueId) -> LaneRun:
    """Let a cue that was left out come again. Raises NotFound and NotLeftOut."""
    index = run.index(cue_id)
    if not run.cues[index].skipped:
        raise NotLeftOut(run.lane_id)
    return _still_ready(run, _with_cue(run, index, replace(run.cues[index], skipped=False)))


def restart(run: LaneRun, now: datetime) -> LaneRun:
    """Start the current cue anew, with all of its planned time. Raises NotStarted and AlreadyFinished."""
    index = on_air(run)
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
    not_held(run)
    return replace(run, status=LaneStatus.HELD, held_since=run.moment(now), ready_since=None)


def not_held(run: LaneRun) -> int:
    """Return the index of the current cue, which may be held; raises what `hold` raises."""
    index = on_air(run)
    if run.status is LaneStatus.HELD:
        raise AlreadyHeld(run.lane_id)
    return index


def resume(run: LaneRun, now: datetime) -> LaneRun:
    """Let the current cue's clock run on with the time that remained when it was stopped.

    Raises NotStarted, AlreadyFinished and NotHeld.
    """
    return _released(run, held(run), run.moment(now))


def held(run: LaneRun) -> int:
    """Return the index of the current cue, which is held; raises what `resume` raises."""
    index = on_air(run)
    if run.status is not LaneStatus.HELD:
        raise NotHeld(run.lane_id)
    return index


def extend(run: LaneRun, delta: timedelta) -> LaneRun:
    """Give the current cue more time, or less when `delta` is negative; it keeps some, and a day at most.

    Raises NotStarted, AlreadyFinished, TooShort and TooLong.
    """
    index = extensible(run, delta)
    cue = run.cues[index]
    return _with_cue(run, index, replace(cue, extension=cue.extension + delta))


def extensible(run: LaneRun, delta: timedelta) -> int:
    """Return the index of the current cue, which may have so much more time; raises what `extend` raises."""
    index = on_air(run)
    shortest, longest = _limits(run.cues[index])
    if delta <= shortest:
        raise TooShort(run.lane_id)
    if delta > longest:
        raise TooLong(run.lane_id)
    return index


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
    run = _ended(run, may_finish(run, early=early), run.moment(now))
    return replace(run, status=LaneStatus.FINISHED, position=None, standby=None, ready_since=None)


def may_finish(run: LaneRun, *, early: bool = False) -> int:
    """Return the index of the cue with which a lane ends; raises what `finish` raises."""
    index = on_air(run)
    if not early and any(cue.to_come for cue in run.cues):
        raise NotLastCue(run.lane_id)
    return index


def make_ready(run: LaneRun, now: datetime) -> LaneRun:
    """Let a lane wait for others before its next cue; its current cue goes on, and a hold of it ends."""
    at = run.moment(now)
    released = run if run.position is None else _released(run, run.position, at)
    return replace(released, ready_since=at)


def not_ready(run: LaneRun) -> LaneRun:
    """Let a lane wait for others no longer; what it has on air goes on, and its next cue stays its next one."""
    return replace(run, ready_since=None)


def _limits(cue: CueRun) -> tuple[timedelta, timedelta]:
    """Return what an extension must be longer than, and the longest that it may be."""
    return -cue.allotted, max(LONGEST_CUE - cue.allotted, ZERO)


def on_air(run: LaneRun) -> int:
    """Return the index of the current cue. Raises NotStarted and AlreadyFinished."""
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
