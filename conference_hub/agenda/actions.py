"""What operators do to a run: the commands of a lane, each by the rule of the clock that decides it.

Every action says which lane of which run is asked for (`Asked`), and returns `{"seq"}`, the number of the operators'
entry. It raises NotFound for an unknown lane or run, Stale, HeldBy, and what the rule raises.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from conference_hub.agenda import clock, joint, lane_store, lease
from conference_hub.agenda.commanding import Decide, MakeFact, change, stopped, tell_lane
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
    LaneMadeUp,
    LaneReady,
    LaneReopened,
    LaneResumed,
    LaneStarted,
    StandbyChanged,
)
from conference_hub.agenda.lane_run import LaneRun, LaneStatus
from conference_hub.agenda.leaving import is_said, left_by, left_when_ready
from conference_hub.agenda.model import CueId, LaneId
from conference_hub.agenda.scene import Asked, Scene, scene_beside, scene_of
from conference_hub.agenda.step_owners import REDO, UNDO
from conference_hub.agenda.undoing import take
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc


def start(write: Write, asked: Asked, *, lanes: Sequence[str] = (), force: bool = False) -> Doc:
    """Start a lane with its first cue; `lanes` starts several at one instant, all or none.

    A cue that starts together with those of other lanes waits for them, unless by `force`.
    """
    return _together(write, asked, lanes, clock.start, force=force)


def next_cue(write: Write, asked: Asked, *, lanes: Sequence[str] = (), force: bool = False) -> Doc:
    """End the cue on air and start the following one; `lanes` does so in several at one instant, all or none.

    Of several lanes one that waits starts, so that rounds begin together of which one is the first of its lane.
    Where that starts together with other lanes', the lane becomes ready and the cue on air goes on until the last lane
    is ready too: then all start at one instant. `force` starts it alone. Names that were not called are asked about,
    of a lane that becomes ready at once: what is said of them then holds when it starts.
    """
    return _together(write, asked, lanes, joint.go_on if lanes else clock.next_cue, force=force)


def jump(write: Write, asked: Asked, *, cue: str, force: bool = False) -> Doc:
    """Start any cue of a lane, also one that is over or was left out; it waits for other lanes as by `next`."""
    scene, target = scene_of(write, asked, newest=True), CueId(cue)
    aimed = joint.aimed(scene.before, target)
    return _go_on([scene], [aimed], asked, lambda before, at: clock.jump(before, target, at), force=force)


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


def make_up(
    write: Write, asked: Asked, *, cuts: Mapping[str, int] | None = None, drop: Sequence[str] = ()
) -> Doc:
    """Make up time: take `cuts` (seconds by cue) away and leave out the cues of `drop`, as one act of the lane.

    Names that belong to a cue that is left out are asked about.
    """
    scene = scene_of(write, asked, newest=True)
    shorter = {CueId(cue): timedelta(seconds=seconds) for cue, seconds in (cuts or {}).items()}
    out = [CueId(cue) for cue in drop]
    fact = LaneMadeUp(lane=scene.lane.id)
    return _leave(scene, asked, lambda before, _: clock.make_up(before, shorter, out), lambda *_: fact)


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
    return tell_lane(scene, fact, replace(scene.state, holder=holder), stopped(scene) if held else {})


def release_control(write: Write, asked: Asked) -> Doc:
    """Drive a lane no longer: every operator commands it."""
    scene = scene_of(write, replace(asked, expect=None), panic=True)
    lease.require_own(scene.lane.id, scene.state.holder, write.actor)
    return tell_lane(scene, ControlReleased(lane=scene.lane.id), replace(scene.state, holder=None))


def _together(write: Write, asked: Asked, lanes: Sequence[str], decide: Decide, *, force: bool) -> Doc:
    """Let a lane go on, or several at one instant: that of the clock that is furthest."""
    named = [replace(asked, lane=lane) for lane in lanes] or [asked]
    scenes = [scene_of(write, one, newest=True) for one in named]
    return _go_on(scenes, [scene.before for scene in scenes], asked, decide, force=force)


def _go_on(
    scenes: Sequence[Scene], aimed: Sequence[LaneRun], asked: Asked, decide: Decide, *, force: bool
) -> Doc:
    """Let lanes go on, with those that waited for them; make those ready that have to wait themselves.

    `aimed` are the lanes with the cues next that they go on to. Raises what `decide` raises, and WaitingForLanes.
    """
    now = max(scene.at for scene in scenes)
    for scene in scenes:
        decide(scene.before, now)
    aimed = [_to_be_asked(scene, lane) for scene, lane in zip(scenes, aimed, strict=True)]
    meeting = _meeting(scenes, aimed, force=force)
    beside = [scene_beside(scenes[0], lane) for lane in meeting.going_on if lane not in _ids(scenes)]
    at = max(scene.before.moment(scene.at) for scene in (*scenes, *beside))
    answers = [
        _made_ready(scene, lane, asked)
        if lane.lane_id in meeting.ready
        else _leave(scene, asked, decide, _jumped, at=at)
        for scene, lane in zip(scenes, aimed, strict=True)
    ]
    for scene in beside:
        _leave(scene, asked.of_others(), joint.go_on, _jumped, at=at)
    return answers[-1]


def _to_be_asked(scene: Scene, aimed: LaneRun) -> LaneRun:
    """Return a lane as not ready when names are left in it of which nobody spoke when it became ready."""
    return aimed if aimed.ready_since is None or is_said(scene, aimed) else clock.not_ready(aimed)


def _made_ready(scene: Scene, aimed: LaneRun, asked: Asked) -> Doc:
    left = left_when_ready(scene, aimed, asked.answer(scene.lane.id))
    said = replace(scene, state=replace(scene.state, left=left))
    return change(said, lambda _, at: clock.make_ready(aimed, at), _ready, brief=True)


def _meeting(scenes: Sequence[Scene], aimed: Sequence[LaneRun], *, force: bool) -> joint.Meeting:
    """Return which lanes go on; the other lanes are read only where one of these meets others."""
    pressed = {lane.lane_id: lane for lane in aimed}
    if all(lane.point is None for lane in aimed):
        return joint.Meeting(going_on=tuple(pressed), ready=())
    write, following = scenes[0].write, scenes[0].following
    states = lane_store.lane_states(write.session, write.conf, following)
    lanes = [pressed.get(state.run.lane_id, state.run) for state in states]
    return joint.meet(lanes, list(pressed), scenes[0].at, force=force)


def _ids(scenes: Sequence[Scene]) -> set[LaneId]:
    return {scene.lane.id for scene in scenes}


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
    effects = left_by(scene, after, asked.answer(scene.lane.id))
    return change(scene, lambda *_: after, make_fact, effects=effects)


def _jumped(before: LaneRun, after: LaneRun) -> LaneFact:
    if before.status is LaneStatus.WAITING:
        return LaneStarted(lane=after.lane_id, cue=_on_air(after))
    left = before.current.cue_id if before.current else None
    return CueStarted(lane=after.lane_id, cue=_on_air(after), left=left)


def _ready(_: LaneRun, after: LaneRun) -> LaneFact:
    index = after.coming
    if index is None:
        message = f"lane {after.lane_id} is ready for nothing"
        raise ValueError(message)
    return LaneReady(lane=after.lane_id, cue=after.cues[index].cue_id)


def _lane_finished(before: LaneRun, after: LaneRun) -> LaneFact:
    left_out = sum(cue.to_come for cue in after.cues)
    return LaneFinished(lane=after.lane_id, cue=_on_air(before), left_out=left_out)


def _on_air(run: LaneRun) -> CueId:
    if run.current is None:
        message = f"lane {run.lane_id} has no cue on air"
        raise ValueError(message)
    return run.current.cue_id
