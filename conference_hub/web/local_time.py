"""Instants in pages and forms: the filters that write them in the reader's language, and times that are typed."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask import Flask

from conference_hub.core.errors import Invalid, msg
from conference_hub.core.time_words import (
    clock_beside,
    mark_day,
    name_zone,
    write_clock,
    write_date,
    write_day,
    write_length,
)
from conference_hub.web.i18n import language


def install(app: Flask) -> None:
    """Give templates the filters `day`, `date`, `clock` and those beside it."""
    app.jinja_env.filters["day"] = lambda instant, zone: write_day(instant, zone, language())
    app.jinja_env.filters["date"] = lambda day: write_date(day, language())
    app.jinja_env.filters["clock"] = write_clock
    app.jinja_env.filters["clock_beside"] = lambda at, beside, zone, seconds=False: clock_beside(
        at, beside, zone, language(), seconds=seconds
    )
    app.jinja_env.filters["day_mark"] = lambda at, beside, zone: mark_day(at, beside, zone, language())
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
