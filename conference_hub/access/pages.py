"""The pages of access: signing in by password or link, signing out, and the team of a conference."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from conference_hub.access import account_links, actions, listing, store
from conference_hub.access.actions import SignedIn
from conference_hub.access.browsers import in_app
from conference_hub.access.known_devices import known_device, make_known
from conference_hub.access.links import home_of, safe_next
from conference_hub.access.middleware import viewer
from conference_hub.access.model import STAFF_ROLES, Grant, Role, Viewer
from conference_hub.access.policy import allow
from conference_hub.access.requests import SignIn, SignInQuery, SignOut, UseLink
from conference_hub.access.revoking import revoke_superseded
from conference_hub.access.senders import forget, remember
from conference_hub.access.sign_in import sign_in as by_password
from conference_hub.conferences.store import all_conferences, get_conference
from conference_hub.core.actor import Actor, ActorKind
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.limits import ARRIVALS, address, limiter, storage
from conference_hub.web.requests import takes

access_pages_bp = Blueprint("access_pages", __name__)


@access_pages_bp.get("/sign-in")
@allow(Role.PUBLIC)
@takes(SignInQuery)
def sign_in(query: SignInQuery) -> ResponseReturnValue:
    """Show the password form."""
    return render_template("access/sign_in.html", next=safe_next(query.next))


@access_pages_bp.post("/sign-in")
@allow(Role.PUBLIC)
@takes_form(SignIn, sign_in)
def sign_in_post(form: SignIn) -> ResponseReturnValue:
    """Sign in by login and password."""
    opened = by_password(
        current_hub(),
        storage(),
        form.login,
        form.password,
        viewer=viewer(),
        address=address(),
        device=known_device(form.login),
    )
    remember(opened.secret)
    answer = make_response(redirect(safe_next(form.next) or home_of(opened.grant)))
    make_known(answer, form.login)
    return answer


@access_pages_bp.get("/signed-in")
@allow(Role.PUBLIC)
def signed_in() -> ResponseReturnValue:
    """Send somebody back to the window in which something waits to be sent; this one they opened only to sign in."""
    return render_template("access/signed_in.html")


@access_pages_bp.get("/link")
@allow(Role.PUBLIC)
def link() -> ResponseReturnValue:
    """Show the button that uses a sign-in link; its secret is in the fragment, which no server and no log sees."""
    return render_template(
        "access/link.html", in_app=in_app(request.user_agent.string), lost=_lost_link_page()
    )


@access_pages_bp.post("/link")
@allow(Role.PUBLIC)
@takes_form(UseLink, link)
def link_post(form: UseLink) -> ResponseReturnValue:
    """Sign in by a link's secret; wrong secrets are not counted against anybody.

    A guest's link in a browser that somebody else uses is asked about first.
    """
    hub = current_hub()
    with hub.database.reading() as db:
        use = _use_of(db, form.secret, hub.now())
        of = None if form.sure or use is not actions.use_link else _of_another(db, form.secret, hub.now())
    if of is not None:
        return _ask_first(form.secret, of)
    with limiter.limit(ARRIVALS), hub.database.writing() as db:
        opened = use(db, form.secret, viewer(), hub.now())
    remember(opened.secret)
    _end_earlier(opened)
    return redirect("/password" if opened.needs_password else _landing(opened.grant))


@access_pages_bp.post("/sign-out")
@allow(Role.PUBLIC)
@takes(SignOut)
def sign_out(_form: SignOut) -> ResponseReturnValue:
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
    """Show who may work for the conference and by what; guests' links are on the guest list."""
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


def _use_of(db: Session, secret: str, at: datetime) -> Callable[[Session, str, Viewer, datetime], SignedIn]:
    """Return what uses a link: one for an account, or one for a role; raises NotSignedIn when it cannot be used."""
    if account_links.is_account_link(db, secret):
        return account_links.use_account_link
    actions.usable_link(db, secret, at)
    return actions.use_link


def _lost_link_page() -> str | None:
    """Return where a guest whose link was just refused asks for a new one."""
    secret = request.form.get("secret", "")
    if not secret:
        return None
    with current_hub().database.reading() as db:
        conf = store.conference_of_link(db, secret)
        listed = [one.slug for one in all_conferences(db) if not one.hidden]
    if conf is None and len(listed) == 1:
        conf = listed[0]
    return f"/c/{conf}/lost-link" if conf in listed else "/"


def _of_another(db: Session, secret: str, at: datetime) -> Grant | None:
    """Return what a guest's link gives when the browser is somebody else's: a worker's, or another guest's."""
    link = actions.usable_link(db, secret, at)
    present = viewer().guest_id(link.conf)
    if link.guest_id in {None, present} or (present is None and viewer().works_as is None):
        return None
    return Grant(conf=link.conf, role=Role(link.role), guest_id=link.guest_id, name=link.name)


def _ask_first(secret: str, of: Grant) -> ResponseReturnValue:
    with current_hub().database.reading() as db:
        title = get_conference(db, of.conf).title
    other = next((grant.name for grant in viewer().grants if grant.conf == of.conf and grant.guest_id), "")
    page = render_template(
        "access/link_asks.html", secret=secret, of=of, title=title, works_as=viewer().works_as, other=other
    )
    return page, {"Cache-Control": "no-store"}


def _end_earlier(opened: SignedIn) -> None:
    """End the earlier personal links of a guest who came by a newer one."""
    if not opened.ends or opened.grant is None or opened.grant.guest_id is None:
        return
    hub, guest_id = current_hub(), opened.grant.guest_id
    by = Actor.of(ActorKind.GUEST, guest_id, guest_id)
    with hub.journal.writing(opened.grant.conf, actor=by) as write:
        revoke_superseded(write, opened.ends)
    hub.tell_ended()


def _landing(grant: Grant | None) -> str:
    """Return the page for somebody who came by a link: that of the first feature that names one, else of the role.

    Somebody who works here looks at a guest's page, and checks nobody in by that.
    """
    if grant is not None and grant.guest_id is not None and viewer().works_as is None:
        for arrive in current_hub().arrivals:
            if page := arrive(grant.conf, grant.guest_id):
                return page
    return home_of(grant)
