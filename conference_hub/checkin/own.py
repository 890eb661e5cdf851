"""A guest's own page, and what a guest does there: join from elsewhere, attend in another way, choose a language."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from conference_hub.access.middleware import actor, conference, viewer
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.checkin import actions, registration, store
from conference_hub.checkin.qr import badge_svg
from conference_hub.conferences.store import get_conference
from conference_hub.core.actor import Actor, ActorKind
from conference_hub.core.errors import Forbidden, Invalid, Refused, msg
from conference_hub.people.actions import choose_language
from conference_hub.people.model import Mode
from conference_hub.people.store import find_guest, get_guest
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import LANGUAGES
from conference_hub.web.limits import GUEST_POST, guest, limiter

own_bp = Blueprint("own", __name__)


@own_bp.get("/c/<conf>/me")
@allow(Role.ATTENDEE)
def me(conf: str) -> ResponseReturnValue:
    """Show a guest their ticket, and how to get in."""
    guest_id = _own_guest_id(conf)
    with current_hub().database.reading() as db:
        guest = get_guest(db, conf, guest_id)
        badge = store.find_valid_badge(db, conf, guest_id)
        presence = store.find_presence(db, conf, guest_id)
    return render_template(
        "checkin/me.html",
        guest=guest,
        badge=badge,
        badge_svg=Markup(badge_svg(badge.token)) if badge else None,  # noqa: S704 - made of paths by us
        presence=presence,
        doors=actions.doors_of(conference()),
        now=current_hub().now(),
        modes=list(Mode),
    )


@own_bp.post("/c/<conf>/me/check-in")
@limiter.limit(GUEST_POST, key_func=guest)
@allow(Role.ATTENDEE)
def check_in(conf: str) -> ResponseReturnValue:
    """Check a guest in who follows from elsewhere, and lead to the live page."""
    guest_id = _own_guest_id(conf)
    hub = current_hub()
    if not actions.doors_of(conference()).open(hub.now()):
        raise Refused(msg("아직 체크인 시간이 아닙니다."), code="doors_closed")
    with hub.journal.writing(conf, actor=actor()) as write:
        if not get_guest(write.session, conf, guest_id).mode.remote:
            raise Refused(msg("현장 참석자는 출입구에서 체크인합니다."), code="onsite")
        actions.join(write, guest_id)
    return redirect(f"/c/{conf}/live")


@own_bp.post("/c/<conf>/me/mode")
@limiter.limit(GUEST_POST, key_func=guest)
@allow(Role.ATTENDEE)
def switch_mode(conf: str) -> ResponseReturnValue:
    """Take part in another way (`mode`), then show the page again."""
    guest_id = _own_guest_id(conf)
    mode = _chosen_mode(request.form.get("mode", ""))
    with current_hub().journal.writing(conf, actor=actor()) as write:
        registration.switch_mode(write, guest_id, mode)
    flash(_("참석 방식을 바꾸었습니다."), "good")
    return redirect(url_for("own.me", conf=conf))


@own_bp.post("/c/<conf>/me/language")
@limiter.limit(GUEST_POST, key_func=guest)
@allow(Role.ATTENDEE)
def language(conf: str) -> ResponseReturnValue:
    """Choose the language in which to be addressed (`language`), on this page too."""
    guest_id = _own_guest_id(conf)
    chosen = request.form.get("language", "")
    if chosen not in LANGUAGES:
        raise Invalid(msg("알 수 없는 언어입니다."), field="language")
    with current_hub().journal.writing(conf, actor=actor()) as write:
        choose_language(write, get_guest(write.session, conf, guest_id), chosen)
    return redirect(url_for("own.me", conf=conf, lang=chosen))


def arrive(conf: str, guest_id: str) -> str | None:
    """Greet a guest who opened their personal link; returns the page to lead to, None when there is no such guest.

    While the doors are open, who follows from elsewhere is checked in and led to the live page; others see their
    ticket.
    """
    hub = current_hub()
    with hub.database.reading() as db:
        guest = find_guest(db, conf, guest_id)
        doors_open = actions.doors_of(get_conference(db, conf)).open(hub.now())
    if guest is None:
        return None
    if not (guest.mode.remote and doors_open):
        return f"/c/{conf}/me"
    with hub.journal.writing(conf, actor=Actor.of(ActorKind.GUEST, guest_id, guest_id)) as write:
        actions.join(write, guest_id)
    return f"/c/{conf}/live"


def _own_guest_id(conf: str) -> str:
    guest_id = viewer().guest_id(conf)
    if guest_id is None:
        raise Forbidden(msg("등록된 참석자의 페이지입니다."))
    return guest_id


def _chosen_mode(text: str) -> Mode:
    try:
        return Mode(text)
    except ValueError as error:
        raise Invalid(msg("알 수 없는 참석 방식입니다."), field="mode") from error
