"""What operators do to a run: the commands of a lane, each by the rule of the clock that decides it.

Every action says which lane of which run is asked for (`Asked`), and returns `{"seq"}`, the number of the operators'
entry. It raises NotFound for an unknown lane or run, Stale, HeldBy, and what the rule raises.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from conference_hub.agenda import clock, lease
from conference_hub.agenda.clock import LaneRun, LaneStatus
from conference_hub.agenda.commanding import (
    Asked,
    Decide,
    MakeFact,
    Scene,
    change,
    scene_of,
    tell_lane,
)
from conference_hub.agenda.facts import (
    ControlReleased,
    ControlTaken,
    CueBroughtBack,
    CueExtended,
    CueRestarted,
    CueSkipped,
    CueStarted,
    LaneFact,
    LaneFinished,
    LaneHeld,
    LaneReopened,
    LaneResumed,
    LaneStarted,
    StandbyChanged,
)
from conference_hub.agenda.leaving import left_by
from conference_hub.agenda.model import CueId
from conference_hub.agenda.step_owners import REDO, UNDO
from conference_hub.agenda.undoing import take
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc


def start(write: Write, asked: Asked, *, lanes: Sequence[str] = ()) -> Doc:
    """Start a lane with its first cue; `lanes` starts several at one instant, all or none."""
    return _together(write, asked, lanes, clock.start, _begun)


def next_cue(write: Write, asked: Asked, *, lanes: Sequence[str] = ()) -> Doc:
    """End the cue on air and start the following one; `lanes` does so in several at one instant, all or none.

    Names that were not called are asked about.
    """
    return _together(write, asked, lanes, clock.next_cue, _next)


def jump(write: Write, asked: Asked, *, cue: str) -> Doc:
    """Start any cue of a lane, also one that is over or was left out; names that were not called are asked about."""
    scene = scene_of(write, asked, newest=True)
    return _leave(scene, asked, lambda before, at: clock.jump(before, CueId(cue), at), _jumped)


def arm(write: Write, asked: Asked, *, cue: str | None) -> Doc:
    """Put any cue of a lane on standby, so that `next` starts it; null takes off the one that was."""
    return change(
        scene_of(write, asked),
        lambda before, _: clock.arm(before, None if cue is None else CueId(cue)),
        lambda _, after: StandbyChanged(lane=after.lane_id, cue=after.standby),
    )


def skip(write: Write, asked: Asked, *, cue: str) -> Doc:
    """Leave out a cue that has not run; names that belong to it are asked about."""
    scene = scene_of(write, asked, newest=True)
    fact = CueSkipped(lane=scene.lane.id, cue=CueId(cue))
    return _leave(scene, asked, lambda before, _: clock.skip(before, CueId(cue)), lambda *_: fact)


def bring_back(write: Write, asked: Asked, *, cue: str) -> Doc:
    """Let a cue that was left out come again."""
    return change(
        scene_of(write, asked),
        lambda before, _: clock.bring_back(before, CueId(cue)),
        lambda _, after: CueBroughtBack(lane=after.lane_id, cue=CueId(cue)),
    )


def restart(write: Write, asked: Asked) -> Doc:
    """Start the cue on air anew, with all of its planned time."""
    return change(
        scene_of(write, asked, newest=True),
        clock.restart,
        lambda _, after: CueRestarted(lane=after.lane_id, cue=_on_air(after)),
    )


def reopen(write: Write, asked: Asked) -> Doc:
    """Let a lane that is over go on with the cue that ended last, as if it had not ended."""
    return change(
        scene_of(write, asked, newest=True),
        lambda before, _: clock.reopen(before),
        lambda _, after: LaneReopened(lane=after.lane_id, cue=_on_air(after)),
    )


def hold(write: Write, asked: Asked) -> Doc:
    """Stop the clock of the cue on air."""
    return change(
        scene_of(write, asked), clock.hold, lambda _, after: LaneHeld(lane=after.lane_id, cue=_on_air(after))
    )


def resume(write: Write, asked: Asked) -> Doc:
    """Let the clock of the cue on air run on."""
    return change(
        scene_of(write, asked),
        clock.resume,
        lambda _, after: LaneResumed(lane=after.lane_id, cue=_on_air(after)),
    )


def extend(write: Write, asked: Asked, *, seconds: int) -> Doc:
    """Give the cue on air more seconds, or fewer when negative."""
    return change(
        scene_of(write, asked),
        lambda before, _: clock.extend(before, timedelta(seconds=seconds)),
        lambda _, after: CueExtended(lane=after.lane_id, cue=_on_air(after), added_s=seconds),
    )


def finish(write: Write, asked: Asked, *, early: bool = False) -> Doc:
    """End the lane; `early` leaves out the cues that are left. Names that were not called are asked about."""
    scene = scene_of(write, asked, newest=True)
    return _leave(scene, asked, lambda before, at: clock.finish(before, at, early=early), _lane_finished)


def undo(
    write: Write,
    asked: Asked,
    *,
    step: int | None = None,
    publish: bool = False,
) -> Doc:
    """Take back the newest act of a lane that was not taken back, on its cues or its awards: what was is restored.

    `step` is the number of the one that the sender saw; another one is refused as stale. `publish` says that a name may
    become public by it.
    """
    return take(scene_of(write, asked, newest=True), UNDO, step, publish=publish)


def redo(
    write: Write,
    asked: Asked,
    *,
    step: int | None = None,
    publish: bool = False,
) -> Doc:
    """Do the act of a lane again that was taken back last, if no newer one of the lane came."""
    return take(scene_of(write, asked, newest=True), REDO, step, publish=publish)


def take_control(write: Write, asked: Asked, *, force: str | None = None) -> Doc:
    """Drive a lane from now on: others' commands of it are refused until it is released.

    `force` is the id of the actor who drives it, when it is taken over from that one.
    """
    scene = scene_of(write, replace(asked, expect=None), panic=True)
    held = scene.state.holder
    holder = lease.taken(scene.lane.id, held, write.actor, write.at, force=force)
    fact = ControlTaken(lane=scene.lane.id, holder=held.by if held else None)
    return tell_lane(scene, fact, replace(scene.state, holder=holder))


def release_control(write: Write, asked: Asked) -> Doc:
    """Drive a lane no longer: every operator commands it."""
    scene = scene_of(write, replace(asked, expect=None), panic=True)
    lease.require_own(scene.lane.id, scene.state.holder, write.actor)
    return tell_lane(scene, ControlReleased(lane=scene.lane.id), replace(scene.state, holder=None))


def _together(write: Write, asked: Asked, lanes: Sequence[str], decide: Decide, make_fact: MakeFact) -> Doc:
    """Carry a command out in one lane or in several, in those at one instant: that of the clock that is furthest."""
    named = [replace(asked, lane=lane) for lane in lanes] or [asked]
    scenes = [scene_of(write, one, newest=True) for one in named]
    at = max(scene.before.moment(scene.at) for scene in scenes)
    *_, last = [_leave(scene, asked, decide, make_fact, at=at) for scene in scenes]
    return last


def _leave(
    scene: Scene,
    asked: Asked,
    decide: Decide,
    make_fact: MakeFact,
    *,
    at: datetime | None = None,
) -> Doc:
    """Carry out a command by which a lane may leave cues, after those to whom that matters were asked."""
    after = decide(scene.before, at or scene.at)
    effects = left_by(scene, after, asked.left)
    return change(scene, lambda *_: after, make_fact, effects=effects)


def _begun(_: LaneRun, after: LaneRun) -> LaneFact:
    return LaneStarted(lane=after.lane_id, cue=_on_air(after))


def _next(before: LaneRun, after: LaneRun) -> LaneFact:
    return CueStarted(lane=after.lane_id, cue=_on_air(after), left=_on_air(before))


def _jumped(before: LaneRun, after: LaneRun) -> LaneFact:
    if before.status is LaneStatus.WAITING:
        return _begun(before, after)
    left = before.current.cue_id if before.current else None
    return CueStarted(lane=after.lane_id, cue=_on_air(after), left=left)


def _lane_finished(before: LaneRun, after: LaneRun) -> LaneFact:
    left_out = sum(cue.to_come for cue in after.cues)
    return LaneFinished(lane=after.lane_id, cue=_on_air(before), left_out=left_out)


def _on_air(run: LaneRun) -> CueId:
    if run.current is None:
        message = f"lane {run.lane_id} has no cue on air"
        raise ValueError(message)
    return run.current.cue_id
