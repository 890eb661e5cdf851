"""Instants in words, in the event's zone: always with 24 hours, in Korean or English.

`static/js/web/time.js` writes the same forms in the browser.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_name

WEEKDAYS = {"ko": "월화수목금토일", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
FAR_DAYS = 7
"""From so many days on, a day is named by its date."""
ZONE_NAMES = {
    "Asia/Seoul": {"ko": "한국 표준시", "en": "Korea Standard Time"},
    "UTC": {"ko": "협정 세계시(UTC)", "en": "Coordinated Universal Time"},
}
"""Names of zones that differ from those of the Unicode locale data."""
CONTINENTS = {
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
}  # fmt: skip


def write_day(instant: datetime, zone: ZoneInfo, lang: str) -> str:
    """Write `2021년 12월 2일 (목)` or `Thu 2 December 2021` for an aware instant."""
    return write_date(instant.astimezone(zone).date(), lang)


def write_date(day: date, lang: str) -> str:
    """Write a day of the calendar as `write_day` does."""
    if lang == "en":
        return f"{WEEKDAYS['en'][day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}년 {day.month}월 {day.day}일 ({WEEKDAYS['ko'][day.weekday()]})"


def write_clock(instant: datetime, zone: ZoneInfo, *, seconds: bool = False) -> str:
    """Write `09:20` for an aware instant, `09:20:05` with `seconds`."""
    return f"{instant.astimezone(zone):{'%H:%M:%S' if seconds else '%H:%M'}}"


def clock_beside(instant: datetime, beside: date, zone: ZoneInfo, lang: str, *, seconds: bool = False) -> str:
    """Write a time of day beside a day, or the day of another instant; one of another day says so.

    `00:20 (+1일)` or `00:20 (+1 day)`; one that is a week or more away has its date.
    """
    time = write_clock(instant, zone, seconds=seconds)
    if abs(_days(instant, beside, zone)) >= FAR_DAYS:
        return f"{write_day(instant, zone, lang)} {time}"
    mark = mark_day(instant, beside, zone, lang)
    return f"{time} ({mark})" if mark else time


def mark_day(instant: datetime, beside: date, zone: ZoneInfo, lang: str) -> str:
    """Write by how many days an instant is of another day: `+1일`, `+2 days`; nothing on the same one."""
    days = _days(instant, beside, zone)
    if days == 0:
        return ""
    number = f"{'+' if days > 0 else '−'}{abs(days)}"
    if lang == "en":
        return f"{number} {'day' if abs(days) == 1 else 'days'}"
    return f"{number}일"


def _days(instant: datetime, beside: date, zone: ZoneInfo) -> int:
    day = beside.astimezone(zone).date() if isinstance(beside, datetime) else beside
    return (instant.astimezone(zone).date() - day).days


def write_length(length: timedelta) -> str:
    """Write `10:00` or `1:30:00` for a length of time, to the second."""
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    hours, rest = divmod(minutes, 60)
    return f"{hours}:{rest:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def name_zone(zone: ZoneInfo, lang: str) -> str:
    """Return the name of a zone in words, such as `Central European Time`; of one that is no place its IANA name."""
    own = ZONE_NAMES.get(zone.key, {}).get(lang)
    if own or zone.key.partition("/")[0] not in CONTINENTS:
        return own or zone.key
    return get_timezone_name(zone, width="long", locale=lang, zone_variant="generic")
