"""Whom a command of one lane takes along in others: the awards that come out together with its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from conference_hub.agenda.lane_store import lane_states
from conference_hub.agenda.model import LaneId
from conference_hub.agenda.scene import Scene, after_latest, may_drive, other_scene
from conference_hub.awards import joint
from conference_hub.awards.group import Group
from conference_hub.awards.group_store import find_group
from conference_hub.awards.model import Award, AwardState, Ceremony, Position


@dataclass(frozen=True, kw_only=True)
class Part:
    """An award with its lane, before a command that several lanes may share."""

    scene: Scene
    award: Award


def parts_of(
    own: Part, found: Ceremony, name: str, *, seen: int | None = None, force: bool = False
) -> list[Part]:
    """Return what the command `name` is carried out on: the award itself, then those of other lanes.

    `seen` is what its sender knew, `force` reveals without those who are not ready. Raises LanesNotReady.
    """
    others = found.together_with(own.award)
    return [own, *_beside(own, found, others, name, seen=seen, force=force)] if others else [own]


def at_one_instant(parts: Sequence[Part], found: Ceremony, name: str) -> list[Part]:
    """Return what the command `name` is carried out on, at one instant: after all that happened in its lanes.

    A name that is shown everywhere comes out after what happened in any lane.
    """
    scene = parts[0].scene
    at = max(part.scene.at for part in parts)
    if name == "reveal" and found.is_everywhere(parts[0].award):
        lanes = lane_states(scene.write.session, scene.write.conf, scene.following)
        at = max(at, after_latest(scene.now, *lanes))
    return [replace(part, scene=part.scene.not_earlier(at)) for part in parts]


def _beside(
    own: Part, found: Ceremony, others: Sequence[Award], name: str, *, seen: int | None, force: bool
) -> Iterator[Part]:
    state = own.award.state
    if name == "arm" and state is AwardState.SEALED:
        yield from _readied(own, found, others, seen)
    elif name == "reveal" and state is AwardState.ARMED:
        yield from _parts(own, joint.revealed_with(own.award, others, _positions(own.scene), force=force))
    elif name == "take-back":
        yield from _parts(own, joint.came_out_with(own.award, others))


def _parts(own: Part, awards: Sequence[Award]) -> Iterator[Part]:
    for award in awards:
        scene = other_scene(own.scene, award.lane_id)
        if scene is not None:
            yield Part(scene=scene, award=award)


def _readied(own: Part, found: Ceremony, others: Sequence[Award], seen: int | None) -> Iterator[Part]:
    """Yield the awards of lanes that the sender drives as well, and whose turn it is there."""
    for part in _parts(own, others):
        scene = part.scene
        turn = joint.may_be_readied(part.award, Position.of(scene.before), found.awards.values())
        if turn and may_drive(scene, seen) and _group_of(scene) is None:
            yield part


def _positions(scene: Scene) -> dict[LaneId, Position]:
    states = lane_states(scene.write.session, scene.write.conf, scene.following)
    return {state.run.lane_id: Position.of(state.run) for state in states}


def _group_of(scene: Scene) -> Group | None:
    return find_group(scene.write.session, scene.write.conf, scene.following, scene.lane.id)
