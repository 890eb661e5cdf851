"""One command in several lanes at once: which steps of other lanes are taken back, or done again, with a step.

Such a command publishes one fact for each lane, and each says the `lanes` in the order of the facts. So the numbers of
their steps follow each other, and each step is found from any other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from conference_hub.agenda.commanding import merged_state
from conference_hub.agenda.history import State, Step
from conference_hub.agenda.model import LaneId
from conference_hub.agenda.scene import Scene, other_scene
from conference_hub.agenda.step_owners import Company, Way, by_family
from conference_hub.agenda.values import OWN_FAMILIES, values_of
from conference_hub.core.errors import Refused

LANES = "lanes"
"""The field of a fact that names the lanes of its command; empty: it was one lane alone."""


@dataclass(frozen=True, kw_only=True)
class Taking:
    """A step of a lane that is about to be taken, and the stored values that this restores."""

    scene: Scene
    step: Step
    state: State


def taking(scene: Scene, way: Way, step: Step | None) -> Taking:
    """Return what taking a step restores. Raises what `way.decide` raises."""
    state = way.decide(scene.subject, step, _current(scene, step), scene.causes())
    assert step is not None  # noqa: S101 - decided
    return Taking(scene=scene, step=step, state=state)


def with_other_lanes(own: Taking, way: Way) -> list[Taking]:
    """Return `own` and what is taken with it: steps of the same command that are next in their lanes, too."""
    found = (_of_lane(own, way, lane, number) for lane, number in _numbers(own.step).items())
    return [own, *(one for one in found if one is not None)]


def company(takings: Sequence[Taking]) -> Company:
    """Return which lanes are taken together, and which ones of their command are not."""
    taken = [one.step.lane for one in takings]
    kept = [lane for lane in _numbers(takings[0].step) if lane not in taken]
    return Company(lanes=taken if len(taken) > 1 else (), kept=kept)


def _numbers(step: Step) -> Mapping[LaneId, int]:
    """Return the number of the step that the same command made in each other lane."""
    lanes = [LaneId(lane) for lane in step.fields.get(LANES, ())]
    if step.lane not in lanes:
        return {}
    first = step.number - lanes.index(step.lane)
    return {lane: first + place for place, lane in enumerate(lanes) if lane != step.lane}


def _of_lane(own: Taking, way: Way, lane: LaneId, number: int) -> Taking | None:
    """Return the step of another lane, None when it is not next there or something that it touched has changed."""
    scene = other_scene(own.scene, lane)
    step = way.take(scene.offer) if scene else None
    if scene is None or step is None or (step.number, step.topic) != (number, own.step.topic):
        return None
    try:
        return taking(scene, way, step)
    except Refused:
        return None


def _current(scene: Scene, step: Step | None) -> State:
    if step is None:
        return {}
    owners = scene.others.owners
    foreign = {f: keys for f, keys in by_family(step.after).items() if f not in OWN_FAMILIES}
    return merged_state(
        values_of(scene.before),
        *(owners[f].current(scene.write, scene.following, keys) for f, keys in foreign.items()),
    )
