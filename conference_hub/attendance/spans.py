"""Attendance as spans of time: which count, and how long their union is.

A span is `(from, to)`, both aware instants. What overlaps counts once: the hall and a phone that follows in it are one
presence. Only the hours of the event count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from conference_hub.attendance.model import RemoteSpan, Source, Watch

LEAVE_AFTER = timedelta(minutes=2)
"""Whoever comes back within this time had not left: a connection was lost for a moment."""
A_DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Span:
    """A time from `began_at` to `ended_at` in which somebody was there, by one source."""

    began_at: datetime
    ended_at: datetime
    source: Source


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A guest who went in or out through a door of the hall."""

    at: datetime
    inward: bool


@dataclass(frozen=True, kw_only=True)
class Attended:
    """How one guest took part: first in, last out, whole minutes, and from where it is known. None: never."""

    minutes: int = 0
    first_in: datetime | None = None
    last_out: datetime | None = None
    sources: frozenset[Source] = frozenset()


NEVER = Attended()


def event_hours(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    """Return the hours of an event: one span, or one a day where it lasts longer than 24 hours.

    Each day begins and ends at the local time at which the first begins and the last ends.
    """
    start, end = starts_at.astimezone(zone), ends_at.astimezone(zone)
    if ends_at - starts_at <= A_DAY or end.timetz() <= start.timetz():
        return [(starts_at, ends_at)]
    days = (end.date() - start.date()).days + 1
    return [
        (
            datetime.combine(start.date() + timedelta(days=day), start.time(), zone),
            datetime.combine(start.date() + timedelta(days=day), end.time(), zone),
        )
        for day in range(days)
    ]


def hall_spans(
    passages: Iterable[Passage], hours: Sequence[tuple[datetime, datetime]], now: datetime
) -> Iterator[Span]:
    """Yield the stays in the hall by a guest's passages, in any order.

    Who did not go out through a door stayed until the event ended that day, or until `now`.
    """
    since: datetime | None = None
    for passage in sorted(passages, key=lambda one: (one.at, not one.inward)):
        if since is not None and passage.at > _end_of_day(since, hours, now):
            yield Span(began_at=since, ended_at=_end_of_day(since, hours, now), source=Source.SCAN)
            since = None
        if passage.inward:
            since = passage.at if since is None else since
        elif since is not None:
            yield Span(began_at=since, ended_at=passage.at, source=Source.SCAN)
            since = None
    if since is not None:
        yield Span(began_at=since, ended_at=_end_of_day(since, hours, now), source=Source.SCAN)


def remote_spans(spans: Iterable[RemoteSpan], now: datetime, *, idle: bool) -> Iterator[Span]:
    """Yield the times in which a guest took part from elsewhere; those without watching only with `idle`."""
    for span in spans:
        if idle or span.watch is Watch.CONNECTED:
            yield Span(began_at=span.began_at, ended_at=span.ended_at or now, source=span.source)


def attended(spans: Iterable[Span], hours: Sequence[tuple[datetime, datetime]]) -> Attended:
    """Return what the spans of a guest amount to within the hours of the event."""
    found = list(spans)
    clipped = [one for span in found for one in _within(span, hours)]
    if not clipped:
        return NEVER
    union = merged((one.began_at, one.ended_at) for one in _bridged(clipped))
    length = sum(((until - since) for since, until in union), timedelta(0))
    return Attended(
        minutes=length // MINUTE,
        first_in=union[0][0],
        last_out=union[-1][1],
        sources=frozenset(one.source for one in clipped),
    )


def merged(spans: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """Return the union of spans, in order, without overlaps; spans that end before they begin are none."""
    union: list[tuple[datetime, datetime]] = []
    for since, until in sorted(span for span in spans if span[0] < span[1]):
        if union and since <= union[-1][1]:
            union[-1] = (union[-1][0], max(union[-1][1], until))
        else:
            union.append((since, until))
    return union


def possible_minutes(hours: Iterable[tuple[datetime, datetime]]) -> int:
    """Return how many minutes the event has."""
    return sum(((until - since) for since, until in hours), timedelta(0)) // MINUTE


def _bridged(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans, those of the live page together where a connection was only lost for a moment."""
    last: Span | None = None
    for span in sorted(spans, key=lambda one: one.began_at):
        if span.source is not Source.SOCKET:
            yield span
        elif last is None or span.began_at - last.ended_at >= LEAVE_AFTER:
            if last is not None:
                yield last
            last = span
        else:
            last = Span(
                began_at=last.began_at, ended_at=max(last.ended_at, span.ended_at), source=Source.SOCKET
            )
    if last is not None:
        yield last


def _within(span: Span, hours: Sequence[tuple[datetime, datetime]]) -> Iterator[Span]:
    for opens, closes in hours:
        since, until = max(span.began_at, opens), min(span.ended_at, closes)
        if since < until:
            yield Span(began_at=since, ended_at=until, source=span.source)


def _end_of_day(since: datetime, hours: Sequence[tuple[datetime, datetime]], now: datetime) -> datetime:
    """Return until when somebody stayed who came at `since` and did not go out."""
    end = next((closes for _, closes in hours if since < closes), since)
    return max(since, min(end, now))
