"""The pages of check-in: the gate's scanner and a guest's own page."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from conference_hub.access.browsers import in_app
from conference_hub.access.middleware import acting, actor, conference, viewer
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.checkin import actions, store
from conference_hub.checkin.model import Place
from conference_hub.checkin.qr import badge_svg
from conference_hub.checkin.requests import CheckIn, ChooseLanguage, ChooseMode, GateQuery, SeeNotice
from conference_hub.checkin.veiling import open_groups, veil
from conference_hub.conferences.model import Conference, State
from conference_hub.conferences.places import own_first
from conference_hub.conferences.store import all_conferences, get_conference
from conference_hub.core.actor import Actor, ActorKind
from conference_hub.core.errors import Forbidden, Invalid, NotFound, Refused, msg
from conference_hub.gates.acting import device_of
from conference_hub.gates.documents import device_document
from conference_hub.gates.store import all_gates, all_points
from conference_hub.people import notices
from conference_hub.people.actions import choose_language
from conference_hub.people.group_store import all_groups
from conference_hub.people.model import Mode, offered_modes
from conference_hub.people.store import find_guest, get_guest
from conference_hub.web.answers import show_own_pages
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.limits import GUEST_POST, guest, limiter
from conference_hub.web.requests import takes

checkin_pages_bp = Blueprint("checkin_pages", __name__)


@checkin_pages_bp.get("/checkin/")
@allow(Role.STAFF)
@takes(GateQuery)
def gate(query: GateQuery) -> ResponseReturnValue:
    """Show the scanner of a conference at which the viewer is staff; a choice when there are several."""
    mine = viewer().conferences(Role.STAFF)
    with current_hub().database.reading() as db:
        conferences = [one for one in all_conferences(db) if one.slug in mine]
        chosen = [one for one in conferences if query.conf in {None, one.slug}]
        conf = chosen[0].slug if len(chosen) == 1 else ""
        device = device_of(db, conf, viewer())
        gates = [gate for gate in all_gates(db, conf) if device is None or device.may_use(gate.id)]
        points = all_points(db, conf)
        groups = open_groups(db, conf) if conf else []
        notice = current_hub().privacy_notice(db, conf)
    if not chosen:
        raise NotFound(msg("그런 행사가 없습니다."))
    if len(chosen) > 1:
        return render_template("checkin/choose.html", conferences=chosen)
    show_own_pages()
    return render_template(
        "checkin/gate.html",
        conference=chosen[0],
        acting=acting(chosen[0].slug),
        gates=gates,
        points={point.id: point for point in points},
        device=device_document(device) if device else None,
        notice=notice,
        groups=[{"id": group.id, "label": group.title.as_doc()} for group in groups],
        several=len(conferences) > 1,
        in_app=in_app(request.user_agent.string),
    )


@checkin_pages_bp.get("/c/<conf>/me")
@allow(Role.ATTENDEE)
def me(conf: str) -> ResponseReturnValue:
    """Show a guest their badge, and how to get in; for a browser that keeps it (`X-Keep`) the ticket alone."""
    guest_id = _own_guest_id(conf)
    with current_hub().database.reading() as db:
        guest = veil(db, conf)(get_guest(db, conf, guest_id))
        badge = store.find_valid_badge(db, conf, guest_id)
        presence = store.find_presence(db, conf, guest_id)
        group = all_groups(db, conf).get(guest.group) if guest.group else None
        notice = current_hub().privacy_notice(db, conf)
        seen = notices.last_shown(db, conf, guest_id)
    ticket = {
        "guest": guest,
        "badge": badge,
        "badge_svg": Markup(badge_svg(badge.token)) if badge else None,  # noqa: S704 - made of paths by us
        "now": current_hub().now(),
    }
    if "X-Keep" in request.headers:
        return render_template("checkin/ticket.html", **ticket)
    return render_template(
        "checkin/me.html",
        **ticket,
        group=group,
        notice=notice,
        notice_due=notice.words is not None and (seen.version if seen else 0) < notice.version,
        presence=presence,
        doors=actions.doors_of(conference()),
        over=not _lets_in(conference()) or current_hub().now() > actions.doors_of(conference()).closes_at,
        modes=_modes(guest.mode),
        channels=own_first(conference().channels, guest.mode.value),
    )


@checkin_pages_bp.get("/c/<conf>/me/wait")
@allow(Role.ATTENDEE)
def wait(conf: str) -> ResponseReturnValue:
    """Show a guest who came early from elsewhere when check-in opens; the page checks them in then, by itself."""
    guest_id = _own_guest_id(conf)
    with current_hub().database.reading() as db:
        guest = veil(db, conf)(get_guest(db, conf, guest_id))
        presence = store.find_presence(db, conf, guest_id)
    doors, now = actions.doors_of(conference()), current_hub().now()
    if presence is not None and presence.place is Place.REMOTE:
        return redirect(f"/c/{conf}/live")
    if not guest.mode.remote or now > doors.closes_at or not _lets_in(conference()):
        return redirect(url_for(".me", conf=conf))
    return render_template("checkin/wait.html", guest=guest, doors=doors, now=now)


def _lets_in(conference: Conference) -> bool:
    """Return whether guests check in at all: not once organisers said that it is over."""
    return conference.on and conference.state is not State.OVER


def _modes(own: Mode) -> list[Mode]:
    """Return the ways to take part that the conference offers, and the guest's own."""
    offered = offered_modes(channel.kind for channel in conference().channels)
    return [mode for mode in Mode if mode in offered or mode is own]


