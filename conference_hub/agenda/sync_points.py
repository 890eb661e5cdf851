"""Sync points of a plan: cues of several lanes that start together, one of each lane.

Lanes that met two points in different orders would wait for one another for ever, so such a plan is refused. The editor
says so while somebody types: `static/js/agenda/sync-points.js` mirrors `crossed`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from conference_hub.agenda.model import Cue, CueId, LaneId, Plan
from conference_hub.agenda.plan_refusals import SyncCrossed, SyncTaken

Points = Mapping[str, Iterable[str]]
"""The sync points of each lane by its name, in the order in which the lane meets them."""


def require_order(plan: Plan) -> None:
    """Refuse a plan whose lanes cannot meet: raises SyncTaken and SyncCrossed."""
    joint = _joint(plan)
    if twice := [cue for cues in joint.values() for cue in _met_before(cues)]:
        raise SyncTaken(twice)
    by_point: dict[str, dict[str, Cue]] = {
        lane: {str(cue.sync): cue for cue in cues} for lane, cues in joint.items()
    }
    if found := crossed(by_point):
        raise SyncCrossed(by_point[lane][point] for lane, point in found)


def crossed(lanes: Points) -> list[tuple[str, str]]:
    """Return lane and point of where lanes would wait for one another for ever; each lane meets a point once."""
    left = {lane: list(points) for lane, points in lanes.items()}
    while heads := {lane: points[0] for lane, points in left.items() if points}:
        later = {point for points in left.values() for point in points[1:]}
        met = set(heads.values()) - later
        if not met:
            return list(heads.items())
        left = {lane: points[1:] if points and points[0] in met else points for lane, points in left.items()}
    return []


def lone_cues(plan: Plan) -> set[CueId]:
    """Return the cues whose sync point no other lane has."""
    joint = [cue for cues in _joint(plan).values() for cue in cues]
    lanes = Counter(cue.sync for cue in joint)
    return {cue.id for cue in joint if lanes[cue.sync] == 1}


def words_outside(plan: Plan) -> dict[str, str]:
    """Return by what everybody knows each sync point: its word, or a number where the team alone sees its cues."""
    joint = [cue for cues in _joint(plan).values() for cue in cues]
    seen = {cue.sync for cue in joint if cue.segment_id not in plan.hidden}
    words = sorted({str(cue.sync) for cue in joint})
    return {word: word if word in seen else f"#{place}" for place, word in enumerate(words, start=1)}


def _joint(plan: Plan) -> dict[LaneId, list[Cue]]:
    return {lane: [cue for cue in cues if cue.sync] for lane, cues in plan.running_cues.items()}


def _met_before(cues: Iterable[Cue]) -> list[Cue]:
    """Return the cues whose sync point their lane has met before."""
    known: set[str | None] = set()
    found = []
    for cue in cues:
        if cue.sync in known:
            found.append(cue)
        known.add(cue.sync)
    return found
