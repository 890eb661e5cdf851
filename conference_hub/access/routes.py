"""Signing in by password or link, signing out, and the page of a signed-in person's conferences."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from conference_hub.access import actions, store
from conference_hub.access.gate import forget, remember, viewer
from conference_hub.access.model import Grant, Role
from conference_hub.access.passwords import password_matches
from conference_hub.access.policy import allow
from conference_hub.errors import HubError, NotSignedIn, msg
from conference_hub.hub import current_hub
from conference_hub.i18n import translate_message
from conference_hub.limits import ARRIVALS, SIGN_IN, limiter, refused

access_bp = Blueprint("access", __name__)

HOME = {
    Role.ORGANISER: "/c/{conf}/console",
    Role.OPERATOR: "/c/{conf}/console",
    Role.EMCEE: "/c/{conf}/screen/emcee",
    Role.STAFF: "/checkin/",
    Role.ATTENDEE: "/c/{conf}/me",
    Role.PUBLIC: "/c/{conf}/",
}
"""Where each role begins."""


@access_bp.get("/sign-in")
@allow(Role.PUBLIC)
def sign_in() -> ResponseReturnValue:
    """Show the password form."""
    return _sign_in_page()


@access_bp.post("/sign-in")
@limiter.limit(SIGN_IN, deduct_when=refused)
@allow(Role.PUBLIC)
def sign_in_post() -> ResponseReturnValue:
    """Check login and password; the hash is verified off the event loop, with no transaction open."""
    hub = current_hub()
    login = request.form.get("login", "")
    with hub.database.reading() as db:
        account = store.find_account(db, login)
        stored = account.password_hash if account and account.disabled_at is None else None
    if not hub.offload(password_matches, stored, request.form.get("password", "")) or account is None:
        return _sign_in_page(NotSignedIn(msg("아이디 또는 비밀번호가 맞지 않습니다.")), login)
    with hub.database.writing() as db:
        signed_in = actions.sign_in_account(db, account, viewer(), hub.now())
    remember(signed_in.secret)
    return redirect(_safe_next(request.form.get("next", "")) or home_of(signed_in.grant))


@access_bp.get("/link")
@allow(Role.PUBLIC)
def link() -> ResponseReturnValue:
    """Show the button that uses a sign-in link; its secret is in the fragment, which no server and no log sees."""
    return render_template("access/link.html", error=None)


@access_bp.post("/link")
@limiter.limit(SIGN_IN, deduct_when=refused)
@limiter.limit(ARRIVALS)
@allow(Role.PUBLIC)
def link_post() -> ResponseReturnValue:
    """Sign in by a link's secret."""
    hub = current_hub()
    try:
        with hub.database.writing() as db:
            signed_in = actions.use_link(db, request.form.get("secret", ""), viewer(), hub.now())
    except NotSignedIn as error:
        return render_template("access/link.html", error=_message(error)), error.status
    remember(signed_in.secret)
    return redirect(_landing(signed_in.grant))


@access_bp.post("/sign-out")
@allow(Role.PUBLIC)
def sign_out() -> ResponseReturnValue:
    """End the session on the server and in the browser."""
    hub = current_hub()
    with hub.database.writing() as db:
        actions.sign_out(db, viewer(), hub.now())
    hub.tell_ended()
    forget()
    return redirect(url_for("access.sign_in"))


def home_of(grant: Grant | None) -> str:
    """Return the page where the holder of `grant` begins."""
    return HOME[grant.role].format(conf=grant.conf) if grant else "/"


def link_url(secret: str, lang: str | None = None) -> str:
    """Return the full URL of a sign-in link."""
    query = f"?lang={lang}" if lang else ""
    return f"{current_hub().settings.public_url}/link{query}#{secret}"


def _landing(grant: Grant | None) -> str:
    """Let features greet somebody who came by a link; the first that names a page decides."""
    if grant is not None and grant.guest_id is not None:
        for arrive in current_hub().arrivals:
            if page := arrive(grant.conf, grant.guest_id, viewer().label(grant.conf)):
                return page
    return home_of(grant)


def _sign_in_page(error: HubError | None = None, login: str = "") -> ResponseReturnValue:
    page = render_template(
        "access/sign_in.html",
        error=_message(error) if error else None,
        login=login,
        next=_safe_next(request.values.get("next", "")),
    )
    return page, error.status if error else 200


def _message(error: HubError) -> str:
    return translate_message(error.message, error.detail)


def _safe_next(target: str) -> str:
    """Return `target` if it is a path on this hub, else an empty string (no open redirect).

    Browsers drop tabs and line ends from an address and read a backslash as a slash: neither belongs into a path.
    """
    plain = target.isprintable() and "\\" not in target
    return target if plain and target.startswith("/") and not target.startswith("//") else ""