@checkin_pages_bp.post("/c/<conf>/me/check-in")
@limiter.limit(GUEST_POST, key_func=guest)
@allow(Role.ATTENDEE)
@takes_form(CheckIn, me)
def check_in(_form: CheckIn, conf: str) -> ResponseReturnValue:
    """Check in a guest who follows from elsewhere, and redirect to the live page."""
    guest_id = _own_guest_id(conf)
    hub = current_hub()
    _require_open(hub.now())
    with hub.journal.writing(conf, actor=actor()) as write:
        if not get_guest(write.session, conf, guest_id).mode.remote:
            raise Refused(msg("현장 참석자는 출입구에서 체크인합니다."), code="onsite")
        actions.join(write, guest_id)
    return redirect(f"/c/{conf}/live")


@checkin_pages_bp.post("/c/<conf>/me/mode")
@limiter.limit(GUEST_POST, key_func=guest)
@allow(Role.ATTENDEE)
@takes_form(ChooseMode, me)
def switch_mode(form: ChooseMode, conf: str) -> ResponseReturnValue:
    """Take part in another way, then show the page again."""
    guest_id = _own_guest_id(conf)
    with current_hub().journal.writing(conf, actor=actor()) as write:
        if form.mode not in _modes(get_guest(write.session, conf, guest_id).mode):
            raise Invalid(msg("이 참석 방식은 고를 수 없습니다."), field="mode")
        for choice in current_hub().mode_choices:
            choice(write, guest_id, form.mode)
        actions.switch_mode(write, guest_id, form.mode)
    flash(_("참석 방식을 바꾸었습니다."), "good")
    return redirect(url_for(".me", conf=conf))


@checkin_pages_bp.post("/c/<conf>/me/language")
@limiter.limit(GUEST_POST, key_func=guest)
@allow(Role.ATTENDEE)
@takes_form(ChooseLanguage, me)
def language(form: ChooseLanguage, conf: str) -> ResponseReturnValue:
    """Choose the language in which to be addressed, on this page too."""
    guest_id = _own_guest_id(conf)
    with current_hub().journal.writing(conf, actor=actor()) as write:
        choose_language(write, get_guest(write.session, conf, guest_id), form.language)
    return redirect(url_for(".me", conf=conf, lang=form.language))


@checkin_pages_bp.post("/c/<conf>/me/notice")
@limiter.limit(GUEST_POST, key_func=guest)
@allow(Role.ATTENDEE)
@takes_form(SeeNotice, me)
def see_notice(form: SeeNotice, conf: str) -> ResponseReturnValue:
    """Write down that the guest saw the privacy notice; a version that is not there yet counts as the newest."""
    guest_id = _own_guest_id(conf)
    with current_hub().journal.writing(conf, actor=actor()) as write:
        newest = current_hub().privacy_notice(write.session, conf).version
        if newest:
            notices.see(write, guest_id, min(form.version, newest))
    return redirect(url_for(".me", conf=conf, _anchor="privacy-title"))


def _require_open(at: datetime) -> None:
    """Raise Refused before check-in opens (`doors_closed`) and after the conference (`over`)."""
    doors = actions.doors_of(conference())
    if at > doors.closes_at or not _lets_in(conference()):
        raise Refused(msg("행사가 끝나 체크인할 수 없습니다."), code="over")
    if not doors.open(at):
        raise Refused(msg("아직 체크인 시간이 아닙니다."), code="doors_closed")


def arrive(conf: str, guest_id: str) -> str | None:
    """Return the page that a guest sees who opened their personal link, None when there is no such guest.

    While check-in is open, a guest who follows from elsewhere is checked in and sees the live page; before that they
    wait for it. Others see their badge.
    """
    hub = current_hub()
    with hub.database.reading() as db:
        guest = find_guest(db, conf, guest_id)
        conference = get_conference(db, conf)
    if guest is None:
        return None
    doors = actions.doors_of(conference)
    if not guest.mode.remote or not _lets_in(conference) or hub.now() > doors.closes_at:
        return f"/c/{conf}/me"
    if not doors.open(hub.now()):
        return f"/c/{conf}/me/wait"
    with hub.journal.writing(conf, actor=Actor.of(ActorKind.GUEST, guest_id, guest_id)) as write:
        actions.join(write, guest_id)
    return f"/c/{conf}/live"


def _own_guest_id(conf: str) -> str:
    guest_id = viewer().guest_id(conf)
    if guest_id is None:
        raise Forbidden(msg("등록된 참석자의 페이지입니다."))
    return guest_id
