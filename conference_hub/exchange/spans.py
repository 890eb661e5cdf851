"""Durations and times of day as people and spreadsheets write them; each has one meaning, or is refused.

A spreadsheet keeps both as days: 0.5 is noon and 12 hours. What it keeps means what it shows; a text `8:30` is
8 minutes 30 seconds where a duration is asked, and half past eight where a time of day is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

from conference_hub.core.errors import msg
from conference_hub.exchange.faults import CellError, shown

DAY_S = 86_400
MOST_S = 7 * DAY_S
EXCEL_ZERO = date(1899, 12, 30)
EXCEL_ZEROS = frozenset({EXCEL_ZERO, date(1899, 12, 31), date(1900, 1, 1), date(1904, 1, 1)})
"""The days on which spreadsheets put a time that has no day."""
LAST_ZERO_YEAR = 1904
"""The later zero of spreadsheets: an instant up to then has no day."""
LAST_PLAIN_HOUR = 47

NO_DURATION = msg("소요 시간으로 읽을 수 없습니다: %(value)s (예: 10, 10:00, 1:30:00, 10분)")
NO_CLOCK = msg("시각으로 읽을 수 없습니다: %(value)s (예: 09:20, 오전 9:20, 24:30)")
NO_TIME_AT_ALL = msg("0보다 길어야 합니다: %(value)s")
TOO_LONG = msg("너무 깁니다: %(value)s (7일까지)")

_COLONS = re.compile(r"(\d{1,4}):([0-5]?\d)(?::([0-5]?\d)(?:\.0+)?)?")
_HALVES = re.compile(
    r"(오전|오후|am|pm|a\.m\.|p\.m\.)?\s*(\d{1,2})(?::([0-5]\d))?(?::([0-5]\d))?\s*(am|pm|a\.m\.|p\.m\.)?",
    re.IGNORECASE,
)
_KOREAN_CLOCK = re.compile(r"(오전|오후)?\s*(\d{1,2})\s*시(?:\s*(\d{1,2})\s*분|\s*(반))?")
_UNITS = re.compile(
    r"(?:(\d+(?:\.\d+)?)\s*(?:시간|hours?|hrs?|h))?\s*(?:(\d+(?:\.\d+)?)\s*(?:분간?|minutes?|mins?\.?|m|′|'|’|´))?\s*"
    r"(?:(\d+)\s*(?:초|seconds?|secs?|s|″|\"|”|''|’’))?",
    re.IGNORECASE,
)
_NEXT_DAY = re.compile(
    r"\(?\s*(?:익일|다음\s*날|이튿날|next\s+day|\+\s*1\s*(?:days?|d|일)?)\s*\)?", re.IGNORECASE
)
"""What is written beside a time of the night after the day: `익일 00:10`, `00:10 (+1)`."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_SERIAL = re.compile(r"[0-9]\.(\d{3,})")
_EXCEL_TEXT = re.compile(r"(1899-12-3[01]|1900-01-0[01]|1904-01-01)[ T](.+)")


def read_duration(raw: object) -> int:
    """Return a duration in whole seconds; a plain number is minutes. Raises CellError."""
    seconds = _duration(raw)
    if seconds is None:
        raise CellError(NO_DURATION, value=shown(raw))
    if seconds <= 0:
        raise CellError(NO_TIME_AT_ALL, value=shown(raw))
    if seconds > MOST_S:
        raise CellError(TOO_LONG, value=shown(raw))
    return seconds


def read_clock(raw: object) -> int:
    """Return a time of day in seconds after midnight; 24:30 is half past midnight of the next day. Raises CellError."""
    seconds = _clock(raw)
    if seconds is None or not 0 <= seconds < 2 * DAY_S:
        raise CellError(NO_CLOCK, value=shown(raw))
    return seconds


