"""Undo and redo of a lane: its acts are one history, whichever feature they belong to."""

from __future__ import annotations

from conference_hub.agenda import history, steps
from conference_hub.agenda.beside import Taking, company, taking, with_other_lanes
from conference_hub.agenda.commanding import save, stopped
from conference_hub.agenda.facts import LaneReady
from conference_hub.agenda.history import Step, UndoEndsHere
from conference_hub.agenda.scene import Scene
from conference_hub.agenda.step_owners import UNDO, Company, Way, by_family, family_of, merged
from conference_hub.agenda.values import OWN_FAMILIES, with_values
from conference_hub.core.facts import Fact
from conference_hub.core.stream import Doc


def take(scene: Scene, way: Way, number: int | None, *, publish: bool) -> Doc:
    """Take the step of the lane that is next on this way: everything that it changed is as before it, or as after it.

    What the same command did in other lanes is taken with it, where it is next there too. `number` is the step that the
    sender saw. Raises Stale when that is another one, NothingToUndo, NothingToRedo, UndoEndsHere, ChangedSince, and
    WouldPublish where a name would become public and `publish` is not set.
    """
    step = way.take(scene.offer)
    history.require_step(step, number)
    if step is None:
        raise _nothing(scene, way)
    takings = with_other_lanes(taking(scene, way, step), way)
    together = company(takings)
    answers = [_taken(one, way, together, publish=publish) for one in takings]
    return answers[0]


def _taken(one: Taking, way: Way, together: Company, *, publish: bool) -> Doc:
    scene, step = one.scene, one.step
    owners = scene.others.owners
    foreign = {f: keys for f, keys in by_family(step.after).items() if f not in OWN_FAMILIES}
    parts = {f: {key: one.state[key] for key in keys} for f, keys in foreign.items()}
    docs = merged(owners[f].restore(scene.write, scene.following, part, publish) for f, part in parts.items())
    if step.topic == LaneReady.topic:
        steps.forget(scene.write, step)
    else:
        way.mark(scene.write, step)
    fact = _fact(scene, way, step, together)
    after = with_values(scene.before, one.state)
    return save(scene, after, fact, step.subject, scene.newest_offer(), merged((docs, stopped(scene))))


def _nothing(scene: Scene, way: Way) -> Exception:
    barred = way is UNDO and steps.is_barred(
        scene.write.session, scene.write.conf, scene.following.id, scene.lane.id
    )
    return UndoEndsHere(scene.subject) if barred else way.nothing(scene.subject)


def _fact(scene: Scene, way: Way, step: Step, together: Company) -> Fact:
    owner = scene.others.owners.get(family_of(step.subject))
    if owner is not None:
        return owner.fact(way, step, together)
    return way.fact(lane=scene.lane.id, undone=step.topic, number=step.number)
