"""The public pages and the screens of the day; what changes comes to them by the stream that they follow."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from conference_hub.access.middleware import conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.agenda import store as agenda
from conference_hub.agenda.facts import AgendaPlanned
from conference_hub.agenda.model import Lane
from conference_hub.agenda.outputs.ics import PublishedPlan, agenda_calendar
from conference_hub.calendars.answers import calendar_answer
from conference_hub.calendars.build import CalendarOwner
from conference_hub.core.entries import JournalEntryRow
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.stream import Stream
from conference_hub.followup import store as followup
from conference_hub.live.programme import programme
from conference_hub.live.requests import ScreenQuery
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import language
from conference_hub.web.requests import takes

screens_bp = Blueprint("screens", __name__)


@screens_bp.get("/c/<conf>/")
@allow(Role.PUBLIC)
def overview(conf: str) -> ResponseReturnValue:
    """Tell what the conference is, when it is, and how to take part."""
    with current_hub().database.reading() as db:
        lanes = agenda.all_lanes(db, conf)
        parts = programme(agenda.all_segments(db, conf), lanes, agenda.all_cues(db, conf))
        sessions = followup.all_sessions(db, conf)
    return render_template(
        "conferences/overview.html",
        parts=parts,
        sessions=sessions,
        calendar_url=f"{current_hub().settings.public_url}/c/{conf}/agenda.ics",
    )


@screens_bp.get("/c/<conf>/agenda.ics")
@allow(Role.PUBLIC)
def agenda_feed(conf: str) -> ResponseReturnValue:
    """Give out the agenda as a calendar to subscribe to; it changes only when the plan does."""
    with current_hub().database.reading() as db:
        plan = PublishedPlan(
            segments=agenda.all_segments(db, conf),
            lanes=agenda.all_lanes(db, conf),
            cues=agenda.all_cues(db, conf),
            sequence=0,
            changed_at=_planned_at(db, conf),
        )
    owner = CalendarOwner.of(conference(), current_hub().settings.public_url)
    return calendar_answer(agenda_calendar(owner, plan, language()))


@screens_bp.get("/c/<conf>/live")
@allow(Role.PUBLIC)
def live(conf: str) -> ResponseReturnValue:
    """Show what happens now, to those who follow from elsewhere."""
    del conf
    return render_template("live/live.html")


@screens_bp.get("/c/<conf>/screen/stage")
@allow(Role.PUBLIC)
@takes(ScreenQuery)
def stage(query: ScreenQuery, conf: str) -> ResponseReturnValue:
    """Fill the screen of a lane with what happens on its stage."""
    return render_template("live/stage.html", lane=_lane(conf, query))


@screens_bp.get("/c/<conf>/screen/emcee")
@allow(Role.EMCEE)
@takes(ScreenQuery)
def emcee(query: ScreenQuery, conf: str) -> ResponseReturnValue:
    """Show the emcee of a lane what to read next; names come by the sealed stream only."""
    with current_hub().database.reading() as db:
        lanes = agenda.all_lanes(db, conf)
    return render_template("live/emcee.html", lanes=lanes, lane=_lane(conf, query))


def _lane(conf: str, query: ScreenQuery) -> Lane:
    with current_hub().database.reading() as db:
        return agenda.get_lane(db, conf, query.lane)


def _planned_at(db: Session, conf: str) -> datetime:
    """When the plan was laid; raises NotFound when there is none."""
    at = db.scalar(
        sa.select(sa.func.max(JournalEntryRow.at)).where(
            JournalEntryRow.conf == conf,
            JournalEntryRow.stream == Stream.PUBLIC,
            JournalEntryRow.topic == AgendaPlanned.topic,
        )
    )
    if at is None:
        raise NotFound(msg("아직 진행 순서가 정해지지 않았습니다."))
    return at
