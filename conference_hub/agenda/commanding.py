"""How an act of a lane is carried out, whoever does it: load, check, save, store what undoes it, and publish.

Commands of the lane itself are in `actions`; awards and layers act on a lane by `act`. All of them are one history,
which `undoing` goes back and forth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from conference_hub.access.standing import maker_of
from conference_hub.agenda import history, lease, run_store, steps
from conference_hub.agenda.clock import LaneRun
from conference_hub.agenda.documents import (
    RECENT,
    as_public,
    cue_documents,
    driving_document,
    lane_document,
    operators_lane_document,
)
from conference_hub.agenda.facts import LaneFact, RehearsalCommanded
from conference_hub.agenda.history import LIVE_RUN, Offer, RunId, State, Step
from conference_hub.agenda.keys import RUN_SUBJECT, Keys, on_screens
from conference_hub.agenda.model import Lane, LaneId
from conference_hub.agenda.run import Following, RunKind
from conference_hub.agenda.run_store import LaneState
from conference_hub.agenda.step_owners import NOBODY_ELSE, Answer, Effect, Others, merged
from conference_hub.agenda.values import values_of
from conference_hub.core.errors import NotFound, Stale, msg
from conference_hub.core.facts import Fact
from conference_hub.core.journal import Write
from conference_hub.core.now import iso
from conference_hub.core.stream import Doc, Docs, Stream

AUDIENCES = (Stream.PUBLIC, Stream.STAFF, Stream.SEALED)
"""Who follows the live run beside the operators, who also learn by whom."""

Decide = Callable[[LaneRun, datetime], LaneRun]
MakeFact = Callable[[LaneRun, LaneRun], LaneFact]
NOTHING: Mapping[Stream, Docs] = {}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a sender says about a lane: which (None: the first one), of which run, and what was known.

    `seen` is the last sequence number of the operators' stream that the sender knew, `expect` the cue that must be on
    air (empty: none). `left` says what becomes of names that were not called. `others` are the features that have a
    part in acts of lanes.
    """

    lane: str | None = None
    seen: int | None = None
    expect: str | None = None
    run: RunId = LIVE_RUN
    left: Answer | None = None
    others: Others = NOBODY_ELSE


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A lane before an act, and what can be undone and redone of it."""

    write: Write
    following: Following
    lane: Lane
    state: LaneState
    offer: Offer
    others: Others = NOBODY_ELSE

    @property
    def keys(self) -> Keys:
        """The keys of the run's documents."""
        return Keys.of(self.following)

    @property
    def subject(self) -> str:
        """The document key that commands are checked against."""
        return self.keys.lane(self.lane.id)

    @property
    def before(self) -> LaneRun:
        """The lane before the act."""
        return self.state.run

    @property
    def last_by(self) -> str:
        """The label of who acted last on the lane, empty when nobody did."""
        return str(self.state.recent[0]["by"]) if self.state.recent else ""

    @property
    def at(self) -> datetime:
        """When the act happens, by the clock of the run."""
        return self.following.time(self.write.at)

    def newest_offer(self) -> Offer:
        """Return what can be undone and redone by now."""
        return steps.offer(self.write.session, self.write.conf, self.following.id, self.lane.id)

    def causes(self) -> Iterator[Step]:
        """Yield the steps of the run, read only when a refusal looks for its cause."""
        yield from steps.all_steps(self.write.session, self.write.conf, self.following.id)


def scene_of(write: Write, asked: Asked, *, newest: bool = False, panic: bool = False) -> Scene:
    """Return the lane that is asked for.

    `newest` refuses a sender who has not seen the newest act of the lane, whichever feature it belongs to; else only
    the lane itself counts. A `panic` act needs no lease. Raises NotFound, Stale and HeldBy.
    """
    following = run_store.get_following(write.session, write.conf, asked.run)
    lane = _lane(following, asked.lane)
    scene = replace(_scene(write, following, lane), others=asked.others)
    _require_seen(scene, asked.seen, newest=newest)
    _require_expected(scene, asked.expect)
    if not panic:
        lease.require(lane.id, scene.state.holder, write.actor, lambda: maker_of(write.session, write.actor))
    return scene


