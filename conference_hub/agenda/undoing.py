"""Undo and redo of a lane: its acts are one history, whichever feature they belong to."""

from __future__ import annotations

from conference_hub.agenda import history, steps
from conference_hub.agenda.commanding import merged_state, save, stopped
from conference_hub.agenda.facts import LaneReady
from conference_hub.agenda.history import Step, UndoEndsHere
from conference_hub.agenda.scene import Scene
from conference_hub.agenda.step_owners import UNDO, Way, by_family, family_of, merged
from conference_hub.agenda.values import OWN_FAMILIES, values_of, with_values
from conference_hub.core.facts import Fact
from conference_hub.core.stream import Doc


def take(scene: Scene, way: Way, number: int | None, *, publish: bool) -> Doc:
    """Take the step of the lane that is next on this way: everything that it changed is as before it, or as after it.

    `number` is the step that the sender saw. Raises Stale when that is another one, NothingToUndo, NothingToRedo,
    UndoEndsHere, ChangedSince, and WouldPublish where a name would become public and `publish` is not set.
    """
    step = way.take(scene.offer)
    history.require_step(step, number)
    if step is None:
        raise _nothing(scene, way)
    owners = scene.others.owners
    foreign = {f: keys for f, keys in by_family(step.after).items() if f not in OWN_FAMILIES}
    now = merged_state(
        values_of(scene.before),
        *(owners[f].current(scene.write, scene.following, keys) for f, keys in foreign.items()),
    )
    state = way.decide(scene.subject, step, now, scene.causes())
    parts = {f: {key: state[key] for key in keys} for f, keys in foreign.items()}
    docs = merged(owners[f].restore(scene.write, scene.following, part, publish) for f, part in parts.items())
    if step.topic == LaneReady.topic:
        steps.forget(scene.write, step)
    else:
        way.mark(scene.write, step)
    fact = _taken(scene, way, step)
    after = with_values(scene.before, state)
    return save(scene, after, fact, step.subject, scene.newest_offer(), merged((docs, stopped(scene))))


def _nothing(scene: Scene, way: Way) -> Exception:
    barred = way is UNDO and steps.is_barred(
        scene.write.session, scene.write.conf, scene.following.id, scene.lane.id
    )
    return UndoEndsHere(scene.subject) if barred else way.nothing(scene.subject)


def _taken(scene: Scene, way: Way, step: Step) -> Fact:
    owner = scene.others.owners.get(family_of(step.subject))
    if owner is not None:
        return owner.fact(way, step)
    return way.fact(lane=scene.lane.id, undone=step.topic, number=step.number)
