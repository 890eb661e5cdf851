"""What organisers do to the plan: revise it, publish it, and apply it to the live run (decision 0011).

Every action names the `revision` of the working plan that its sender knew, and returns what is stored as its answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from conference_hub.agenda import lane_store, run, run_store, sources, steps, store
from conference_hub.agenda.contents import plan_of
from conference_hub.agenda.edits import Edit, checked, edited
from conference_hub.agenda.facts import AgendaPlanned, PlanApplied, PlanPublished, PlanRevised
from conference_hub.agenda.history import LIVE_RUN
from conference_hub.agenda.keys import PLAN_KEY, RUN_SUBJECT, Keys
from conference_hub.agenda.lane_store import LaneState
from conference_hub.agenda.limits import require_size
from conference_hub.agenda.model import CueId, Plan, Version
from conference_hub.agenda.plan_refusals import CueInUse, NothingToApply, NothingToPublish, PlanChanged
from conference_hub.agenda.run import Following
from conference_hub.conferences.place_store import all_rooms
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc, Docs, Stream
from conference_hub.core.text import Text
from conference_hub.exchange.progress import turn
from conference_hub.web.hub import BoundCues, DocumentSource


@dataclass(frozen=True, kw_only=True)
class Dependents:
    """What other features hang on the plan.

    `bound(session, conf)` returns the cues to which something is bound, with their lanes; `documents` are those which
    depend on the order of the live run's cues.
    """

    bound: Iterable[BoundCues] = ()
    documents: Iterable[DocumentSource] = ()


def revise(
    write: Write, content: Mapping[str, Any], *, revision: int, dependents: Dependents | None = None
) -> Doc:
    """Put a plan in place of the working plan; returns `{"revision"}`, its own.

    Raises PlanChanged when the working plan is not `revision` (0: there is none), CueInUse, CueRan,
    LaneRan, and what `edits.checked` raises.
    """
    before = _seen_plan(write, revision)
    given = plan_of(content, revision=revision, changed_at=write.at)
    if "departments" not in content:
        given = replace(given, departments=before.departments)
    turn()
    return save(write, before, checked(given), dependents)


def edit(write: Write, edits: Iterable[Edit], *, revision: int, dependents: Dependents | None = None) -> Doc:
    """Make edits of the working plan, all or none; returns `{"revision"}`.

    Raises PlanChanged when the working plan is not `revision` (0: there is none), CueInUse, CueRan,
    LaneRan, TooLarge, and what `edits.edited` raises.
    """
    before = _seen_plan(write, revision)
    return save(write, before, edited(before, edits), dependents)


def save(write: Write, before: Plan, plan: Plan, dependents: Dependents | None = None) -> Doc:
    """Save a settled plan in place of the working plan `before`; returns `{"revision"}`.

    What one transaction saves several times is one revision: a file that brings segments, lanes and cues.
    Raises CueInUse, CueRan, LaneRan, TooLarge, and NotFound for a room that the conference has not.
    """
    session, conf = write.session, write.conf
    require_size(plan)
    _require_rooms(plan, session, conf)
    published = store.published_plan(session, conf)
    again = _revised_here(write, before, published)
    revision = before.revision if again else before.revision + 1
    after = replace(plan, revision=revision, changed_at=write.at, by=write.actor.label)
    _require_bound(before, after, session, conf, dependents or Dependents())
    _require_what_ran(before, after, session, conf)
    turn()
    store.save_plan(session, conf, before, after)
    turn()
    if not again:
        _publish_plan(write, PlanRevised(revision=after.revision), published)
    return {"revision": after.revision}


def _revised_here(write: Write, plan: Plan, published: Version | None) -> bool:
    """Return whether this very transaction made the revision of a plan, and nobody was shown it yet."""
    if published is not None and published.plan.revision == plan.revision:
        return False
    return any(
        entry.topic == PlanRevised.topic and entry.body["revision"] == plan.revision
        for entry in write.appended
    )


def publish(write: Write, *, revision: int, note: Text | None = None) -> Doc:
    """Publish the working plan: the overview and the calendar show it from now on; returns `{"revision", "version"}`.

    `note` tells attendees why. Raises PlanChanged, and NothingToPublish when it is published already.
    """
    plan = working_plan(write, revision)
    version = _published(write, plan, note)
    if version is None:
        raise NothingToPublish
    _publish_plan(write, PlanPublished(revision=plan.revision, version=version.number), version)
    return {"revision": plan.revision, "version": version.number}


def apply(write: Write, *, revision: int, dependents: Dependents | None = None) -> Doc:
    """Let the live run follow the working plan, published with it; the first time, begin it. Returns `{"seq"}`.

    Raises PlanChanged, NothingToApply, CueRan and LaneRan.
    """
    session, conf = write.session, write.conf
    plan, live = working_plan(write, revision), run_store.live_run(session, conf)
    known = lane_store.lane_states(session, conf, live)
    states = _applied(live, known, plan)
    hung = (dependents or Dependents()).documents
    before = _live_documents(write, live, known), _documents(session, conf, hung)
    turn()
    followed = _follow(write, live, plan, states, _forgotten_cuts(known, states))
    turn()
    after = _live_documents(write, followed, states), _documents(session, conf, hung)
    turn()
    fact = PlanApplied(revision=plan.revision) if live.plan.revision else AgendaPlanned()
    changed = {
        stream: _changed(before[0][stream] | before[1][stream], after[0][stream] | after[1][stream])
        for stream in Stream
    }
    return {"seq": write.publish(fact, RUN_SUBJECT, changed).seq}


def _applied(live: Following, known: Sequence[LaneState], plan: Plan) -> list[LaneState]:
    before = lane_store.run_of(known)
    after = run.apply(before, plan)
    if after == before and plan.revision == live.plan.revision:
        raise NothingToApply
    return lane_store.states_of(after, known)


def _follow(
    write: Write, live: Following, plan: Plan, states: Sequence[LaneState], forgotten: set[str]
) -> Following:
    """Let the live run follow a plan, and begin it when it has followed none.

    `forgotten` are the keys of what acts of lanes did and the plan takes back.
    """
    session, conf = write.session, write.conf
    if not _published(write, plan):
        store.keep_version(session, conf, plan)
    if not live.plan.revision:
        begun = replace(live, plan=plan, began_at=write.at, by=write.actor.label)
        run_store.add_run(session, conf, begun, states, write.actor)
        return begun
    followed = replace(live, plan=plan)
    run_store.replace_run(session, conf, followed, states)
    steps.bar(write, LIVE_RUN, _gone_keys(live.plan, plan) | forgotten)
    return followed


def _forgotten_cuts(before: Iterable[LaneState], after: Iterable[LaneState]) -> set[str]:
    """Return the keys of cues that are no longer as an act of their lane left them."""
    known, now = (
        {cue.cue_id: cue.extension for state in states for cue in state.run.cues}
        for states in (before, after)
    )
    return {Keys().cue(cue) for cue in known.keys() & now.keys() if known[cue] != now[cue]}


def _gone_keys(before: Plan, after: Plan) -> set[str]:
    """Return what acts of lanes may have touched and the plan no longer has there."""
    keys = Keys()
    lanes = before.lane_cues.keys() - after.lane_cues.keys()
    there, now = (
        {(lane, cue.id) for lane, own in plan.running_cues.items() for cue in own} for plan in (before, after)
    )
    return {*(keys.lane(lane) for lane in lanes), *(keys.cue(cue) for _, cue in there - now)}


def _live_documents(write: Write, live: Following, states: Sequence[LaneState]) -> dict[Stream, Docs]:
    """Render the live run and the plan by audience; what several audiences see is rendered once."""
    session, conf = write.session, write.conf
    published = store.published_plan(session, conf)
    programme = sources.programme_documents(published)
    audience = sources.audience_documents(live, states) | programme
    own = sources.with_operators_own(audience, live, states, steps.offers(session, conf, live.id))
    operators = own | sources.plan_documents(session, conf, published, live.plan)
    return {
        stream: operators
        if stream is Stream.OPERATOR
        else programme | sources.for_stream(audience, live, stream)
        for stream in Stream
    }


def working_plan(write: Write, revision: int) -> Plan:
    """Return the working plan; raises PlanChanged when it is not `revision`."""
    plan = _seen_plan(write, revision)
    if not plan.revision:
        raise PlanChanged(plan.revision, plan.by)
    return plan


def _seen_plan(write: Write, revision: int) -> Plan:
    plan = store.working_plan(write.session, write.conf)
    turn()
    if plan.revision != revision:
        raise PlanChanged(plan.revision, plan.by)
    return plan


def _published(write: Write, plan: Plan, note: Text | None = None) -> Version | None:
    """Publish a plan and return its version; None when it is the published one already."""
    session, conf = write.session, write.conf
    published = store.published_plan(session, conf)
    if published is not None and published.plan.revision == plan.revision:
        return None
    return store.publish(
        session,
        conf,
        plan,
        at=write.at,
        actor=write.actor,
        note=note,
        changes=sources.public_changes(session, conf, published, plan),
    )


def _publish_plan(write: Write, fact: PlanRevised | PlanPublished, published: Version | None) -> None:
    """Tell operators which revisions there are, and everybody what a newly published one changes."""
    session, conf = write.session, write.conf
    audience = sources.programme_documents(published) if isinstance(fact, PlanPublished) else {}
    own = sources.plan_documents(session, conf, published, run_store.followed_plan(session, conf))
    streams = Stream if isinstance(fact, PlanPublished) else (Stream.OPERATOR,)
    docs = {stream: audience | own if stream is Stream.OPERATOR else audience for stream in streams}
    write.publish(fact, PLAN_KEY, docs)


def _require_rooms(plan: Plan, session: Session, conf: str) -> None:
    known = {room.id for room in all_rooms(session, conf)}
    lost = [room for room in plan.rooms if room not in known]
    if lost:
        raise NotFound(msg("그런 회의장이 없습니다."), id=lost[0])


def _require_bound(before: Plan, after: Plan, session: Session, conf: str, dependents: Dependents) -> None:
    bound = {cue: lane for find in dependents.bound for cue, lane in find(session, conf).items()}
    lanes = {cue.id: cue.lane_id for cue in after.cues if not cue.skipped}
    lost = [CueId(cue) for cue, lane in bound.items() if lanes.get(CueId(cue)) != lane]
    if lost:
        raise CueInUse(before.cue[cue] for cue in lost)


def _require_what_ran(before: Plan, after: Plan, session: Session, conf: str) -> None:
    """Refuse to lose what the live run has done; it is read only where the plan loses a cue or a lane at all."""
    places = {cue.id: (cue.lane_id, cue.segment_id) for cue in after.cues if not cue.skipped}
    lost = any(places.get(cue.id) != (cue.lane_id, cue.segment_id) for cue in before.cues if not cue.skipped)
    if lost or before.lane_cues.keys() - after.lane_cues.keys():
        live = run_store.live_run(session, conf)
        run.require_what_ran(lane_store.load_run(session, conf, live), before, after)


def _documents(session: Session, conf: str, found: Iterable[DocumentSource]) -> dict[Stream, Docs]:
    return {
        stream: {key: doc for source in found for key, doc in source(session, conf, stream).items()}
        for stream in Stream
    }


def _changed(before: Docs, after: Docs) -> Docs:
    """Return the documents that are other ones now; None for those that are gone."""
    gone: Docs = dict.fromkeys(before.keys() - after.keys())
    return {**gone, **{key: doc for key, doc in after.items() if before.get(key) != doc}}
