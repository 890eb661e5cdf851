"""The conferences of the hub: the list of them, making one, and who may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from conference_hub.access import accounts
from conference_hub.access import store as account_store
from conference_hub.access.middleware import viewer
from conference_hub.access.model import STAFF_ROLES, Role
from conference_hub.access.policy import accounts_too, allow
from conference_hub.conferences import lifecycle
from conference_hub.conferences.colours import READABLE, contrast_with_white
from conference_hub.conferences.model import Conference, State
from conference_hub.conferences.store import all_conferences
from conference_hub.desk.forms import conference_of
from conference_hub.desk.making import create, creator
from conference_hub.desk.requests import HubOrganiser, NewConference, zones
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import Hub, current_hub

desk_pages_bp = Blueprint("desk_pages", __name__)

DEFAULT_ZONE = "Asia/Seoul"
DEFAULT_ACCENT = "#1b4b8f"
WEEKS_AHEAD = timedelta(weeks=8)
DAY_BEGINS, DAY_ENDS = time(9), time(18)


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A conference in the list, with the state that it is in and the viewer's roles there."""

    conference: Conference
    state: State
    roles: tuple[Role, ...]


@desk_pages_bp.get("/conferences/")
@allow(*STAFF_ROLES)
@accounts_too
def conferences() -> ResponseReturnValue:
    """Show the conferences in which the viewer has a role, and to hub organisers who may make others."""
    hub = current_hub()
    with hub.database.reading() as db:
        mine = list(_mine(hub, db))
        creators = account_store.creators(db) if viewer().may_create else []
    return render_template("desk/conferences.html", conferences=mine, creators=creators)


@desk_pages_bp.get("/conferences/new")
@allow()
@accounts_too
def new() -> ResponseReturnValue:
    """Show the form of a new conference."""
    creator(viewer())
    first = _suggested_day(current_hub().now())
    return render_template(
        "desk/new.html",
        starts=datetime.combine(first, DAY_BEGINS),
        ends=datetime.combine(first, DAY_ENDS),
        purge=lifecycle.default_purge(first),
        zone=DEFAULT_ZONE,
        accent=DEFAULT_ACCENT,
        zones=zones(),
        contrast=contrast_with_white(DEFAULT_ACCENT),
        readable=READABLE,
    )


@desk_pages_bp.post("/conferences/new")
@allow()
@accounts_too
@takes_form(NewConference, new)
def make(form: NewConference) -> ResponseReturnValue:
    """Make a conference as a draft, and lead to its desk."""
    actor = creator(viewer())
    conference = conference_of(current_hub(), form)
    create(current_hub(), conference, actor)
    flash(_("행사를 만들었습니다. 공개하기 전에는 운영진만 볼 수 있습니다."), "good")
    return redirect(url_for("desk_overview.overview", conf=conference.slug))


@desk_pages_bp.post("/conferences/organisers")
@allow()
@accounts_too
@takes_form(HubOrganiser, conferences)
def organisers(form: HubOrganiser) -> ResponseReturnValue:
    """Give an account the right to make conferences, or take it."""
    creator(viewer())
    with current_hub().database.writing() as db:
        accounts.set_may_create(db, form.login, may_create=form.may == "yes")
    flash(_("저장했습니다."), "good")
    return redirect(url_for(".conferences"))


def _mine(hub: Hub, db: Session) -> list[Listed]:
    slugs = {grant.conf for grant in viewer().grants if grant.role in STAFF_ROLES}
    return [
        Listed(
            conference=one,
            state=lifecycle.stage(one.state, hub.run_progress(db, one.slug)),
            roles=tuple(
                role
                for role in STAFF_ROLES
                if any(grant.conf == one.slug and grant.role is role for grant in viewer().grants)
            ),
        )
        for one in reversed(all_conferences(db))
        if one.slug in slugs
    ]


def _suggested_day(now: datetime) -> date:
    """Return a day to begin with: some weeks ahead."""
    return (now + WEEKS_AHEAD).date()
