"""The public pages and the screens of the day; what changes comes to them by the stream that they follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from conference_hub.access.middleware import conference, viewer
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.agenda.outputs.printed import printed_programme
from conference_hub.agenda.sources import rooms_by_id
from conference_hub.agenda.store import published_plan
from conference_hub.awards.calls import groups, readings
from conference_hub.awards.openings import SealedPage, note
from conference_hub.calendars.subscribing import subscription
from conference_hub.conferences.places import KIND_OF_MODE, SPOKEN, own_first
from conference_hub.followup import store as followup
from conference_hub.honours.store import all_honours
from conference_hub.people.model import Mode
from conference_hub.people.store import find_guest
from conference_hub.registration.admission import gate
from conference_hub.registration.setup_store import setup_of
from conference_hub.screens.asked import asked_lane, asked_run, live_plan
from conference_hub.screens.requests import ScreenQuery
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import language, render_text
from conference_hub.web.requests import takes

live_pages_bp = Blueprint("live_pages", __name__)


@live_pages_bp.get("/c/<conf>/")
@allow(Role.PUBLIC)
def overview(conf: str) -> ResponseReturnValue:
    """Tell what the conference is, when it is, and how to take part."""
    public_url = current_hub().settings.public_url
    with current_hub().database.reading() as db:
        version, rooms = published_plan(db, conf), rooms_by_id(db, conf)
        sessions = followup.public_sessions(db, conf)
        honours = [one for one in all_honours(db, conf) if one.announced]
        registration = setup_of(db, conf).settings
        mode = _mode(db, conf)
    return render_template(
        "conferences/overview.html",
        version=version,
        programme=printed_programme(version.plan, rooms, conference().zone) if version else None,
        registration=gate(registration, current_hub().now(), conference().ends_at),
        sessions=sessions,
        honours=honours,
        channels=own_first(conference().channels, mode),
        own=KIND_OF_MODE.get(mode or ""),
        feed=subscription(
            f"{public_url}/c/{conf}/agenda.ics?lang={language()}", render_text(conference().title)
        ),
    )


@live_pages_bp.get("/c/<conf>/live")
@allow(Role.PUBLIC)
def live(conf: str) -> ResponseReturnValue:
    """Show what happens now, to those who follow from elsewhere."""
    with current_hub().database.reading() as db:
        mode = _mode(db, conf)
    return render_template(
        "live/live.html",
        conf=conf,
        channels=own_first(conference().channels, mode),
        own=KIND_OF_MODE.get(mode or ""),
        hosts=current_hub().settings.frame_hosts,
        elsewhere=mode is not None and Mode(mode).remote,
        spoken=SPOKEN,
    )


@live_pages_bp.get("/c/<conf>/screen/emcee")
@allow(Role.EMCEE)
@takes(ScreenQuery)
def emcee(query: ScreenQuery, conf: str) -> ResponseReturnValue:
    """Show the emcee of a lane what to read next; names come by the sealed stream only."""
    return _team_screen("emcee", query, conf, readings=_about_people(conf, readings))


@live_pages_bp.get("/c/<conf>/screen/backstage")
@allow(Role.EMCEE, Role.OPERATOR)
@takes(ScreenQuery)
def backstage(query: ScreenQuery, conf: str) -> ResponseReturnValue:
    """Show who is to be brought to the stage next, and who of them is here."""
    return _team_screen("backstage", query, conf, groups=_about_people(conf, groups))


@live_pages_bp.get("/c/<conf>/screen/cue-sheet")
@allow(Role.EMCEE, Role.OPERATOR)
@takes(ScreenQuery)
def cue_sheet(query: ScreenQuery, conf: str) -> ResponseReturnValue:
    """Show the whole cue sheet, with what is on now and when the rest will be."""
    return _team_screen("cue_sheet", query, conf)


def _about_people(conf: str, known: Callable[[Session, str], Mapping[str, Any]]) -> Mapping[str, Any]:
    """Return what a page itself says about recipients, before it follows any stream, and note who opens it.

    A page that a browser keeps for an outage (`static/js/screens/worker.js`) says nothing about them.
    """
    if "X-Keep" in request.headers:
        return {}
    hub = current_hub()
    note(hub.database, conf, viewer().worker(conf), SealedPage.SEALED, hub.now())
    with hub.database.reading() as db:
        return known(db, conf)


def _team_screen(template: str, query: ScreenQuery, conf: str, **more: Any) -> str:
    plan = live_plan(conf)
    lane = asked_lane(plan, query)
    run = asked_run(conf, query)
    return render_template(f"live/{template}.html", lanes=plan.lanes, lane=lane, asked=query, run=run, **more)


def _mode(db: Session, conf: str) -> str | None:
    """Return how the viewer takes part, None for somebody who is no guest."""
    guest_id = viewer().guest_id(conf)
    guest = find_guest(db, conf, guest_id) if guest_id else None
    return guest.mode.value if guest else None
