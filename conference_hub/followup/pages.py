"""The page of the follow-up, and signing up on it."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from conference_hub.access.middleware import actor, viewer
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.core.errors import Forbidden, Invalid, msg
from conference_hub.followup import actions, store
from conference_hub.web.hub import current_hub
from conference_hub.web.limits import GUEST_POST, guest, limiter

followup_pages_bp = Blueprint("followup_pages", __name__)


@followup_pages_bp.get("/c/<conf>/follow-up")
@allow(Role.PUBLIC)
def page(conf: str) -> ResponseReturnValue:
    """Show the sessions, how to put them into a calendar, and (to a registered person) where to sign up."""
    guest_id = viewer().guest_id(conf)
    with current_hub().database.reading() as db:
        sessions = store.all_sessions(db, conf)
        mine = {online.id for online in store.sessions_of_guest(db, conf, guest_id)} if guest_id else set()
        token = store.find_calendar_token(db, conf, guest_id) if guest_id else None
    return render_template(
        "followup/page.html",
        sessions=sessions,
        mine=mine,
        guest_id=guest_id,
        my_feed=token and _my_feed_url(token),
        feed_url=f"{current_hub().settings.public_url}/c/{conf}/follow-up.ics",
    )


@followup_pages_bp.post("/c/<conf>/follow-up/<session_id>/sign-up")
@limiter.limit(GUEST_POST, key_func=guest)
@allow(Role.ATTENDEE)
def sign_up(conf: str, session_id: str) -> ResponseReturnValue:
    """Take or give up a place (`action`: `take` or `give-up`), then show the page again."""
    guest_id = viewer().guest_id(conf)
    if guest_id is None:
        raise Forbidden(msg("등록된 참석자만 신청할 수 있습니다."))
    chosen = {"take": actions.sign_up, "give-up": actions.withdraw}.get(request.form.get("action", "take"))
    if chosen is None:
        raise Invalid(msg("알 수 없는 요청입니다."), field="action")
    with current_hub().journal.writing(conf, actor=actor()) as write:
        chosen(write, session_id, guest_id)
    return redirect(url_for(".page", conf=conf, _anchor=session_id))


def _my_feed_url(token: str) -> str:
    """Return the address of a guest's own calendar."""
    return f"{current_hub().settings.public_url}/cal/{token}.ics"
