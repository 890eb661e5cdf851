"""The API of the agenda: commands of the live run and of rehearsals, the plan, the projection, and the calendar."""

from __future__ import annotations

from flask import Blueprint, jsonify, session
from flask.typing import ResponseReturnValue

from conference_hub.access.commands import answer_command
from conference_hub.access.middleware import actor, conference, conference_revisions
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.agenda import answers as found
from conference_hub.agenda import editing, plan_actions, rehearsal_actions, sources, store
from conference_hub.agenda.history import LIVE_RUN, RunId
from conference_hub.agenda.outputs.ics import agenda_calendar
from conference_hub.agenda.plan_actions import Dependents
from conference_hub.agenda.plan_requests import Editing, EditPlan, PublishPlan, RevisePlan
from conference_hub.agenda.refusals import (
    CueInUse,
    CueRan,
    LaneRan,
    LiveOnAir,
    NothingToApply,
    NothingToPublish,
    NumberTaken,
    PlanChanged,
    SegmentInUse,
    TooLarge,
    TooManyRehearsals,
)
from conference_hub.agenda.requests import (
    BeginRehearsal,
    OfRevision,
    PaceRehearsal,
    PlanQuery,
    ShowRehearsal,
    WaysQuery,
)
from conference_hub.agenda.run_routes import add_commands
from conference_hub.agenda.shapes import (
    ChangesAnswer,
    EditorsAnswer,
    FindingsAnswer,
    PlanAnswer,
    ProjectionAnswer,
    PublishedAnswer,
    RehearsalAnswer,
    RevisionAnswer,
    WaysAnswer,
)
from conference_hub.calendars.answers import conditional
from conference_hub.calendars.build import CalendarOwner
from conference_hub.core.commands import with_fact
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.shapes import FactAnswer
from conference_hub.web.bodies import bounded
from conference_hub.web.describing import COMMAND_CODES, answers
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import language
from conference_hub.web.requests import OnceBody, takes

agenda_bp = Blueprint("agenda", __name__)
add_commands(agenda_bp)

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


@agenda_bp.get("/api/v1/c/<conf>/run/projection")
@allow(Role.PUBLIC)
@answers(ProjectionAnswer)
def projection(conf: str) -> ResponseReturnValue:
    """Return when each cue of the live run was or will be, and how late each lane will end."""
    now = current_hub().now()
    with current_hub().database.reading() as db:
        answer = jsonify(found.projection(db, conf, now))
    session.accessed = False  # it is the same answer for everybody: a cache must not keep one for each cookie
    answer.headers["Cache-Control"] = "public, max-age=1"
    return answer


@agenda_bp.get("/api/v1/c/<conf>/run/ways")
@allow(Role.OPERATOR)
@answers(WaysAnswer)
@takes(WaysQuery)
def run_ways(query: WaysQuery, conf: str) -> ResponseReturnValue:
    """Return how a late lane of the live run can end earlier, each way with what `run/make-up` takes."""
    return _ways(conf, LIVE_RUN, query.lane)


@agenda_bp.get("/api/v1/c/<conf>/runs/<run_id>/ways")
@allow(Role.OPERATOR)
@answers(WaysAnswer)
@takes(WaysQuery)
def rehearsal_ways(query: WaysQuery, conf: str, run_id: str) -> ResponseReturnValue:
    """Return the same of a lane of a rehearsal."""
    return _ways(conf, RunId(run_id), query.lane)


def _ways(conf: str, run_id: RunId, lane: str | None) -> ResponseReturnValue:
    hub = current_hub()
    with hub.database.reading() as db:
        answer = jsonify(found.lane_ways(db, conf, run_id, lane, hub.cue_loads, hub.now()))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@agenda_bp.post("/api/v1/c/<conf>/run/apply")
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


@agenda_bp.post("/api/v1/c/<conf>/runs")
@allow(Role.OPERATOR)
@answers(RehearsalAnswer, refusals=(*PLAN_CODES, TooManyRehearsals.code, LiveOnAir.code))
@takes(BeginRehearsal)
def rehearsal_begin(body: BeginRehearsal, conf: str) -> ResponseReturnValue:
    """Begin a rehearsal of the working plan: a run that operators see, and the screens that follow it."""
    return answer_command(
        body,
        conf,
        "runs",
        lambda write: rehearsal_actions.begin(write, **body.model_dump(exclude={"command_id"})),
        render=lambda write, stored: {"run": stored["run"], **with_fact(write, stored)},
    )


@agenda_bp.post("/api/v1/c/<conf>/runs/<run_id>/clear")
@allow(Role.OPERATOR)
@answers(FactAnswer, refusals=COMMAND_CODES)
@takes(OnceBody)
def rehearsal_clear(body: OnceBody, conf: str, run_id: str) -> ResponseReturnValue:
    """Remove a rehearsal with everything that happened in it."""
    return answer_command(
        body,
        conf,
        f"runs/{run_id}/clear",
        lambda write: rehearsal_actions.clear(write, run_id=RunId(run_id)),
        render=with_fact,
    )


