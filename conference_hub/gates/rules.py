"""Whether a point is open, whom a gate is for, and on which day something happened: decided from the rules alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from conference_hub.core.errors import msg
from conference_hub.gates.model import HALL, Gate, Point, PointId, PointKind, Reentry, Window
from conference_hub.people.model import GroupId, Mode

NEEDS_EXITS = msg(
    "나간 뒤에 다시 들어오게 하려면 퇴장도 확인해야 합니다. ‘한 번만’을 고르거나 퇴장 확인을 켜 주세요."
)
"""What `needs_exits` means, for people."""
DAY_BEGINS = timedelta(hours=4)


@dataclass(frozen=True, kw_only=True)
class Open:
    """People may pass."""


@dataclass(frozen=True, kw_only=True)
class NotYet:
    """The point opens later: when, and until when it is open then."""

    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, kw_only=True)
class Closed:
    """The point does not open again: when it was open last."""

    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, kw_only=True)
class ForGroups:
    """The gate is for guests of these groups."""

    groups: frozenset[GroupId]


@dataclass(frozen=True, kw_only=True)
class ForModes:
    """The gate is for guests who take part in one of these ways."""

    modes: frozenset[Mode]


def opening(windows: Sequence[Window], at: datetime) -> Open | NotYet | Closed:
    """Return whether a point with these windows, in any order, is open at `at`; raises ValueError without windows."""
    if any(window.holds(at) for window in windows):
        return Open()
    coming = [window for window in windows if window.opens_at > at]
    if coming:
        following = min(coming, key=lambda window: window.opens_at)
        return NotYet(opens_at=following.opens_at, closes_at=following.closes_at)
    last = max(windows, key=lambda window: window.closes_at)
    return Closed(opens_at=last.opens_at, closes_at=last.closes_at)


def in_time(windows: Iterable[Window]) -> tuple[Window, ...]:
    """Return opening times in their order."""
    return tuple(sorted(windows, key=lambda window: (window.opens_at, window.closes_at)))


def needs_exits(reentry: Reentry, *, exits: bool) -> bool:
    """Return whether a re-entry rule cannot work: nobody comes in again after an exit that is not scanned."""
    return reentry is Reentry.AFTER_EXIT and not exits


def usual_point(points: Sequence[Point]) -> PointId:
    """Return the point of a new gate for which none was chosen: the first door, else the first point, else the hall."""
    doors = [point.id for point in points if point.kind is PointKind.DOOR]
    return next(iter((*doors, *(point.id for point in points))), HALL)


def day_of(at: datetime, timezone: str, windows: Sequence[Window] = ()) -> date:
    """Return the day of the event to which `at` belongs: a show that runs past midnight is one day.

    With `windows` it is the day on which the last one opened by then (before the first: that one); without, a day
    begins at four in the morning where the event is held.
    """
    zone = ZoneInfo(timezone)
    if not windows:
        return (at.astimezone(zone) - DAY_BEGINS).date()
    openings = sorted(window.opens_at for window in windows)
    opened = [opens_at for opens_at in openings if opens_at <= at]
    return (opened[-1] if opened else openings[0]).astimezone(zone).date()


def counted_day(point: Point, at: datetime, timezone: str) -> str | None:
    """Return the day to which a scan at a point belongs, as it is stored; None where no days are counted."""
    return day_of(at, timezone, point.windows).isoformat() if point.daily else None


def day_ends_at(at: datetime, timezone: str, windows: Sequence[Window] = ()) -> datetime:
    """Return when whoever is inside at `at` has gone home: the next time that it is four in the morning.

    That is where the event is held. While one of `windows` is open then, as on a night that goes on, the day lasts
    until it closes.
    """
    zone = ZoneInfo(timezone)
    day = at.astimezone(zone).date()
    while True:
        morning = (datetime.combine(day, time(), zone) + DAY_BEGINS).astimezone(UTC)
        ends = max([morning, *(one.closes_at for one in windows if one.holds(morning))])
        if ends > at:
            return ends
        day += timedelta(days=1)


def unfit(gate: Gate, group: GroupId | None, mode: Mode) -> ForGroups | ForModes | None:
    """Return why a gate is not for a guest of that group and mode, None when it is; the group is named first."""
    if gate.groups and group not in gate.groups:
        return ForGroups(groups=gate.groups)
    if gate.modes and mode not in gate.modes:
        return ForModes(modes=gate.modes)
    return None


def fitting(gates: Iterable[Gate], group: GroupId | None, mode: Mode) -> list[Gate]:
    """Return the gates that are for a guest of that group and mode, in the order of `gates`."""
    return [gate for gate in gates if unfit(gate, group, mode) is None]
