"""Cells of time: durations, days, instants, and the starts of a cue sheet, where a day is seldom written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from typing_extensions import override

from conference_hub.core.errors import msg
from conference_hub.core.now import parse_iso
from conference_hub.exchange import spans
from conference_hub.exchange.cells import Cell, Context, Raw, Reading, text_of
from conference_hub.exchange.faults import CellError, shown

NO_MOMENT = msg("날짜와 시각을 함께 적어 주세요: %(value)s (예: 2026-12-02 09:20)")
FROM_TO = re.compile(r"(.*\d\D*?)\s*[~〜∼–—-]\s*(\D*?\d.*)")
"""A start with its end: `09:20~09:30`."""
FARTHEST = timedelta(days=366)
TOO_FAR = msg("행사 날짜와 너무 멉니다: %(value)s")
LONGEST_PAUSE_S = 12 * 3600
"""Over a night, a start follows the one before it by at most this."""


@dataclass(frozen=True)
class DurationCell(Cell):
    """A duration in whole seconds; in a sheet minutes, `10:00`, `1:30:00` or `10분` (case 23)."""

    hint: ClassVar[str] = msg("10 (분), 10:00, 1:30:00")

    @override
    def read(self, raw: Raw, context: Context) -> Reading:
        """Return the seconds."""
        return Reading(value=spans.read_duration(raw))

    @override
    def write(self, value: Any, context: Context) -> Raw:
        """Write `10:00`."""
        return spans.write_duration(value)

    def accept(self, value: Any) -> Any:
        """Return the seconds."""
        if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= spans.MOST_S:
            raise CellError(spans.NO_DURATION, value=shown(value))
        return value


@dataclass(frozen=True)
class DayCell(Cell):
    """A calendar day."""

    hint: ClassVar[str] = "2026-12-02"
    FORMS: ClassVar = re.compile(r"(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[.일]?")

    @override
    def read(self, raw: Raw, context: Context) -> Reading:
        """Read `2026-12-02`, `2026. 12. 2.` and `2026년 12월 2일`."""
        if isinstance(raw, datetime):
            return Reading(value=raw.date())
        if isinstance(raw, date):
            return Reading(value=raw)
        return Reading(value=self._day(text_of(raw)))

    def accept(self, value: Any) -> Any:
        """Return the day."""
        return value if isinstance(value, date) and not isinstance(value, datetime) else self._day(str(value))

    def _day(self, text: str) -> date:
        matched = self.FORMS.fullmatch(text.strip())
        try:
            return date(*(int(part) for part in matched.groups())) if matched else date.fromisoformat(text)
        except ValueError:
            raise CellError(
                msg("날짜로 읽을 수 없습니다: %(value)s (예: 2026-12-02)"), value=shown(text)
            ) from None


@dataclass(frozen=True)
class ProgrammeDayCell(DayCell):
    """A day of the conference, as its sheets write it: also without the year, or counted from the first day."""

    hint: ClassVar[str] = msg("12. 2., 2026-12-02, 2일차")
    WEEKDAY: ClassVar = re.compile(r"\(?\s*(?:[월화수목금토일](?:요일)?|[A-Za-z]{3,9}\.?)\s*\)?$")
    YEARLESS: ClassVar = re.compile(r"(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[.일]?")
    NTH: ClassVar = re.compile(r"(?:제\s*)?(\d{1,2})\s*일\s*차|(?:day|d)\s*(\d{1,2})", re.IGNORECASE)

    @override
    def read(self, raw: Raw, context: Context) -> Reading:
        """Read `12. 2.(목)`, `12월 2일`, `2일차`, `Day 2`, and what any day may be; the year is the conference's."""
        found = (
            super().read(raw, context).value
            if isinstance(raw, date)
            else self._written(text_of(raw), context.day)
        )
        if abs(found - context.day) > FARTHEST:
            raise CellError(TOO_FAR, value=shown(raw))
        return Reading(value=found)

    def _written(self, text: str, first: date) -> date:
        bare = self.WEEKDAY.sub("", text.strip()).strip()
        if nth := self.NTH.fullmatch(bare):
            return first + timedelta(days=max(0, int(nth[1] or nth[2]) - 1))
        if yearless := self.YEARLESS.fullmatch(bare):
            month, day = int(yearless[1]), int(yearless[2])
            return self._day(f"{first.year + (month < first.month):04}-{month:02}-{day:02}")
        return self._day(bare)


