"""How an act of a lane is carried out, whoever does it: load, check, save, store what undoes it, and publish.

Commands of the lane itself are in `actions`; awards and layers act on a lane by `act`. All of them are one history,
which `undoing` goes back and forth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from conference_hub.agenda import clock, history, known_lanes, lane_store, run_store, steps
from conference_hub.agenda.documents import (
    RECENT,
    as_public,
    cue_documents,
    driving_document,
    lane_document,
    operators_lane_document,
)
from conference_hub.agenda.facts import EndsReadiness, LaneFact, LaneReady, RehearsalCommanded
from conference_hub.agenda.history import Offer, State, Step
from conference_hub.agenda.keys import on_screens
from conference_hub.agenda.lane_run import LaneRun
from conference_hub.agenda.lane_store import LaneState
from conference_hub.agenda.run import RunKind
from conference_hub.agenda.scene import Scene
from conference_hub.agenda.step_owners import Effect, merged
from conference_hub.agenda.values import values_of
from conference_hub.core.entries import Entry
from conference_hub.core.facts import Fact
from conference_hub.core.now import iso
from conference_hub.core.stream import Doc, Docs, Stream

AUDIENCES = (Stream.PUBLIC, Stream.STAFF, Stream.SEALED)
"""Who follows the live run beside the operators, who also learn by whom."""

Decide = Callable[[LaneRun, datetime], LaneRun]
MakeFact = Callable[[LaneRun, LaneRun], LaneFact]
NOTHING: Mapping[Stream, Docs] = {}


def change(
    scene: Scene,
    decide: Decide,
    make_fact: MakeFact,
    *,
    effects: Sequence[Effect] = (),
    brief: bool = False,
) -> Doc:
    """Carry out a command of the lane itself; returns `{"seq"}`. Raises what `decide` raises.

    A `brief` step ends with the lane's next one.
    """
    after = decide(scene.before, scene.at)
    fact = make_fact(scene.before, after)
    before = merged_state(values_of(scene.before), *(one.before for one in effects))
    now = merged_state(values_of(after), *(one.after for one in effects))
    step = _record(scene, scene.subject, fact, history.changed(before, now), brief=brief)
    docs = merged(one.docs for one in effects)
    return save(scene, after, fact, scene.subject, Offer(undo=step), docs)


def act(
    scene: Scene,
    fact: Fact,
    subject: str,
    changed: tuple[State, State],
    docs: Mapping[Stream, Docs],
    *,
    brief: bool = False,
) -> Doc:
    """Store and publish what another feature did on a lane, with its `docs`; returns `{"seq"}`.

    `docs` have the keys of the live run in every run. `changed` is what `history.changed` returned; a `brief` step ends
    with the lane's next one.
    """
    step = _record(scene, subject, fact, changed, brief=brief)
    return save(scene, scene.before, fact, subject, Offer(undo=step), docs)


def tell_lane(scene: Scene, fact: Fact, state: LaneState, docs: Mapping[Stream, Docs] = NOTHING) -> Doc:
    """Publish what happened to a lane beside its clock, such as who drives it; it is no step. Returns `{"seq"}`.

    `docs` are what changed with it elsewhere, by stream.
    """
    return save(replace(scene, state=state), state.run, fact, scene.subject, scene.offer, docs)


def tell_of(scene: Scene, fact: Fact, subject: str, docs: Mapping[Stream, Docs]) -> Doc:
    """Publish what another feature did in a lane that is no step of it; returns `{"seq"}`."""
    return save(scene, scene.before, fact, subject, _still_offered(scene, fact), docs)


def stopped(scene: Scene) -> Mapping[Stream, Docs]:
    """Stop what goes on by itself in the lane."""
    return scene.others.stop(scene.write, scene.following, scene.lane.id)


def merged_state(*states: State) -> State:
    """Return the values of several states."""
    return {key: values for state in states for key, values in state.items()}


def _still_offered(scene: Scene, fact: Fact) -> Offer:
    """Return what can be undone after a fact that is no step; a readiness that ends by it no longer can."""
    newest = scene.offer.undo
    if newest is None or newest.topic != LaneReady.topic or not isinstance(fact, EndsReadiness):
        return scene.offer
    steps.drop(scene.write, newest)
    return scene.newest_offer()


def _record(
    scene: Scene, subject: str, fact: Fact, changed: tuple[State, State], *, brief: bool = False
) -> Step:
    return steps.record(
        scene.write,
        scene.following.id,
        scene.lane.id,
        subject,
        fact,
        changed,
        brief=brief,
        known=scene.offer,
    )


def save(
    scene: Scene, after: LaneRun, fact: Fact, subject: str, offer: Offer, docs: Mapping[Stream, Docs]
) -> Doc:
    """Save the lane and publish the fact with all that changed; returns `{"seq"}`.

    `docs` are others' by stream, under the keys of the live run. What a rehearsal changed stays in it: operators have
    it under keys of its own, and of all other streams only that of rehearsals hears of it. A lane that is ready to go
    on is so no longer when the fact `EndsReadiness`.
    """
    write, following = scene.write, scene.following
    after = clock.not_ready(after) if isinstance(fact, EndsReadiness) else after
    recent = [_done(scene, fact), *scene.state.recent][:RECENT]
    left = scene.state.left if after.ready_since else None
    state = replace(scene.state, run=after, recent=recent, left=left)
    lane_store.save_lane(write.session, write.conf, following.id, scene.before, state)
    changed = _changed_documents(scene, after)
    operators: Docs = {
        **changed,
        scene.subject: operators_lane_document(following, after, offer, state.holder),
        scene.keys.driving(scene.lane.id): driving_document(following, scene.lane.id, recent),
    }
    others = merged((docs, _beside(scene, after)))
    known = known_lanes.known_lanes(write)
    told = _publish(scene, fact, subject, changed, operators, others)
    known_lanes.note(write, known, following.id, state, offer)
    return {"seq": told.seq}


def _publish(
    scene: Scene, fact: Fact, subject: str, changed: Docs, operators: Docs, others: Mapping[Stream, Docs]
) -> Entry:
    """Publish the fact: `changed` to all who hear of it, `operators` to them alone, each with what is `others`'."""
    write, following = scene.write, scene.following
    if following.kind is RunKind.REHEARSAL:
        told = RehearsalCommanded(run=following.id, lane=scene.lane.id, command=fact.topic)
        theirs = {scene.keys.of_key(key): doc for key, doc in others.get(Stream.OPERATOR, {}).items()}
        shown = changed | others.get(Stream.REHEARSAL, {})
        streams = {Stream.OPERATOR: theirs | operators, **_on_screens(scene, shown)}
        return write.publish(told, scene.keys.of_key(subject), streams)
    own = _own_audiences(scene, changed, fact)
    return write.publish(fact, subject, merged((own, others, {Stream.OPERATOR: operators})))


