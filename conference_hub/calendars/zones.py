"""The zone in which a calendar gives its times.

Where the offset of the owner's zone stays the same in every year that the entries touch (Asia/Seoul), times are local
with a TZID and a VTIMEZONE of one STANDARD block. Where it changes, times are UTC: exact in every client, even in the
repeated hour of autumn, where a local time is ambiguous.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneStandard


def is_steady(zone: ZoneInfo, first: datetime, last: datetime) -> bool:
    """Return whether the zone keeps one offset through all the calendar years from `first` to `last` (aware)."""
    day = datetime(first.astimezone(zone).year, 1, 1, tzinfo=zone)
    end = datetime(last.astimezone(zone).year + 1, 1, 1, tzinfo=zone)
    offset = day.utcoffset()
    while day < end:
        day += timedelta(weeks=1)
        if day.utcoffset() != offset:
            return False
    return True


def zone_definition(name: str, at: datetime) -> Timezone:
    """Return the VTIMEZONE of a zone that has one offset, that of the local time `at`."""
    standard = TimezoneStandard()
    onset = datetime(1970, 1, 1)  # noqa: DTZ001 - a local time (RFC 5545 3.6.5)
    standard.add("DTSTART", onset)
    standard.add("TZNAME", at.tzname())
    standard.add("TZOFFSETFROM", at.utcoffset())
    standard.add("TZOFFSETTO", at.utcoffset())
    definition = Timezone()
    definition.add("TZID", name)
    definition.add_component(standard)
    return definition