@agenda_bp.post("/api/v1/c/<conf>/runs/<run_id>/speed")
@allow(Role.OPERATOR)
@answers(FactAnswer, refusals=COMMAND_CODES)
@takes(PaceRehearsal)
def rehearsal_pace(body: PaceRehearsal, conf: str, run_id: str) -> ResponseReturnValue:
    """Let the clock of a rehearsal go at another speed from now on."""
    return answer_command(
        body,
        conf,
        f"runs/{run_id}/speed",
        lambda write: rehearsal_actions.pace(write, run_id=RunId(run_id), speed=body.speed),
        render=with_fact,
    )


@agenda_bp.post("/api/v1/c/<conf>/runs/<run_id>/screens")
@allow(Role.OPERATOR)
@answers(FactAnswer, refusals=COMMAND_CODES)
@takes(ShowRehearsal)
def rehearsal_show(body: ShowRehearsal, conf: str, run_id: str) -> ResponseReturnValue:
    """Let the screens of hall and crew follow a rehearsal, or the live run again."""
    return answer_command(
        body,
        conf,
        f"runs/{run_id}/screens",
        lambda write: rehearsal_actions.show(write, run_id=RunId(run_id), screens=body.screens),
        render=with_fact,
    )


@agenda_bp.get("/api/v1/c/<conf>/plan")
@allow(Role.OPERATOR)
@answers(PlanAnswer)
@takes(PlanQuery)
def plan(query: PlanQuery, conf: str) -> ResponseReturnValue:
    """Return the working plan, or a published version of it."""
    del conf
    hub = current_hub()
    with hub.database.reading() as db:
        answer = jsonify(found.plan(db, conference(), query.version, hub.cue_loads))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@agenda_bp.get("/api/v1/c/<conf>/plan/findings")
@allow(Role.OPERATOR)
@answers(FindingsAnswer)
def plan_findings(conf: str) -> ResponseReturnValue:
    """Return what is odd about the working plan: gaps, overlaps, empty lanes, cues on other days, full ceremonies."""
    del conf
    hub = current_hub()
    with hub.database.reading() as db:
        answer = jsonify(found.plan_findings(db, conference(), hub.cue_loads))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@agenda_bp.get("/api/v1/c/<conf>/plan/changes")
@allow(Role.OPERATOR)
@answers(ChangesAnswer)
def plan_changes(conf: str) -> ResponseReturnValue:
    """Return what attendees would see changed if the working plan were published now."""
    with current_hub().database.reading() as db:
        answer = jsonify(found.plan_changes(db, conf))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@agenda_bp.post("/api/v1/c/<conf>/plan")
@allow(Role.ORGANISER)
@answers(RevisionAnswer, refusals=EDIT_CODES)
@bounded(MOST_PLAN_BYTES)
@takes(RevisePlan)
def plan_revise(body: RevisePlan, conf: str) -> ResponseReturnValue:
    """Put a whole plan in place of the working plan; nothing that anybody follows changes before it is applied."""
    dependents = _dependents()
    return answer_command(
        body,
        conf,
        "plan",
        lambda write: plan_actions.revise(
            write, body.content(), revision=body.revision, dependents=dependents
        ),
    )


@agenda_bp.post("/api/v1/c/<conf>/plan/edit")
@allow(Role.ORGANISER)
@answers(RevisionAnswer, refusals=EDIT_CODES)
@bounded(MOST_PLAN_BYTES)
@takes(EditPlan)
def plan_edit(body: EditPlan, conf: str) -> ResponseReturnValue:
    """Make edits of the working plan, all of them or none; each says wholly what it puts."""
    dependents = _dependents()
    return answer_command(
        body,
        conf,
        "plan/edit",
        lambda write: plan_actions.edit(write, body.changes(), revision=body.revision, dependents=dependents),
    )


@agenda_bp.post("/api/v1/c/<conf>/plan/editing")
@allow(Role.ORGANISER)
@answers(EditorsAnswer)
@takes(Editing)
def plan_editing(body: Editing, conf: str) -> ResponseReturnValue:
    """Say that the editor is open here, and where; return who else has had it open within the last half minute."""
    hub = current_hub()
    others = editing.editors_of(hub.database).seen(conf, actor(), body.at, hub.now())
    return jsonify({"editors": [editing.document(one) for one in others]})


@agenda_bp.post("/api/v1/c/<conf>/plan/publish")
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


@agenda_bp.get("/c/<conf>/agenda.ics")
@allow(Role.PUBLIC)
def feed(conf: str) -> ResponseReturnValue:
    """Give out the published plan as a calendar to subscribe to; it changes when another version is published."""
    owner = CalendarOwner.of(conference(), current_hub().settings.public_url)

    def render() -> bytes:
        with current_hub().database.reading() as db:
            version, rooms = store.published_plan(db, conf), sources.room_titles(db, conf)
        if version is None:
            raise NotFound(msg("아직 진행 순서가 정해지지 않았습니다."))
        return agenda_calendar(owner, version, language(), rooms)

    return conditional(["agenda", conf, conference_revisions().revision], render)


def _dependents() -> Dependents:
    hub = current_hub()
    return Dependents(bound=hub.bound_cues, documents=hub.run_documents)