@dataclass(frozen=True)
class MomentCell(Cell):
    """An instant; in a sheet a day and a time in the conference's zone."""

    hint: ClassVar[str] = "2026-12-02 09:20"
    PARTS: ClassVar = re.compile(
        r"(\d{4}\s*[-./년]\s*\d{1,2}\s*[-./월]\s*\d{1,2}\s*[.일]?)(?:\([^)]*\))?[ T]\s*(\S.*)"
    )

    def read(self, raw: Raw, context: Context) -> Reading:
        """Read a day with a time of day; 24:30 is of the next day."""
        if isinstance(raw, datetime):
            return Reading(value=in_zone(raw, context.zone))
        text = text_of(raw).strip()
        if re.search(r"\d(?:Z|[+-]\d\d:?\d\d)$", text) and "T" in text:
            return Reading(value=self.accept(text))
        matched = self.PARTS.fullmatch(text)
        if matched is None:
            raise CellError(NO_MOMENT, value=shown(raw))
        day = DayCell().read(matched[1].strip(), context).value
        return Reading(value=at_clock(day, spans.read_clock(matched[2]), context.zone))

    def write(self, value: Any, context: Context) -> Raw:
        """Write the local time, as spreadsheets keep it."""
        local: datetime = value.astimezone(context.zone)
        return local.replace(tzinfo=None)

    def accept(self, value: Any) -> Any:
        """Return the instant; raises CellError for one without an offset."""
        if isinstance(value, datetime) and value.tzinfo:
            return value
        try:
            instant = parse_iso(str(value))
        except ValueError:
            raise CellError(
                msg("시각은 2026-12-07T14:00:00+09:00처럼 적어 주세요: %(value)s"), value=shown(value)
            ) from None
        return instant

    def json_schema(self) -> dict[str, Any]:
        """Return the format."""
        return {"type": "string", "format": "date-time"}


@dataclass(frozen=True, kw_only=True)
class ClockTime:
    """A time of day without its day, in seconds after midnight; `roll_nights` finds the day.

    `lasts_s` is how long until the end that is written beside it (`09:20~09:30`), None without one.
    """

    seconds: int
    lasts_s: int | None = None


@dataclass(frozen=True)
class StartCell(MomentCell):
    """A start: an instant, or in a sheet a time of day alone, which is read as `ClockTime`."""

    hint: ClassVar[str] = "09:20"

    def read(self, raw: Raw, context: Context) -> Reading:
        """Return an aware datetime or a `ClockTime`."""
        if not isinstance(raw, datetime) or raw.year <= spans.LAST_ZERO_YEAR:
            try:
                return Reading(value=_clock_time(raw))
            except CellError as error:
                if not re.match(r"\s*\d{4}\s*[-./년]", text_of(raw)):
                    raise error from None
        return super().read(raw, context)


def _clock_time(raw: Raw) -> ClockTime:
    """Read a time of day, alone or with its end; raises CellError."""
    ends = FROM_TO.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if ends is None:
        return ClockTime(seconds=spans.read_clock(raw))
    begin, end = (spans.read_clock(text) for text in ends.groups())
    return ClockTime(seconds=begin, lasts_s=(end - begin) % spans.DAY_S or None)


def roll_nights(day: date, clocks: Sequence[int], zone: ZoneInfo) -> list[datetime | None]:
    """Return the instants of times of day (seconds) that follow each other, from `day` on.

    A time before its predecessor is of the next day, and so is one beyond 24 hours, unless that day has begun. From the
    first such night on, a time more than 12 hours after its predecessor is None: the row is in a wrong place (case 24),
    or its day must be written.
    """
    found: list[datetime | None] = []
    base, last = 0, -1
    for given in clocks:
        nights, clock = divmod(given, spans.DAY_S)
        seconds = max(base, nights * spans.DAY_S) + clock
        seconds += 0 if seconds >= last else spans.DAY_S
        rolled = seconds >= spans.DAY_S
        if last >= 0 and rolled and seconds - last > LONGEST_PAUSE_S:
            found.append(None)
            continue
        base, last = seconds // spans.DAY_S * spans.DAY_S, seconds
        found.append(at_clock(day, seconds, zone))
    return found


def at_clock(day: date, seconds: int, zone: ZoneInfo) -> datetime:
    """Return the instant at a time of day, in seconds after midnight as clocks show it.

    Beyond 24 hours it is of the next day.
    """
    days, rest = divmod(seconds, spans.DAY_S)
    local = datetime.combine(day + timedelta(days=days), datetime.min.time()) + timedelta(seconds=rest)
    return in_zone(local, zone)


def in_zone(local: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant of what a clock in `zone` shows; raises CellError for a year that no page could show."""
    try:
        return parse_iso(local.replace(tzinfo=zone).isoformat()).astimezone(zone)
    except (ValueError, OverflowError):
        raise CellError(NO_MOMENT, value=shown(local)) from None