def write_duration(seconds: int) -> str:
    """Write a duration so that `read_duration` reads the same, and people do too: `10:00`, `1:30:00`."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def _duration(raw: object) -> int | None:
    if isinstance(raw, time | datetime | timedelta):
        return _kept(raw)
    return _first((_excel_zero, _colons_span, _number, _units, _korean_half), _text(raw))


def _clock(raw: object) -> int | None:
    if isinstance(raw, time | datetime | timedelta):
        return _kept(raw)
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _serial(str(raw)) if 0 <= raw < 2 else None  # noqa: PLR2004 - two days
    text = _text(raw)
    plain = _NEXT_DAY.sub("", text, count=1).strip()
    found = _first((_excel_zero, _colons_clock, _serial_text, _korean_clock, _half), plain)
    return found + DAY_S if found is not None and plain != text and found < DAY_S else found


def _text(raw: object) -> str:
    """Return what can be read as a text; a truth value is none."""
    return "" if raw is None or isinstance(raw, bool) else str(raw).strip()


def _first(readers: Iterable[Callable[[str], int | None]], text: str) -> int | None:
    return next((found for read in readers if (found := read(text)) is not None), None)


def _excel_zero(text: str) -> int | None:
    """Return the time of `1899-12-30 14:00`: a time that was written with the zero day of a spreadsheet."""
    matched = _EXCEL_TEXT.fullmatch(text)
    return _colons_clock(matched[2]) if matched else None


def _colons_span(text: str) -> int | None:
    matched = _COLONS.fullmatch(text)
    if not matched:
        return None
    parts = [int(part) for part in matched.groups() if part is not None]
    return sum(part * unit for part, unit in zip(reversed(parts), (1, 60, 3600), strict=False))


def _colons_clock(text: str) -> int | None:
    matched = _COLONS.fullmatch(text)
    if not matched or int(matched[1]) > LAST_PLAIN_HOUR:
        return None
    hours, minutes, seconds = (int(part or 0) for part in matched.groups())
    return hours * 3600 + minutes * 60 + seconds


def _units(text: str) -> int | None:
    matched = _UNITS.fullmatch(text)
    if not text or not matched or not any(matched.groups()):
        return None
    hours, minutes, seconds = (float(part or 0) for part in matched.groups())
    return round(hours * 3600 + minutes * 60 + seconds)


def _korean_half(text: str) -> int | None:
    """Return the time of `오전 8:30`: how a Korean spreadsheet shows 8:30, whatever was meant by it."""
    return _half(text) if text.startswith(("오전", "오후")) else None


def _serial_text(text: str) -> int | None:
    return _serial(text) if _SERIAL.fullmatch(text) else None


def _korean_clock(text: str) -> int | None:
    matched = _KOREAN_CLOCK.fullmatch(text)
    if not matched:
        return None
    minutes = int(matched[3] or (30 if matched[4] else 0))
    return _of_half(matched[1], int(matched[2]), minutes, 0) if minutes < 60 else None  # noqa: PLR2004


def _half(text: str) -> int | None:
    """Return the time of `오전 8:30` or `8:30 PM`; None for a text without a half of the day."""
    matched = _HALVES.fullmatch(text)
    if not matched or not (matched[1] or matched[5]) or (matched[1] and matched[5]):
        return None
    return _of_half(matched[1] or matched[5], int(matched[2]), int(matched[3] or 0), int(matched[4] or 0))


def _of_half(half: str | None, hours: int, minutes: int, seconds: int) -> int | None:
    if half is None:
        return hours * 3600 + minutes * 60 + seconds if hours <= 24 else None  # noqa: PLR2004 - 24시
    late = half.lower().startswith(("오후", "p"))
    if not 0 <= hours <= (24 if late else 12):
        return None
    if hours > 12:  # noqa: PLR2004 - 오후 13:30 is written, and means what it says
        return hours * 3600 + minutes * 60 + seconds
    return (hours % 12 + (12 if late else 0)) * 3600 + minutes * 60 + seconds


def _kept(raw: time | datetime | timedelta) -> int | None:
    """Return the seconds of what a spreadsheet keeps as a time; None for a time of a real day."""
    if isinstance(raw, timedelta):
        return round(raw.total_seconds())
    if isinstance(raw, time):
        return raw.hour * 3600 + raw.minute * 60 + round(raw.second + raw.microsecond / 1e6)
    if raw.year > LAST_ZERO_YEAR:
        return None
    days = 0 if raw.date() in EXCEL_ZEROS else (raw.date() - EXCEL_ZERO).days
    return days * DAY_S + raw.hour * 3600 + raw.minute * 60 + round(raw.second + raw.microsecond / 1e6)


def _number(text: str) -> int | None:
    """Return the seconds of a number: a part of a day as spreadsheets keep it, else minutes."""
    plain = text.replace(",", ".")
    if not _NUMBER.fullmatch(text):
        return None
    if _SERIAL.fullmatch(plain) and float(plain) < 2:  # noqa: PLR2004 - no cue takes two days
        return _serial(plain)
    return round(float(plain) * 60)


def _serial(text: str) -> int:
    """Return the seconds of a number of days; what its last digit leaves open is rounded to the whole minute."""
    seconds = float(text) * DAY_S
    digits = len(text.partition(".")[2])
    nearest = round(seconds / 60) * 60
    return nearest if abs(seconds - nearest) <= DAY_S / 10**digits else round(seconds)
