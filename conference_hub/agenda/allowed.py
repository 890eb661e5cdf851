"""What a lane may be commanded next: found by asking the rules that decide, so there is no second table of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from conference_hub.agenda import clock, history
from conference_hub.agenda.history import State, Step
from conference_hub.agenda.keys import LANE, Keys, in_rehearsal
from conference_hub.agenda.lane_run import LaneRun
from conference_hub.agenda.refusals import EmptyLane
from conference_hub.agenda.values import values_of
from conference_hub.core.errors import Refused

_OWN_FAMILIES = frozenset(family.removesuffix("/") for family in (LANE, in_rehearsal(LANE)))
Try = Callable[[], object]


def allowed_commands(run: LaneRun, undo: Step | None, redo: Step | None) -> dict[str, str | None]:
    """Return for each command None when it would be accepted now, else the code of its refusal.

    `undo` and `redo` are the steps that would be taken back and done again.
    """
    subject = Keys().lane(run.lane_id)
    tries: dict[str, Try] = {
        "start": lambda: clock.to_start(run),
        "next": lambda: clock.from_and_to(run),
        "arm": lambda: _arm(run),
        "jump": lambda: _jump(run),
        "skip": lambda: _skip(run),
        "bring-back": lambda: _bring_back(run),
        "restart": lambda: clock.on_air(run),
        "reopen": lambda: clock.reopen(run),
        "hold": lambda: clock.not_held(run),
        "resume": lambda: clock.held(run),
        "extend": lambda: clock.extensible(run, _some_extension(run)),
        "finish": lambda: clock.may_finish(run, early=True),  # with cues left it must say so
        "undo": lambda: history.undo(subject, undo, _compared(run, undo)),
        "redo": lambda: history.redo(subject, redo, _compared(run, redo, done=False)),
    }
    return {name: _refusal(attempt) for name, attempt in tries.items()}


def _refusal(attempt: Try) -> str | None:
    try:
        attempt()
    except Refused as refusal:
        return refusal.code
    return None


def _compared(run: LaneRun, step: Step | None, *, done: bool = True) -> State:
    """Return what a step is compared with: the lane; of a step of another feature, which knows, what it expects."""
    if step is None or step.subject.partition("/")[0] in _OWN_FAMILIES:
        return values_of(run)
    return step.after if done else step.before


def _arm(run: LaneRun) -> LaneRun:
    """Put some other cue on standby, else take the one that is off it."""
    others = (cue.cue_id for index, cue in enumerate(run.cues) if index != run.position)
    return clock.arm(run, next((cue_id for cue_id in others if cue_id != run.standby), None))


def _skip(run: LaneRun) -> int:
    if not run.cues:
        raise EmptyLane(run.lane_id)
    target = next((cue for cue in run.cues if cue.to_come), run.cues[-1])
    return clock.not_run(run, target.cue_id)


def _bring_back(run: LaneRun) -> LaneRun:
    if not run.cues:
        raise EmptyLane(run.lane_id)
    target = next((cue for cue in run.cues if cue.skipped), run.cues[0])
    return clock.bring_back(run, target.cue_id)


def _jump(run: LaneRun) -> int:
    """Jump to some cue that is not on air; to the one on air, which is refused, when there is no other."""
    if not run.cues:
        raise EmptyLane(run.lane_id)
    target = next((cue for index, cue in enumerate(run.cues) if index != run.position), run.cues[0])
    return clock.not_on_air(run, target.cue_id)


def _some_extension(run: LaneRun) -> timedelta:
    shortest, longest = clock.extension_bounds(run)
    return timedelta(seconds=longest or shortest)
