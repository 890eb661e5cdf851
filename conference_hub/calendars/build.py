"""Calendars as bytes: what all .ics that the hub publishes share (RFC 5545, RFC 7986).

The same entries always give the same bytes, so that an ETag over them works: DTSTAMP is the moment of the
last change, never of the rendering, and nothing random is written. A calendar to subscribe to or to import is no
message: it has no METHOD, and so needs no ORGANIZER (RFC 5546 3.2.1 would ask for one in METHOD:PUBLISH). Messages
(`itip.py`) have the same events.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from urllib.parse import quote
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vDuration, vInt, vText, vUri

from conference_hub import __version__
from conference_hub.calendars.zones import is_steady, zone_definition
from conference_hub.conferences.model import Conference
from conference_hub.core.text import Text

REFRESH = timedelta(hours=1)
"""How often a subscriber is asked to look again; Apple follows it, Google and Outlook take hours."""

_CANCELLED = Text(ko="[취소] ", en="[Cancelled] ")
_UTC, _LOCAL = "%Y%m%dT%H%M%SZ", "%Y%m%dT%H%M%S"
_URI_CHARACTERS = ":/?#[]@!$&'()*+,;=%~"


@dataclass(frozen=True, kw_only=True)
class CalendarOwner:
    """The conference that publishes; `timezone` is an IANA name, `public_url` has no trailing slash."""

    slug: str
    title: Text
    timezone: str
    public_url: str
    venue: Text | None

    @classmethod
    def of(cls, conference: Conference, public_url: str) -> CalendarOwner:
        """Return a conference as the owner of its calendars, at `public_url`."""
        return cls(
            slug=conference.slug,
            title=conference.title,
            timezone=conference.timezone,
            public_url=public_url.rstrip("/"),
            venue=conference.venue,
        )

    def page(self, path: str) -> str:
        """Return the absolute address of one of the conference's pages, such as `live`."""
        return f"{self.public_url}/c/{self.slug}/{path}"


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """One event as a calendar shows it; instants are aware, `ends_at` is after `starts_at`.

    `uid` never changes; `sequence` grows when the times change or the event is cancelled (RFC 5545 3.8.7.4);
    `changed_at` is the moment of the last change of anything here.
    """

    uid: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str | None
    location: str | None
    url: str
    cancelled: bool = False


def publish(owner: CalendarOwner, entries: Sequence[CalendarEntry], lang: str) -> bytes:
    """Render entries as a calendar to import once; raises ValueError for a naive instant."""
    return render(new_calendar(lang), owner, entries, lang)


def publish_feed(owner: CalendarOwner, entries: Sequence[CalendarEntry], lang: str, name: str) -> bytes:
    """Render entries as a calendar to subscribe to, called `name`; raises ValueError for a naive instant."""
    calendar = new_calendar(lang)
    for key in ("NAME", "X-WR-CALNAME"):
        calendar.add(key, vText(one_line(name)))
    calendar.add("X-WR-TIMEZONE", owner.timezone)
    calendar.add("REFRESH-INTERVAL", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(REFRESH))
    return render(calendar, owner, entries, lang)


def new_calendar(lang: str) -> Calendar:
    """Return a calendar without events, which says who made it."""
    calendar = Calendar()
    calendar.add("PRODID", f"-//conference_hub//conference_hub {__version__}//{lang.upper()}")
    calendar.add("VERSION", "2.0")
    return calendar


def render(
    calendar: Calendar,
    owner: CalendarOwner,
    entries: Sequence[CalendarEntry],
    lang: str,
    complete: Callable[[Event], None] | None = None,
) -> bytes:
    """Render a calendar with these events, to each of which `complete` adds; raises ValueError for a naive instant."""
    zone = ZoneInfo(owner.timezone)
    steady = bool(entries) and is_steady(
        zone, min(entry.starts_at for entry in entries), max(entry.ends_at for entry in entries)
    )
    if steady:
        calendar.add_component(zone_definition(owner.timezone, entries[0].starts_at.astimezone(zone)))
    for entry in entries:
        event = _event(entry, zone, owner.timezone if steady else None, lang)
        if complete is not None:
            complete(event)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry, zone: tzinfo, zone_name: str | None, lang: str) -> Event:
    """Return an event; `zone_name` is the TZID of its times, None where they are UTC.

    Its values are set as they are written: `add` would find out the type of each, at half the cost of a whole feed.
    """
    changed_at = vText(_aware(entry.changed_at).strftime(_UTC))
    event = Event()
    event["UID"] = vText(entry.uid)
    event["DTSTAMP"] = changed_at
    event["LAST-MODIFIED"] = changed_at
    event["SEQUENCE"] = vInt(entry.sequence)
    event["STATUS"] = vText("CANCELLED" if entry.cancelled else "CONFIRMED")
    event["DTSTART"] = _time(entry.starts_at, zone, zone_name)
    event["DTEND"] = _time(entry.ends_at, zone, zone_name)
    event["SUMMARY"] = vText(_summary(entry, lang))
    if entry.description:
        event["DESCRIPTION"] = vText(_lines(entry.description))
    if entry.location:
        event["LOCATION"] = vText(one_line(entry.location))
    event["URL"] = vUri(quote(entry.url, safe=_URI_CHARACTERS))
    return event


def _time(at: datetime, zone: tzinfo, zone_name: str | None) -> vText:
    """Return a time as RFC 5545 3.3.5 writes it: local with its zone, or UTC."""
    if zone_name is None:
        return vText(_aware(at).strftime(_UTC))
    return vText(_aware(at).astimezone(zone).strftime(_LOCAL), params={"TZID": zone_name})


def _summary(entry: CalendarEntry, lang: str) -> str:
    """Return the title, which also says when an event is cancelled: some clients do not show STATUS."""
    return (_CANCELLED.in_language(lang) if entry.cancelled else "") + one_line(entry.summary)


def _aware(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        message = f"naive datetime: {instant!r}"
        raise ValueError(message)
    return instant.astimezone(UTC)


def one_line(text: str) -> str:
    """Return a text on one line, without control characters."""
    return _printable(" ".join(text.split()))


def _lines(text: str) -> str:
    return "\n".join(_printable(line) for line in text.splitlines())


def _printable(line: str) -> str:
    """Drop control characters, which RFC 5545 forbids in a text and the library would let through."""
    if line.isprintable():
        return line
    return "".join(char for char in line if char == "\t" or unicodedata.category(char) != "Cc")
