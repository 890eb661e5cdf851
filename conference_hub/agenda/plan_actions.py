"""What organisers do to the plan: revise it, publish it, and apply it to the live run (decision 0011).

Every action names the `revision` of the working plan that its sender knew, and returns what is stored as its answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from conference_hub.agenda import run, run_store, sources, steps, store
from conference_hub.agenda.contents import PlanContent, plan_of
from conference_hub.agenda.documents import PLAN_KEY, RUN_SUBJECT, Keys
from conference_hub.agenda.facts import AgendaPlanned, PlanApplied, PlanPublished, PlanRevised
from conference_hub.agenda.history import LIVE_RUN
from conference_hub.agenda.model import CueId, Plan
from conference_hub.agenda.refusals import CueInUse, NothingToApply, NothingToPublish, PlanChanged
from conference_hub.agenda.run import Following, RunKind
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc, Docs, Stream
from conference_hub.web.hub import BoundCues, DocumentSource


@dataclass(frozen=True, kw_only=True)
class Dependents:
    """What other features hang on the plan.

    `bound(session, conf)` returns the cues to which something is bound, with their lanes; `documents` are those which
    depend on the order of the live run's cues.
    """

    bound: Iterable[BoundCues] = ()
    documents: Iterable[DocumentSource] = ()


def lay_plan(write: Write, content: PlanContent) -> None:
    """Lay the first plan of a conference, publish it and begin the live run with it: how a conference is loaded."""
    revise(write, content, revision=0)
    apply(write, revision=1)


def revise(write: Write, content: PlanContent, *, revision: int, dependents: Dependents | None = None) -> Doc:
    """Put a plan in place of the working plan; returns `{"revision"}`, its own.

    Raises PlanChanged when the working plan is not `revision` (0: there is none), and CueInUse.
    """
    session, conf = write.session, write.conf
    before = store.working_plan(session, conf)
    if before.revision != revision:
        raise PlanChanged(before.revision)
    after = plan_of(content, revision=revision + 1, changed_at=write.at)
    _require_bound(after, session, conf, dependents or Dependents())
    store.save_plan(session, conf, before, after)
    _publish_plan(write, PlanRevised(revision=after.revision))
    return {"revision": after.revision}


def publish(write: Write, *, revision: int) -> Doc:
    """Publish the working plan: the overview and the calendar show it from now on; returns `{"revision", "version"}`.

    Raises PlanChanged, and NothingToPublish when it is published already.
    """
    plan = working_plan(write, revision)
    number = _published(write, plan)
    if number is None:
        raise NothingToPublish
    _publish_plan(write, PlanPublished(revision=plan.revision, version=number))
    return {"revision": plan.revision, "version": number}


def apply(write: Write, *, revision: int, dependents: Dependents | None = None) -> Doc:
    """Let the live run follow the working plan, published with it; the first time, begin it. Returns `{"seq"}`.

    Raises PlanChanged, NothingToApply, CueRan and LaneRan.
    """
    session, conf = write.session, write.conf
    plan = working_plan(write, revision)
    hung = [sources.documents, *(dependents or Dependents()).documents]
    before = _documents(session, conf, hung)
    first = run_store.live_run(session, conf).plan.revision == 0
    if first:
        _begin_live(write, plan)
    else:
        _apply_to_live(write, plan)
    after = _documents(session, conf, hung)
    fact = AgendaPlanned() if first else PlanApplied(revision=plan.revision)
    changed = {stream: _changed(before[stream], after[stream]) for stream in Stream}
    return {"seq": write.publish(fact, RUN_SUBJECT, changed).seq}


def _begin_live(write: Write, plan: Plan) -> None:
    _published(write, plan)
    begun = run.begin(plan)
    following = Following(id=LIVE_RUN, kind=RunKind.LIVE, plan=plan, began_at=write.at, by=write.actor.label)
    run_store.add_run(write.session, write.conf, following, begun, write.actor)


def _apply_to_live(write: Write, plan: Plan) -> None:
    session, conf = write.session, write.conf
    following = run_store.live_run(session, conf)
    before = run_store.load_run(session, conf, following)
    after = run.apply(before, plan)
    if after == before and plan.revision == following.plan.revision:
        raise NothingToApply
    _published(write, plan)
    run_store.replace_run(session, conf, replace(following, plan=plan), after)
    gone = [lane.lane_id for lane in before.lanes if after.lane(lane.lane_id) is None]
    steps.forget_subjects(session, conf, LIVE_RUN, [Keys().lane(lane_id) for lane_id in gone])


def working_plan(write: Write, revision: int) -> Plan:
    """Return the working plan; raises PlanChanged when it is not `revision`."""
    plan = store.working_plan(write.session, write.conf)
    if plan.revision != revision or not plan.revision:
        raise PlanChanged(plan.revision)
    return plan


def _published(write: Write, plan: Plan) -> int | None:
    """Publish a plan and return the number of its version; None when it is the published one already."""
    published = store.published_plan(write.session, write.conf)
    if published is not None and published.plan.revision == plan.revision:
        return None
    return store.publish(write.session, write.conf, plan, at=write.at, actor=write.actor).number


def _publish_plan(write: Write, fact: PlanRevised | PlanPublished) -> None:
    """Tell operators which revisions there are; everybody else follows the live run, which is the same."""
    write.publish(fact, PLAN_KEY, {Stream.OPERATOR: sources.plan_documents(write.session, write.conf)})


def _require_bound(plan: Plan, session: Session, conf: str, dependents: Dependents) -> None:
    bound = {cue: lane for find in dependents.bound for cue, lane in find(session, conf).items()}
    lanes = {cue.id: cue.lane_id for cue in plan.cues}
    lost = [CueId(cue) for cue, lane in bound.items() if lanes.get(CueId(cue)) != lane]
    if lost:
        raise CueInUse(lost)


def _documents(session: Session, conf: str, found: Iterable[DocumentSource]) -> dict[Stream, Docs]:
    return {
        stream: {key: doc for source in found for key, doc in source(session, conf, stream).items()}
        for stream in Stream
    }


def _changed(before: Docs, after: Docs) -> Docs:
    """Return the documents that are other ones now; None for those that are gone."""
    gone: Docs = dict.fromkeys(before.keys() - after.keys())
    return {**gone, **{key: doc for key, doc in after.items() if before.get(key) != doc}}
