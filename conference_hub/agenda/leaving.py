"""Which cues a lane leaves by a command: other features are told, and may ask first what becomes of something there."""

from __future__ import annotations

from dataclasses import replace

from conference_hub.agenda import clock, joint
from conference_hub.agenda.lane_run import Answer, LaneRun, LaneStatus, Left
from conference_hub.agenda.scene import Scene
from conference_hub.agenda.step_owners import Effect, Leave
from conference_hub.core.errors import Refused


def left_by(scene: Scene, after: LaneRun, answer: Answer | None) -> list[Effect]:
    """Tell other features which cues the lane leaves by a command; returns what they changed. Raises what they raise.

    A lane that goes on as it was ready to do has its answer from then, while that still holds.
    """
    leave = leaving(scene, after, answer)
    answered = leave if answer else replace(leave, answer=_standing_answer(scene, leave))
    found = (tell(scene.write, answered) for tell in scene.others.leaving)
    return [effect for effect in found if effect is not None]


def left_when_ready(scene: Scene, aimed: LaneRun, answer: Answer | None) -> Left | None:
    """Ask what becomes of names that are left when a lane goes on for which it becomes ready; None: there are none.

    Somebody else may press when it goes on. Raises what other features raise.
    """
    names = _asked(scene, replace(_going_on(scene, aimed), answer=answer))
    return Left(answer=answer, names=names) if answer and names else None


def is_said(scene: Scene, aimed: LaneRun) -> bool:
    """Return whether all was said of the names that are left when a lane goes on which is ready to."""
    leave = _going_on(scene, aimed)
    return not _asked(scene, replace(leave, answer="leave")) or _standing_answer(scene, leave) is not None


def _going_on(scene: Scene, aimed: LaneRun) -> Leave:
    return leaving(scene, joint.go_on(clock.not_ready(aimed), scene.at), None)


def _standing_answer(scene: Scene, leave: Leave) -> Answer | None:
    """Return what was said when the lane became ready; None when it does something else, or more names are left now."""
    said, lane = scene.state.left, scene.before
    if said is None or lane.coming is None or leave.coming[:1] != [lane.cues[lane.coming].cue_id]:
        return None
    try:
        names = _asked(scene, replace(leave, answer=said.answer))
    except Refused:
        return None
    return said.answer if set(names) <= set(said.names) else None


def _asked(scene: Scene, leave: Leave) -> tuple[str, ...]:
    return tuple(name for ask in scene.others.asking for name in ask(scene.write, leave))


def leaving(scene: Scene, after: LaneRun, answer: Answer | None) -> Leave:
    """Return what a lane leaves by becoming another: the cue on air, and those that no longer come by themselves."""
    before = scene.before
    ended = [before.current.cue_id] if before.current and after.position != before.position else []
    first = 0 if before.position is None else before.position + 1
    passed = [
        cue.cue_id for i, cue in enumerate(before.cues) if i >= first and cue.to_come and _passed(i, after)
    ]
    coming = [after.cues[index].cue_id for index in after.order_to_come]
    now = [after.current.cue_id] if after.current else []
    return Leave(
        following=scene.following,
        lane=before.lane_id,
        after=after,
        ends=bool(ended),
        cues=[*ended, *passed],
        coming=[*now, *coming],
        answer=answer,
    )


def _passed(index: int, after: LaneRun) -> bool:
    """Return whether a cue that was to come no longer is: left out, behind the one on air, or the lane is over."""
    over = after.status is LaneStatus.FINISHED
    return over or after.cues[index].skipped or (after.position is not None and index < after.position)
