"""The calendars of the follow-up: one session to import, or all of them to subscribe to.

A cancelled session stays in the feed, marked as cancelled: a client that had it would otherwise keep it. No entry holds
the link of the meeting: calendars are copied to servers and shared, so they lead to the page that shows it in time.
"""

from __future__ import annotations

from collections.abc import Iterable

from conference_hub.calendars.build import CalendarEntry, CalendarOwner, publish, publish_feed
from conference_hub.core.text import Text
from conference_hub.followup.model import OnlineSession

ONLINE = Text(ko="온라인", en="Online")


def session_calendar(conference: CalendarOwner, session: OnlineSession, lang: str) -> bytes:
    """Render one session as a calendar with one event, in `ko` or `en`."""
    return publish(conference, [_entry(conference, session, lang)], lang)


def feed_calendar(
    conference: CalendarOwner, sessions: Iterable[OnlineSession], lang: str, name: str
) -> bytes:
    """Render sessions as a calendar to subscribe to, called `name`, in the order of their start."""
    ordered = sorted(sessions, key=lambda session: (session.starts_at, session.id))
    return publish_feed(
        conference,
        [_entry(conference, session, lang) for session in ordered],
        lang,
        name,
    )


def _entry(conference: CalendarOwner, session: OnlineSession, lang: str) -> CalendarEntry:
    return CalendarEntry(
        uid=session.uid,
        sequence=session.sequence,
        changed_at=session.changed_at,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        summary=session.title.in_language(lang),
        description=session.description.in_language(lang) if session.description else None,
        location=ONLINE.in_language(lang),
        url=f"{conference.page('follow-up')}#{session.id}",
        cancelled=session.is_cancelled,
    )
