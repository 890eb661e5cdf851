"""When attendance of a conference is counted, and the hours that count."""

from __future__ import annotations

from datetime import datetime

from conference_hub.attendance.spans import event_hours
from conference_hub.conferences.model import Conference


def counted(conference: Conference, at: datetime) -> bool:
    """Return whether it is noted at `at` who follows from elsewhere: while guests are let in, and doors are open."""
    return conference.on and conference.doors_open_at <= at <= conference.doors_close_at


def hours_of(conference: Conference) -> list[tuple[datetime, datetime]]:
    """Return the hours in which attendance counts."""
    return event_hours(conference.starts_at, conference.ends_at, conference.zone)
