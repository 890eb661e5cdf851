"""Instants as people read them, in the event's zone: always with 24 hours, in Korean or English.

`static/js/web/time.js` writes the same forms in the browser.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Flask

from conference_hub.core.errors import Invalid, msg
from conference_hub.web.i18n import language

WEEKDAYS = {"ko": "월화수목금토일", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
ZONE_NAMES = {"Asia/Seoul": {"ko": "한국 표준시", "en": "Korea Standard Time"}}


def install(app: Flask) -> None:
    """Give templates the filters `day`, `clock`, `length_of`, `typed_time` and `zone_name`."""
    app.jinja_env.filters["day"] = lambda instant, zone: write_day(instant, zone, language())
    app.jinja_env.filters["clock"] = write_clock
    app.jinja_env.filters["length_of"] = write_length
    app.jinja_env.filters["typed_time"] = typed_time
    app.jinja_env.filters["zone_name"] = lambda zone: name_zone(zone, language())


def instant(local: datetime, zone: ZoneInfo, *, field: str) -> datetime:
    """Return when a time without a zone is, in UTC; raises Invalid for one that the clocks of the zone skip.

    Of a time that the clocks show twice, the first is meant (PEP 495).
    """
    found = local.replace(tzinfo=zone).astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) != local:
        raise Invalid(msg("이 시각은 시계가 바뀌는 때라 없습니다."), field=field)
    return found


def typed_time(at: datetime | None, zone: ZoneInfo) -> str:
    """Write an instant as the value of a `datetime-local` field; nothing for None."""
    return at.astimezone(zone).strftime("%Y-%m-%dT%H:%M") if at else ""


def write_day(instant: datetime, zone: ZoneInfo, lang: str) -> str:
    """Write `2021년 12월 2일 (목)` or `Thu 2 December 2021` for an aware instant."""
    local = instant.astimezone(zone)
    if lang == "en":
        return f"{WEEKDAYS['en'][local.weekday()]} {local.day} {MONTHS[local.month - 1]} {local.year}"
    return f"{local.year}년 {local.month}월 {local.day}일 ({WEEKDAYS['ko'][local.weekday()]})"


def write_clock(instant: datetime, zone: ZoneInfo) -> str:
    """Write `09:20` for an aware instant."""
    return f"{instant.astimezone(zone):%H:%M}"


def write_length(length: timedelta) -> str:
    """Write `10:00` or `1:30:00` for a length of time, to the second."""
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    hours, rest = divmod(minutes, 60)
    return f"{hours}:{rest:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def name_zone(zone: ZoneInfo, lang: str) -> str:
    """Return the name of a zone in words where there are some, else its IANA name."""
    return ZONE_NAMES.get(zone.key, {}).get(lang, zone.key)
