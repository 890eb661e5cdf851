"""Ends the days of doors that count anew each day: who was not scanned out has gone home, and the hall is empty."""

from __future__ import annotations

from datetime import datetime, timedelta

from conference_hub.checkin.keeping import keep_scan
from conference_hub.checkin.model import Direction, Scan, ScanId
from conference_hub.checkin.presence import DAY_ENDED, stays_of
from conference_hub.checkin.scans import entries_without_exit, scans_of
from conference_hub.checkin.store import get_visitor
from conference_hub.conferences.store import get_conference
from conference_hub.core.actor import Actor
from conference_hub.core.errors import NotFound
from conference_hub.core.ids import new_id
from conference_hub.core.journal import Write
from conference_hub.gates.rules import day_ends_at
from conference_hub.gates.store import daily_doors, get_point
from conference_hub.people.model import GuestId
from conference_hub.web.hub import Duty, Hub

EVERY = timedelta(minutes=1)
"""How often is looked whether a day has ended."""
MOST_AT_ONCE = 25
"""How many guests go home in one transaction: whoever presses meanwhile waits for it."""
CLOCK = Actor.system("clock")


class DayCloser:
    """Looks once a minute whether the day of somebody in the hall has ended."""

    def __init__(self) -> None:
        self._looked: datetime | None = None

    def duty(self) -> Duty:
        """Return the work of the closer (`Hub.duties`)."""
        return Duty(name="ending days at the doors", work=self.work)

    def work(self, hub: Hub, now: datetime) -> datetime | None:
        """End the days that are over; return when is looked again."""
        if self._looked is None or not timedelta(0) <= now - self._looked < EVERY:
            self._looked = now
            with hub.database.reading() as db:
                doors = daily_doors(db)
            for conf, point in doors:
                _end_days(hub, conf, point, now)
        return self._looked + EVERY


def _end_days(hub: Hub, conf: str, point_id: str, now: datetime) -> None:
    with hub.database.reading() as db:
        conference = get_conference(db, conf)
        point = get_point(db, conf, point_id)
        entries = entries_without_exit(db, conf, point_id) if conference.on else []
    over = (
        one for one, came_at in entries if day_ends_at(came_at, conference.timezone, point.windows) <= now
    )
    gone = list(dict.fromkeys(over))
    for first in range(0, len(gone), MOST_AT_ONCE):
        with hub.journal.writing(conf, actor=CLOCK) as write:
            for guest in gone[first : first + MOST_AT_ONCE]:
                _go_home(write, guest)
        hub.pause()


def _go_home(write: Write, guest_id: GuestId) -> None:
    """Let a guest leave at the end of each day on which they came in by such a door and did not go out."""
    scans = scans_of(write.session, write.conf, guest_id)
    try:
        visitor = get_visitor(write.session, write.conf, guest_id)
    except NotFound:
        return
    for stay in stays_of([scan for scan in scans if scan.door]):
        left = None if stay.ended else _day_ended(write, stay.began)
        if left is not None:
            keep_scan(write, left, visitor, scans)
            scans = [*scans, left]


def _day_ended(write: Write, came: Scan) -> Scan | None:
    """Return how the clock ends the day on which somebody came in; None while it goes on, or days are not counted."""
    try:
        point = get_point(write.session, write.conf, came.point or "")
    except NotFound:
        return None
    timezone = get_conference(write.session, write.conf).timezone
    ended_at = day_ends_at(came.happened_at, timezone, point.windows)
    if came.day is None or ended_at > write.at:
        return None
    return Scan(
        id=ScanId(new_id()),
        guest_id=came.guest_id,
        gate_id=came.gate_id,
        direction=Direction.OUT,
        verdict=DAY_ENDED,
        forced=False,
        counts=True,
        happened_at=ended_at,
        at=write.at,
        by=write.actor.label,
        actor=write.actor.id,
        point=came.point,
        day=came.day,
    )
