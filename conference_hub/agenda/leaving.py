"""Which cues a lane leaves by a command: other features are told, and may ask first what becomes of something there."""

from __future__ import annotations

from conference_hub.agenda.lane_run import LaneRun, LaneStatus
from conference_hub.agenda.scene import Scene
from conference_hub.agenda.step_owners import Answer, Effect, Leave


def left_by(scene: Scene, after: LaneRun, answer: Answer | None) -> list[Effect]:
    """Tell features which cues the lane leaves by a command; returns what they changed. Raises what they raise."""
    leave = leaving(scene, after, answer)
    found = (tell(scene.write, leave) for tell in scene.others.leaving)
    return [effect for effect in found if effect is not None]


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
        cues=[*ended, *passed],
        coming=[*now, *coming],
        answer=answer,
    )


def _passed(index: int, after: LaneRun) -> bool:
    """Return whether a cue that was to come no longer is: left out, behind the one on air, or the lane is over."""
    over = after.status is LaneStatus.FINISHED
    return over or after.cues[index].skipped or (after.position is not None and index < after.position)
