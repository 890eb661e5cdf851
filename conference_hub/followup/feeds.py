"""The calendars of the follow-up over HTTP: all sessions, those of a series, one session, and somebody's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from conference_hub.access.middleware import conference, conference_revisions
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.agenda.outputs.ics import segment_entries
from conference_hub.agenda.sources import room_titles
from conference_hub.agenda.store import published_plan
from conference_hub.calendars.answers import Edition, Spoken, conditional, owner_language, reader_language
from conference_hub.calendars.build import CalendarEntry, CalendarOwner
from conference_hub.conferences.keys import CONFERENCE
from conference_hub.conferences.model import State
from conference_hub.conferences.store import get_conference
from conference_hub.core.entries import last_told
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.text import Text
from conference_hub.followup import own_calendar_store, store
from conference_hub.followup.keys import SERIES_KEY
from conference_hub.followup.model import OnlineSession, PersonalCalendar, SeriesId
from conference_hub.followup.outputs.ics import feed_calendar, own_calendar, session_calendar
from conference_hub.web.hub import current_hub

followup_feeds_bp = Blueprint("followup_feeds", __name__)

FEED_NAME = Text(ko="후속 온라인 세션", en="Follow-up online sessions")
MY_FEED_NAME = Text(ko="내 일정", en="My agenda")

Sessions = Sequence[OnlineSession]


@followup_feeds_bp.get("/c/<conf>/follow-up.ics")
@allow(Role.PUBLIC)
def feed(conf: str) -> ResponseReturnValue:
    """Return all sessions as a calendar to subscribe to."""
    spoken = _spoken()

    def render() -> Edition:
        with current_hub().database.reading() as db:
            return _edition(
                db, conf, store.public_sessions(db, conf), lambda sessions: _feed(sessions, FEED_NAME, spoken)
            )

    return conditional(["follow-up", conf, conference_revisions().revision], spoken, render)


@followup_feeds_bp.get("/c/<conf>/follow-up/series/<series_id>.ics")
@allow(Role.PUBLIC)
def series_feed(conf: str, series_id: str) -> ResponseReturnValue:
    """Return the sessions of a series as a calendar to subscribe to; raises NotFound.

    The answer says nothing of when it changed: a session that was taken out of its series leaves no date behind.
    """
    spoken = _spoken()

    def render() -> Edition:
        with current_hub().database.reading() as db:
            series = store.all_series(db, conf).get(SeriesId(series_id))
            if series is None:
                raise NotFound(msg("그런 시리즈가 없습니다."))
            sessions = [one for one in store.public_sessions(db, conf) if one.series_id == series.id]
            return Edition(body=_feed(sessions, series.title, spoken))

    return conditional(["series", conf, series_id, conference_revisions().revision], spoken, render)


@followup_feeds_bp.get("/c/<conf>/follow-up/<session_id>.ics")
@allow(Role.PUBLIC)
def one_session(conf: str, session_id: str) -> ResponseReturnValue:
    """Return one session as a calendar entry to import; raises NotFound."""
    spoken = _spoken()

    def render() -> Edition:
        with current_hub().database.reading() as db:
            online = store.get_public_session(db, conf, session_id)
            return _edition(db, conf, [online], lambda _: session_calendar(_owner(), online, spoken.lang))

    answer = conditional(["session", conf, session_id, conference_revisions().revision], spoken, render)
    answer.headers["Content-Disposition"] = f'attachment; filename="{session_id}.ics"'
    return answer


@followup_feeds_bp.get("/cal/<token>.ics")
@allow(Role.PUBLIC)
def my_feed(token: str) -> ResponseReturnValue:
    """Return a guest's own agenda: what they have a seat in, and what they keep.

    The address is the secret, since calendars cannot sign in. The answer says nothing of when it changed: what was
    taken out of an agenda leaves no date behind.
    """
    hub = current_hub()
    with hub.database.reading() as db:
        mine = own_calendar_store.find_personal_calendar(db, token)
    if mine is None or mine.state is State.DRAFT:
        raise NotFound(msg("이 캘린더 주소는 더 이상 쓰지 않습니다."))
    spoken = owner_language(mine.language, mine.main_language)

    def render() -> Edition:
        with hub.database.reading() as db:
            held = get_conference(db, mine.conf)
            owner = CalendarOwner.of(held, hub.settings.public_url)
            sessions = {
                online: mine.sequences[online.id]
                for online in store.public_sessions(db, mine.conf)
                if online.id in mine.sequences
            }
            segments = _segments(db, owner, mine, spoken.lang)
        name = MY_FEED_NAME.joined(held.title).in_language(spoken.lang)
        return Edition(body=own_calendar(owner, sessions, segments, spoken.lang, name))

    parts = ["personal", mine.conf, mine.guest_id, mine.revision, list(mine.sequences.items()), mine.segments]
    return conditional(parts, spoken, render, shared=False)


def _segments(db: Session, owner: CalendarOwner, mine: PersonalCalendar, lang: str) -> list[CalendarEntry]:
    """Return the kept segments as the agenda's own feed has them, those that are cancelled too."""
    version = published_plan(db, mine.conf) if mine.segments else None
    if version is None:
        return []
    entries = segment_entries(owner, version, lang, room_titles(db, mine.conf))
    return [entry for segment, entry in entries.items() if segment in mine.segments]


def _spoken() -> Spoken:
    return reader_language(conference().main_language)


def _feed(sessions: Sessions, name: Text, spoken: Spoken) -> bytes:
    return feed_calendar(_owner(), sessions, spoken.lang, name.in_language(spoken.lang))


def _edition(db: Session, conf: str, sessions: Sessions, render: Callable[[Sessions], bytes]) -> Edition:
    """Return sessions as a calendar, with the last change of them, of the series or of the conference."""
    told = last_told(db, conf, (CONFERENCE, SERIES_KEY))
    moments = [*(one.changed_at for one in sessions), *([told] if told else [])]
    return Edition(body=render(sessions), changed_at=max(moments, default=None))


def _owner() -> CalendarOwner:
    return CalendarOwner.of(conference(), current_hub().settings.public_url)
