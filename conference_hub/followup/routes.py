"""The commands of the follow-up, and its calendars."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from conference_hub.access.commands import answer_command
from conference_hub.access.middleware import conference, conference_revisions
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.calendars.answers import conditional
from conference_hub.calendars.build import CalendarOwner
from conference_hub.conferences.model import State
from conference_hub.conferences.store import get_conference
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.text import Text
from conference_hub.followup import actions, sign_up_store, store
from conference_hub.followup.outputs.ics import feed_calendar, session_calendar
from conference_hub.followup.requests import Cancel, Reschedule
from conference_hub.followup.shapes import ChangedDoc
from conference_hub.web.describing import SEEN_CODES, answers
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import language
from conference_hub.web.requests import takes

followup_bp = Blueprint("followup", __name__)

FEED_NAME = Text(ko="후속 온라인 세션", en="Follow-up online sessions")
MY_FEED_NAME = Text(ko="내 후속 온라인 세션", en="My follow-up online sessions")


@followup_bp.post("/api/v1/c/<conf>/follow-up/<session_id>/reschedule")
@allow(Role.ORGANISER)
@answers(ChangedDoc, refusals=(*SEEN_CODES, "cancelled", "already_over"))
@takes(Reschedule)
def reschedule(body: Reschedule, conf: str, session_id: str) -> ResponseReturnValue:
    """Move a session to `starts_at`–`ends_at` (RFC 3339 with offset)."""
    return answer_command(
        body,
        conf,
        f"follow-up/{session_id}/reschedule",
        lambda write: actions.reschedule(write, session_id, body.starts_at, body.ends_at, seen=body.seen),
    )


@followup_bp.post("/api/v1/c/<conf>/follow-up/<session_id>/cancel")
@allow(Role.ORGANISER)
@answers(ChangedDoc, refusals=(*SEEN_CODES, "already_over"))
@takes(Cancel)
def cancel(body: Cancel, conf: str, session_id: str) -> ResponseReturnValue:
    """Cancel a session."""
    return answer_command(
        body,
        conf,
        f"follow-up/{session_id}/cancel",
        lambda write: actions.cancel(write, session_id, seen=body.seen),
    )


@followup_bp.get("/c/<conf>/follow-up.ics")
@allow(Role.PUBLIC)
def feed(conf: str) -> ResponseReturnValue:
    """Return all sessions as a calendar to subscribe to."""

    def render() -> bytes:
        with current_hub().database.reading() as db:
            sessions = store.public_sessions(db, conf)
        return feed_calendar(_owner(), sessions, language(), FEED_NAME.in_language(language()))

    return conditional(["follow-up", conf, conference_revisions().revision], render)


@followup_bp.get("/c/<conf>/follow-up/<session_id>.ics")
@allow(Role.PUBLIC)
def one_session(conf: str, session_id: str) -> ResponseReturnValue:
    """Return one session as a calendar entry to import."""
    with current_hub().database.reading() as db:
        online = store.get_public_session(db, conf, session_id)
    answer = conditional(
        ["session", conf, session_id, conference_revisions().revision],
        lambda: session_calendar(_owner(), online, language()),
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="{session_id}.ics"'
    return answer


@followup_bp.get("/cal/<token>.ics")
@allow(Role.PUBLIC)
def my_feed(token: str) -> ResponseReturnValue:
    """Return the sessions a guest signed up for; the address is the secret, since calendars cannot sign in."""
    hub = current_hub()
    with hub.database.reading() as db:
        mine = sign_up_store.find_personal_calendar(db, token)
    if mine is None or mine.state is State.DRAFT:
        raise NotFound(msg("그런 캘린더가 없습니다."))

    def render() -> bytes:
        with hub.database.reading() as db:
            sessions = store.sessions_of_guest(db, mine.conf, mine.guest_id)
            publisher = CalendarOwner.of(get_conference(db, mine.conf), hub.settings.public_url)
        return feed_calendar(publisher, sessions, language(), MY_FEED_NAME.in_language(language()))

    parts = ["personal", mine.conf, mine.guest_id, mine.revision, mine.session_ids]
    return conditional(parts, render, shared=False)


def _owner() -> CalendarOwner:
    return CalendarOwner.of(conference(), current_hub().settings.public_url)