def find_scene(write: Write, lane_id: LaneId) -> Scene | None:
    """Return a lane of the live run, None when the plan has no such one (any more)."""
    live = run_store.live_run(write.session, write.conf)
    lane = next((lane for lane in live.plan.lanes if lane.id == lane_id), None)
    return None if lane is None else _scene(write, live, lane)


def scene_beside(scene: Scene, lane_id: LaneId) -> Scene:
    """Return another lane of the run, which goes on by the same press: its driver said before that it is ready."""
    lane = _lane(scene.following, lane_id)
    return replace(_scene(scene.write, scene.following, lane), others=scene.others)


def require_newest(scene: Scene, seen: int | None, *also: str) -> None:
    """Refuse a sender who has not seen the newest act of the lane, or of `also`. Raises Stale."""
    _require_seen(scene, seen, *also, newest=True)


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
    """Store and publish what another feature did on a lane of the live run, with its `docs`; returns `{"seq"}`.

    `changed` is what `history.changed` returned; a `brief` step ends with the lane's next one.
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
    return save(scene, scene.before, fact, subject, scene.offer, docs)


def stopped(scene: Scene) -> Mapping[Stream, Docs]:
    """Stop what goes on by itself in the lane; a rehearsal stops nothing."""
    if scene.following.kind is RunKind.REHEARSAL:
        return NOTHING
    return scene.others.stop(scene.write, scene.following, scene.lane.id)


def merged_state(*states: State) -> State:
    """Return the values of several states."""
    return {key: values for state in states for key, values in state.items()}


def _scene(write: Write, following: Following, lane: Lane) -> Scene:
    session, conf = write.session, write.conf
    return Scene(
        write=write,
        following=following,
        lane=lane,
        state=run_store.lane_state(session, conf, following.id, lane.id),
        offer=steps.offer(session, conf, following.id, lane.id),
    )


def _lane(following: Following, lane_id: str | None) -> Lane:
    found = (lane for lane in following.plan.lanes if lane_id in {None, lane.id})
    lane = next(found, None)
    if lane is None:
        raise NotFound(msg("그런 진행 구역이 없습니다."), lane=lane_id)
    return lane


def _require_seen(scene: Scene, seen: int | None, *also: str, newest: bool) -> None:
    write, following = scene.write, scene.following
    if seen is None or seen >= write.heads[Stream.OPERATOR]:
        return
    applied = (RUN_SUBJECT,) if following.kind is RunKind.LIVE else ()
    acts = steps.subjects(write.session, write.conf, following.id, scene.lane.id) if newest else ()
    write.require_seen(scene.subject, seen, *applied, *also, *acts)


def _require_expected(scene: Scene, expect: str | None) -> None:
    on_air = scene.before.current.cue_id if scene.before.current else ""
    if expect is not None and expect != on_air:
        raise Stale(
            msg("지금 진행 중인 순서가 다릅니다. 화면을 확인하고 다시 눌러 주세요."),
            by=scene.last_by,
            changed=[],
            expected=expect,
            found=on_air,
        )


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
    """Save the lane and publish the fact with all that changed; `docs` are others' by stream. Returns `{"seq"}`."""
    write, following = scene.write, scene.following
    recent = [_done(scene, fact), *scene.state.recent][:RECENT]
    state = replace(scene.state, run=after, recent=recent)
    run_store.save_lane(write.session, write.conf, following.id, scene.before, state)
    changed = _changed_documents(scene, after)
    operators: Docs = {
        **changed,
        scene.subject: operators_lane_document(following, after, offer, state.holder),
        scene.keys.driving(scene.lane.id): driving_document(following, scene.lane.id, recent),
    }
    if following.kind is RunKind.REHEARSAL:
        told = RehearsalCommanded(run=following.id, lane=scene.lane.id, command=fact.topic)
        streams = {Stream.OPERATOR: operators, **_on_screens(scene, changed)}
        return {"seq": write.publish(told, scene.subject, streams).seq}
    own = _own_audiences(scene, changed, fact)
    beside = _beside(scene, after)
    return {
        "seq": write.publish(fact, subject, merged((own, docs, beside, {Stream.OPERATOR: operators}))).seq
    }


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
