"""The pages of access: signing in by password or link, signing out, and the team of a conference."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from conference_hub.access import actions, listing
from conference_hub.access.actions import MAX_NAME
from conference_hub.access.links import home_of, safe_next
from conference_hub.access.middleware import forget, remember, viewer
from conference_hub.access.model import STAFF_ROLES, Grant, Role
from conference_hub.access.policy import allow
from conference_hub.access.requests import SignIn, UseLink
from conference_hub.access.sign_in import sign_in as by_password
from conference_hub.core.errors import HubError, NotSignedIn
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import translate_message
from conference_hub.web.limits import ARRIVALS, address, limiter, storage
from conference_hub.web.requests import takes

access_pages_bp = Blueprint("access_pages", __name__)


@access_pages_bp.get("/sign-in")
@allow(Role.PUBLIC)
def sign_in() -> ResponseReturnValue:
    """Show the password form."""
    return _sign_in_page()


@access_pages_bp.post("/sign-in")
@allow(Role.PUBLIC)
@takes(SignIn)
def sign_in_post(form: SignIn) -> ResponseReturnValue:
    """Sign in by login and password; a refusal shows the form again, with what was typed but the password."""
    try:
        signed_in = by_password(
            current_hub(), storage(), form.login, form.password, viewer=viewer(), address=address()
        )
    except HubError as error:
        return _sign_in_page(error, form.login)
    remember(signed_in.secret)
    return redirect(safe_next(form.next) or home_of(signed_in.grant))


@access_pages_bp.get("/link")
@allow(Role.PUBLIC)
def link() -> ResponseReturnValue:
    """Show the button that uses a sign-in link; its secret is in the fragment, which no server and no log sees."""
    return render_template("access/link.html", error=None)


@access_pages_bp.post("/link")
@allow(Role.PUBLIC)
@takes(UseLink)
def link_post(form: UseLink) -> ResponseReturnValue:
    """Sign in by a link's secret; an unknown one is only looked up, and counts against nobody."""
    hub = current_hub()
    try:
        with hub.database.reading() as db:
            actions.usable_link(db, form.secret, hub.now())
        with limiter.limit(ARRIVALS), hub.database.writing() as db:
            signed_in = actions.use_link(db, form.secret, viewer(), hub.now())
    except NotSignedIn as error:
        return render_template("access/link.html", error=_message(error)), error.status
    remember(signed_in.secret)
    return redirect(_landing(signed_in.grant))


@access_pages_bp.post("/sign-out")
@allow(Role.PUBLIC)
def sign_out() -> ResponseReturnValue:
    """End the session on the server and in the browser."""
    hub = current_hub()
    with hub.database.writing() as db:
        actions.sign_out(db, viewer(), hub.now())
    hub.tell_ended()
    forget()
    return redirect(url_for(".sign_in"))


@access_pages_bp.get("/c/<conf>/desk/team")
@allow(Role.ORGANISER)
def team(conf: str) -> ResponseReturnValue:
    """Show what was given out to those who work for the conference; guests' links are on the guest list."""
    now = current_hub().now()
    with current_hub().database.reading() as db:
        members = listing.members(db, conf)
        links = listing.links(db, conf, now)
        tokens = listing.tokens(db, conf)
        devices = listing.devices(db, conf, now)
    return render_template(
        "access/team.html",
        members=members,
        links=[link for link in links if link.role is not Role.ATTENDEE],
        tokens=tokens,
        devices=[device for device in devices if device.roles != (Role.ATTENDEE,)],
        roles=STAFF_ROLES,
    )


def _landing(grant: Grant | None) -> str:
    """Let features greet somebody who came by a link; the first that names a page decides."""
    if grant is not None and grant.guest_id is not None:
        for arrive in current_hub().arrivals:
            if page := arrive(grant.conf, grant.guest_id):
                return page
    return home_of(grant)


def _sign_in_page(error: HubError | None = None, login: str = "") -> ResponseReturnValue:
    page = render_template(
        "access/sign_in.html",
        error=_message(error) if error else None,
        login=login[:MAX_NAME],
        next=safe_next(request.values.get("next", "")),
    )
    if error is None:
        return page
    wait_s = error.detail.get("wait")
    return page, error.status, {"Retry-After": str(wait_s)} if wait_s else {}


def _message(error: HubError) -> str:
    return translate_message(error.message, error.detail)