def _on_screens(scene: Scene, docs: Docs) -> Mapping[Stream, Docs]:
    """Return what screens that follow the rehearsal are told; nothing where they follow another one."""
    shown = run_store.rehearsed(scene.write.session, scene.write.conf)
    return {Stream.REHEARSAL: on_screens(docs)} if shown and shown.id == scene.following.id else NOTHING


def _beside(scene: Scene, after: LaneRun) -> Mapping[Stream, Docs]:
    if after == scene.before:
        return NOTHING
    return merged(tell(scene.write, scene.following, scene.before, after) for tell in scene.others.beside)


def _own_audiences(scene: Scene, changed: Docs, fact: Fact) -> Mapping[Stream, Docs]:
    """Return who else hears of it: of a command of the lane every audience, else those for whom the lane changed."""
    if not changed and not isinstance(fact, LaneFact):
        return NOTHING
    return {**dict.fromkeys(AUDIENCES, changed), Stream.PUBLIC: as_public(changed, scene.following.plan)}


def _changed_documents(scene: Scene, after: LaneRun) -> Docs:
    following, state = scene.following, scene.state
    known = {cue.cue_id: cue for cue in state.run.cues}
    changed = [cue.cue_id for cue in after.cues if cue != known[cue.cue_id]]
    docs = cue_documents(following, after, state.cues, changed)
    lane = lane_document(following, after)
    return docs if lane == lane_document(following, state.run) else {scene.subject: lane, **docs}


def _done(scene: Scene, fact: Fact) -> Doc:
    """Render an act for the last ones of its lane."""
    actor = scene.write.actor
    who = {"by": actor.label, "actor": actor.id}
    return {**fact.own_fields(), "topic": fact.topic, "at": iso(scene.at), **who}
