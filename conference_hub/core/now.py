"""The only reader of wall time, and the one form in which instants and spans are sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

FIRST_YEAR, LAST_YEAR = 1900, 2999

Now = Callable[[], datetime]
"""Gives the present instant: aware, UTC."""


def utc_now() -> datetime:
    """Read the wall clock (aware, UTC)."""
    return datetime.now(UTC)


def iso(instant: datetime) -> str:
    """Write an aware instant as `2021-12-02T00:20:00.000Z` (RFC 3339, UTC, milliseconds).

    Raises ValueError for a naive datetime.
    """
    if instant.tzinfo is None:
        message = f"naive datetime: {instant!r}"
        raise ValueError(message)
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse_iso(text: str) -> datetime:
    """Read an RFC 3339 instant into aware UTC.

    Raises ValueError when it is malformed, has no offset, or lies where no zone could render it.
    """
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        message = f"instant without an offset: {text!r}"
        raise ValueError(message)
    try:
        utc = instant.astimezone(UTC)
    except OverflowError as error:
        message = f"instant out of range: {text!r}"
        raise ValueError(message) from error
    if not FIRST_YEAR <= utc.year <= LAST_YEAR:
        message = f"instant out of range: {text!r}"
        raise ValueError(message)
    return utc


def seconds_of(span: timedelta) -> float:
    """Return a span in seconds, whole where it is whole: 600, not 600.0."""
    seconds = span.total_seconds()
    return int(seconds) if seconds.is_integer() else seconds
