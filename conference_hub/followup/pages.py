"""The page of the follow-up, and signing up on it."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from conference_hub.access.middleware import actor, viewer
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.core.errors import Forbidden, msg
from conference_hub.followup import actions, sign_up_store, store
from conference_hub.followup.requests import ChangePlace
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.limits import GUEST_POST, guest, limiter

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
        token = sign_up_store.find_calendar_token(db, conf, guest_id) if guest_id else None
    return render_template(
        "followup/page.html",
        sessions=sessions,
        series=series,
        mine=mine,
        waiting=waiting,
        signed_up=signed_up,
        now=current_hub().now(),
        guest_id=guest_id,
        my_feed=token and _my_feed_url(token),
        feed_url=f"{current_hub().settings.public_url}/c/{conf}/follow-up.ics",
    )


@followup_pages_bp.post("/c/<conf>/follow-up/<session_id>/sign-up")
@limiter.limit(GUEST_POST, key_func=guest)
@allow(Role.ATTENDEE)
@takes_form(ChangePlace, page)
def sign_up(form: ChangePlace, conf: str, session_id: str) -> ResponseReturnValue:
    """Sign up or withdraw, then show the page again."""
    guest_id = viewer().guest_id(conf)
    if guest_id is None:
        raise Forbidden(msg("등록된 참석자만 신청할 수 있습니다."))
    change = actions.sign_up if form.action == "take" else actions.withdraw
    with current_hub().journal.writing(conf, actor=actor()) as write:
        change(write, session_id, guest_id)
    return redirect(url_for(".page", conf=conf, _anchor=session_id))


def _my_feed_url(token: str) -> str:
    """Return the address of a guest's own calendar."""
    return f"{current_hub().settings.public_url}/cal/{token}.ics"
