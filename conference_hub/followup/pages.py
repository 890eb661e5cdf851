"""The page of the follow-up, and signing up on it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.middleware import actor, viewer
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.calendars.subscribing import Subscription, subscription
from conference_hub.core.errors import Forbidden, msg
from conference_hub.core.text import Text
from conference_hub.followup import actions, answering, own_calendar_store, sign_up_store, store
from conference_hub.followup.feeds import FEED_NAME, MY_FEED_NAME
from conference_hub.followup.joining import Open, door
from conference_hub.followup.requests import ChangeCalendar, ChangePlace
from conference_hub.web.answers import let_forms_lead_on
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import language, render_text
from conference_hub.web.limits import GUEST_POST, guest, limiter
from conference_hub.web.requests import Nothing

followup_pages_bp = Blueprint("followup_pages", __name__)


@followup_pages_bp.get("/c/<conf>/follow-up")
@allow(Role.PUBLIC, Role.ATTENDEE)
def page(conf: str) -> ResponseReturnValue:
    """Show the sessions, how to put them into a calendar, and (to a registered person) where to sign up."""
    guest_id = viewer().guest_id(conf)
    with current_hub().database.reading() as db:
        sessions = store.public_sessions(db, conf)
        series = store.all_series(db, conf)
        waiting = sign_up_store.waiting_of_guest(db, conf, guest_id) if guest_id else {}
        signed_up = sign_up_store.signed_up(db, conf)
        mine = {online.id for online in store.sessions_of_guest(db, conf, guest_id)} if guest_id else set()
        token = own_calendar_store.find_calendar_token(db, conf, guest_id) if guest_id else None
    used = {online.series_id for online in sessions}
    now = current_hub().now()
    open_now = {one.id for one in sessions if one.id in mine and isinstance(door(one, now), Open)}
    if open_now:
        let_forms_lead_on()
    return render_template(
        "followup/page.html",
        sessions=sessions,
        series=series,
        mine=mine,
        waiting=waiting,
        signed_up=signed_up,
        now=now,
        open_now=open_now,
        guest_id=guest_id,
        my_feed=subscription(own_feed_url(token), render_text(MY_FEED_NAME)) if token else None,
        feed=_subscription(conf, "follow-up", FEED_NAME),
        series_feeds=[
            _subscription(conf, f"follow-up/series/{one.id}", one.title)
            for one in series.values()
            if one.id in used and used != {one.id}
        ],
    )


@followup_pages_bp.post("/c/<conf>/follow-up/<session_id>/sign-up")
@limiter.limit(GUEST_POST, key_func=guest)
@allow(Role.ATTENDEE)
@takes_form(ChangePlace, page)
def sign_up(form: ChangePlace, conf: str, session_id: str) -> ResponseReturnValue:
    """Sign up or withdraw, then show the page again."""
    guest_id = _own_guest_id(conf)
    change = actions.sign_up if form.action == "take" else actions.withdraw
    hub = current_hub()
    with hub.journal.writing(conf, actor=actor()) as write:
        change(hub, write, session_id, guest_id)
    return redirect(url_for(".page", conf=conf, _anchor=session_id))


@followup_pages_bp.post("/c/<conf>/follow-up/calendar")
@limiter.limit(GUEST_POST, key_func=guest)
@allow(Role.ATTENDEE)
@takes_form(ChangeCalendar, page)
def change_calendar(form: ChangeCalendar, conf: str) -> ResponseReturnValue:
    """Give the guest's own calendar a new address, or end it, then show the page again."""
    guest_id = _own_guest_id(conf)
    change = actions.renew_calendar if form.action == "renew" else actions.end_calendar
    with current_hub().journal.writing(conf, actor=actor()) as write:
        change(write, guest_id)
    if form.action == "renew":
        flash(_("새 주소를 만들었습니다. 캘린더에 다시 구독해 주세요."), "good")
    else:
        flash(_("내 캘린더 주소를 없앴습니다."), "good")
    return redirect(url_for(".page", conf=conf, _anchor="subscribe-title"))


@followup_pages_bp.post("/c/<conf>/follow-up/<session_id>/join")
@limiter.limit(GUEST_POST, key_func=guest)
@allow(Role.ATTENDEE)
@takes_form(Nothing, page)
def join(_form: Nothing, conf: str, session_id: str) -> ResponseReturnValue:
    """Let a guest with a seat into a session: write down that they attend, and lead on to the meeting."""
    guest_id = _own_guest_id(conf)
    with current_hub().journal.writing(conf, actor=actor()) as write:
        url = answering.join(write, session_id, guest_id)
    return redirect(url, 303), {"Cache-Control": "no-store"}


def own_feed_url(token: str) -> str:
    """Return the address of a guest's own calendar, which speaks its owner's language."""
    return f"{current_hub().settings.public_url}/cal/{token}.ics"


def _subscription(conf: str, path: str, name: Text) -> Subscription:
    """Return the ways into a feed in the language of the page: what fetches it sends none."""
    address = f"{current_hub().settings.public_url}/c/{conf}/{path}.ics?lang={language()}"
    return subscription(address, render_text(name))


def _own_guest_id(conf: str) -> str:
    guest_id = viewer().guest_id(conf)
    if guest_id is None:
        raise Forbidden(msg("등록된 참석자만 신청할 수 있습니다."))
    return guest_id
