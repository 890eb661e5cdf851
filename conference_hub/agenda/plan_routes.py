"""The API of the plan: reading and editing it, publishing it, and applying it to the live run."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from conference_hub.access.commands import answer_command
from conference_hub.access.middleware import actor, conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.agenda import answers as found
from conference_hub.agenda import editing, plan_actions
from conference_hub.agenda.plan_actions import Dependents
from conference_hub.agenda.plan_refusals import (
    CueInUse,
    CueRan,
    LaneRan,
    NothingToApply,
    NothingToPublish,
    NumberTaken,
    PlanChanged,
    SegmentInUse,
    TooLarge,
)
from conference_hub.agenda.plan_requests import Editing, EditPlan, PublishPlan, RevisePlan
from conference_hub.agenda.plan_shapes import (
    ChangesAnswer,
    EditorsAnswer,
    FindingsAnswer,
    PlanAnswer,
    PublishedAnswer,
    RevisionAnswer,
)
from conference_hub.agenda.requests import (
    OfRevision,
    PlanQuery,
)
from conference_hub.core.commands import with_fact
from conference_hub.core.shapes import FactAnswer
from conference_hub.web.bodies import bounded
from conference_hub.web.describing import COMMAND_CODES, answers
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import takes

agenda_plan_bp = Blueprint("agenda_plan", __name__)

MOST_PLAN_BYTES = 4 * 1024 * 1024
"""A plan with as many cues as it may have, each with notes of a page."""
PLAN_CODES = (*COMMAND_CODES, PlanChanged.code)
EDIT_CODES = (
    *PLAN_CODES,
    CueInUse.code,
    CueRan.code,
    LaneRan.code,
    SegmentInUse.code,
    NumberTaken.code,
    TooLarge.code,
)


@agenda_plan_bp.get("/api/v1/c/<conf>/plan")
@allow(Role.OPERATOR)
@answers(PlanAnswer)
@takes(PlanQuery)
def plan(query: PlanQuery, conf: str) -> ResponseReturnValue:
    """Return the working plan, or a published version of it."""
    del conf
    hub = current_hub()
    with hub.database.reading() as db:
        answer = found.plan(db, conference(), query.version, hub.cue_loads)
    hub.pause()
    return jsonify(answer)


@agenda_plan_bp.get("/api/v1/c/<conf>/plan/findings")
@allow(Role.OPERATOR)
@answers(FindingsAnswer)
def plan_findings(conf: str) -> ResponseReturnValue:
    """Return what is odd about the working plan: gaps, overlaps, empty lanes, cues on other days, full ceremonies."""
    del conf
    hub = current_hub()
    with hub.database.reading() as db:
        return jsonify(found.plan_findings(db, conference(), hub.cue_loads))


@agenda_plan_bp.get("/api/v1/c/<conf>/plan/changes")
@allow(Role.OPERATOR)
@answers(ChangesAnswer)
def plan_changes(conf: str) -> ResponseReturnValue:
    """Return what attendees would see changed if the working plan were published now."""
    with current_hub().database.reading() as db:
        return jsonify(found.plan_changes(db, conf))


@agenda_plan_bp.post("/api/v1/c/<conf>/plan")
@allow(Role.ORGANISER)
@answers(RevisionAnswer, refusals=EDIT_CODES)
@bounded(MOST_PLAN_BYTES)
@takes(RevisePlan)
def plan_revise(body: RevisePlan, conf: str) -> ResponseReturnValue:
    """Put a whole plan in place of the working plan; nothing that anybody follows changes before it is applied."""
    dependents, content = _dependents(), body.content()
    return answer_command(
        body,
        conf,
        "plan",
        lambda write: plan_actions.revise(write, content, revision=body.revision, dependents=dependents),
    )


@agenda_plan_bp.post("/api/v1/c/<conf>/plan/edit")
@allow(Role.ORGANISER)
@answers(RevisionAnswer, refusals=EDIT_CODES)
@bounded(MOST_PLAN_BYTES)
@takes(EditPlan)
def plan_edit(body: EditPlan, conf: str) -> ResponseReturnValue:
    """Make edits of the working plan, all of them or none; each says wholly what it puts."""
    dependents, changes = _dependents(), body.changes()
    return answer_command(
        body,
        conf,
        "plan/edit",
        lambda write: plan_actions.edit(write, changes, revision=body.revision, dependents=dependents),
    )


@agenda_plan_bp.post("/api/v1/c/<conf>/plan/editing")
@allow(Role.ORGANISER)
@answers(EditorsAnswer)
@takes(Editing)
def plan_editing(body: Editing, conf: str) -> ResponseReturnValue:
    """Say that the editor is open here, and where; return who else has had it open within the last half minute."""
    hub = current_hub()
    others = editing.editors_of(hub.database).seen(conf, actor(), body.at, hub.now())
    return jsonify({"editors": [editing.document(one) for one in others]})


@agenda_plan_bp.post("/api/v1/c/<conf>/plan/publish")
@allow(Role.ORGANISER)
@answers(PublishedAnswer, refusals=(*PLAN_CODES, NothingToPublish.code))
@takes(PublishPlan)
def plan_publish(body: PublishPlan, conf: str) -> ResponseReturnValue:
    """Publish the working plan: the programme and the calendar show it from now on, and attendees learn what moved."""
    return answer_command(
        body,
        conf,
        "plan/publish",
        lambda write: plan_actions.publish(write, revision=body.revision, note=body.text()),
    )


@agenda_plan_bp.post("/api/v1/c/<conf>/run/apply")
@allow(Role.OPERATOR)
@answers(FactAnswer, refusals=(*PLAN_CODES, NothingToApply.code, CueRan.code, LaneRan.code))
@takes(OfRevision)
def run_apply(body: OfRevision, conf: str) -> ResponseReturnValue:
    """Let the live run follow the working plan, which is published with it; what has run stays as it ran."""
    dependents = _dependents()
    return answer_command(
        body,
        conf,
        "run/apply",
        lambda write: plan_actions.apply(write, revision=body.revision, dependents=dependents),
        render=with_fact,
    )


def _dependents() -> Dependents:
    hub = current_hub()
    return Dependents(bound=hub.bound_cues, documents=hub.run_documents)
