"""The calendars of the follow-up: one session to import, or all of them to subscribe to.

A cancelled session stays in the feed, marked as cancelled: a client that had it would otherwise keep it. No entry holds
the link of the meeting: calendars are copied to servers and shared, so they lead to the page that shows it in time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from conference_hub.calendars.build import CalendarEntry, CalendarOwner, publish, publish_feed
from conference_hub.core.text import Text
from conference_hub.followup.model import OnlineSession

ONLINE = Text(ko="온라인", en="Online")
CASES = Text(ko="발표 사례", en="Cases presented")


def session_calendar(conference: CalendarOwner, session: OnlineSession, lang: str) -> bytes:
    """Render one session as a calendar with one event, in `ko` or `en`."""
    return publish(conference, [session_entry(conference, session, lang)], lang)


def feed_calendar(
    conference: CalendarOwner, sessions: Iterable[OnlineSession], lang: str, name: str
) -> bytes:
    """Render sessions as a calendar to subscribe to, called `name`, in the order of their start."""
    ordered = sorted(sessions, key=lambda session: (session.starts_at, session.id))
    return publish_feed(
        conference,
        [session_entry(conference, session, lang) for session in ordered],
        lang,
        name,
    )


def own_calendar(
    conference: CalendarOwner,
    sessions: Mapping[OnlineSession, int],
    segments: Iterable[CalendarEntry],
    lang: str,
    name: str,
) -> bytes:
    """Render somebody's own sessions and segments of the day as a calendar to subscribe to, in the order of time.

    `sessions` are given with the SEQUENCE of the last mail about each: the feed is never behind it.
    """
    entries = [
        *(session_entry(conference, session, lang, at_least=told) for session, told in sessions.items()),
        *segments,
    ]
    return publish_feed(conference, sorted(entries, key=lambda one: (one.starts_at, one.uid)), lang, name)


def session_entry(
    conference: CalendarOwner, session: OnlineSession, lang: str, *, at_least: int = 0
) -> CalendarEntry:
    """Return the event of a session; its SEQUENCE is not below `at_least`."""
    return CalendarEntry(
        uid=session.uid,
        sequence=max(session.sequence, at_least),
        changed_at=session.changed_at,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        summary=session.title.in_language(lang),
        description=_description(session, lang),
        location=ONLINE.in_language(lang),
        url=f"{conference.page('follow-up')}#{session.id}",
        cancelled=session.is_cancelled,
    )


def _description(session: OnlineSession, lang: str) -> str | None:
    """Return what is said of a session, and the cases presented, one a line."""
    cases = [" · ".join(filter(None, case)) for case in session.cases_in(lang)]
    said = [session.description.in_language(lang)] if session.description else []
    listed = [f"{CASES.in_language(lang)}:", *(f"- {case}" for case in cases)] if cases else []
    return "\n".join([*said, *([""] if said and listed else []), *listed]) or None
