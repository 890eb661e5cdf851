"""The API of the agenda: commands of the live run and of rehearsals, the projection, and the calendar."""

from __future__ import annotations

from flask import Blueprint, jsonify, session
from flask.typing import ResponseReturnValue

from conference_hub.access.commands import answer_command
from conference_hub.access.middleware import conference, conference_revisions
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.agenda import answers as found
from conference_hub.agenda import rehearsal_actions, sources, store
from conference_hub.agenda.history import LIVE_RUN, RunId
from conference_hub.agenda.outputs.ics import agenda_calendar
from conference_hub.agenda.plan_refusals import (
    PlanChanged,
)
from conference_hub.agenda.refusals import LiveOnAir, TooManyRehearsals
from conference_hub.agenda.requests import (
    BeginRehearsal,
    PaceRehearsal,
    ShowRehearsal,
    WaysQuery,
)
from conference_hub.agenda.run_routes import add_commands
from conference_hub.agenda.shapes import ProjectionAnswer, RehearsalAnswer, WaysAnswer
from conference_hub.calendars.answers import Edition, conditional, reader_language
from conference_hub.calendars.build import CalendarOwner
from conference_hub.conferences.keys import CONFERENCE
from conference_hub.core.commands import with_fact
from conference_hub.core.entries import last_told
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.shapes import FactAnswer
from conference_hub.places.keys import room_key
from conference_hub.web.describing import COMMAND_CODES, answers
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import OnceBody, takes

agenda_bp = Blueprint("agenda", __name__)
add_commands(agenda_bp)


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
        return jsonify(found.lane_ways(db, conf, run_id, lane, hub.cue_loads, hub.now()))


@agenda_bp.post("/api/v1/c/<conf>/runs")
@allow(Role.OPERATOR)
@answers(RehearsalAnswer, refusals=(*COMMAND_CODES, PlanChanged.code, TooManyRehearsals.code, LiveOnAir.code))
@takes(BeginRehearsal)
def rehearsal_begin(body: BeginRehearsal, conf: str) -> ResponseReturnValue:
    """Begin a rehearsal of the working plan: a run that operators see, and the screens that follow it."""
    features = current_hub().rehearsed
    return answer_command(
        body,
        conf,
        "runs",
        lambda write: rehearsal_actions.begin(
            write, **body.model_dump(exclude={"command_id"}), features=features
        ),
        render=lambda write, stored: {"run": stored["run"], **with_fact(write, stored)},
    )


@agenda_bp.post("/api/v1/c/<conf>/runs/<run_id>/clear")
@allow(Role.OPERATOR)
@answers(FactAnswer, refusals=COMMAND_CODES)
@takes(OnceBody)
def rehearsal_clear(body: OnceBody, conf: str, run_id: str) -> ResponseReturnValue:
    """Remove a rehearsal with everything that happened in it."""
    features = current_hub().rehearsed
    return answer_command(
        body,
        conf,
        f"runs/{run_id}/clear",
        lambda write: rehearsal_actions.clear(write, run_id=RunId(run_id), features=features),
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


@agenda_bp.get("/c/<conf>/agenda.ics")
@allow(Role.PUBLIC)
def feed(conf: str) -> ResponseReturnValue:
    """Give out the published plan as a calendar to subscribe to; it changes when another version is published."""
    owner = CalendarOwner.of(conference(), current_hub().settings.public_url)
    spoken = reader_language(conference().main_language)

    def render() -> Edition:
        with current_hub().database.reading() as db:
            version, rooms = store.published_plan(db, conf), sources.room_titles(db, conf)
            told = last_told(db, conf, [CONFERENCE, *map(room_key, rooms)])
        if version is None:
            raise NotFound(msg("아직 진행 순서가 정해지지 않았습니다."))
        moments = [version.published_at, *([told] if told else [])]
        return Edition(body=agenda_calendar(owner, version, spoken.lang, rooms), changed_at=max(moments))

    return conditional(["agenda", conf, conference_revisions().revision], spoken, render)
