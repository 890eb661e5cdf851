"""Points, gates and devices of check-in; the words are in `docs/decisions/0019-check-in.md`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from conference_hub.core.text import Text
from conference_hub.people.model import GroupId, Mode

PointId = NewType("PointId", str)
GateId = NewType("GateId", str)
DeviceId = NewType("DeviceId", str)

HALL = PointId("hall")
"""The point of a conference for which nobody set one up: the doors of its hall."""


class PointKind(StrEnum):
    """What passing a point means: a door moves people into and out of the hall, the other only counts who was there."""

    DOOR = "door"
    COUNT = "count"

    @property
    def label(self) -> Text:
        """What people read."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    PointKind.DOOR: Text(ko="행사장 문", en="Door of the hall"),
    PointKind.COUNT: Text(ko="인원 확인만", en="Count only"),
}


class Reentry(StrEnum):
    """When somebody who came in may come in again."""

    FREE = "free"
    AFTER_EXIT = "after_exit"
    ONCE = "once"

    @property
    def label(self) -> Text:
        """What people read."""
        return _REENTRY_LABELS[self]


_REENTRY_LABELS = {
    Reentry.FREE: Text(ko="언제든지", en="At any time"),
    Reentry.AFTER_EXIT: Text(ko="나간 뒤에", en="After going out"),
    Reentry.ONCE: Text(ko="한 번만", en="Once only"),
}


@dataclass(frozen=True, kw_only=True)
class Window:
    """When a point is open; both ends belong to it. Raises ValueError for one that ends before it starts."""

    opens_at: datetime
    closes_at: datetime

    def __post_init__(self) -> None:
        """Refuse a window that is never open."""
        if self.closes_at < self.opens_at:
            message = f"window from {self.opens_at} to {self.closes_at}"
            raise ValueError(message)

    def holds(self, at: datetime) -> bool:
        """Return whether the point is open at `at` by this window."""
        return self.opens_at <= at <= self.closes_at


@dataclass(frozen=True, kw_only=True)
class Point:
    """What is counted: the door of the hall, a rehearsal room, lunch.

    `exits`: people are scanned on their way out too. `daily`: re-entry is counted anew each day. Without `windows` it
    is open as the doors of the conference are.
    """

    id: PointId
    title: Text
    position: int
    kind: PointKind = PointKind.DOOR
    exits: bool = True
    reentry: Reentry = Reentry.AFTER_EXIT
    daily: bool = False
    windows: tuple[Window, ...] = ()


DOORS = Point(id=HALL, title=Text(ko="행사장 입구", en="Hall doors"), position=1)
"""The point that a conference gets with its first gate."""


@dataclass(frozen=True, kw_only=True)
class Gate:
    """Where somebody stands and scans; `groups` and `modes` are whom it is for, empty: everybody."""

    id: GateId
    title: Text
    position: int
    point: PointId = HALL
    groups: frozenset[GroupId] = frozenset()
    modes: frozenset[Mode] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Contact:
    """What a device told of itself: its program (`version`), the time of its roster, and the scans that wait in it.

    `skew_ms` is how far its clock is ahead of the server's, `oldest_at` since when the first of `waiting` scans waits.
    """

    version: str | None = None
    roster_at: datetime | None = None
    skew_ms: int | None = None
    waiting: int = 0
    oldest_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Device:
    """A browser that was paired for check-in. `gates` are those it may use, empty: all of the conference.

    `paired_at` is its first pairing here, `paired_by` who made the link. `contact` is what it told at `last_seen_at`.
    """

    id: DeviceId
    conf: str
    name: str
    paired_at: datetime
    paired_by: str
    salt: str
    gates: frozenset[GateId] = frozenset()
    scan_only: bool = False
    browser: str | None = None
    ended_at: datetime | None = None
    ended_by: str | None = None
    last_seen_at: datetime | None = None
    contact: Contact = Contact()

    @property
    def ended(self) -> bool:
        """Whether somebody ended it."""
        return self.ended_at is not None

    def may_use(self, gate: str) -> bool:
        """Return whether it may scan at `gate`."""
        return not self.gates or gate in self.gates


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What organisers decide about a device: its name, which gates it may use (none: all), whether it only scans."""

    name: str
    gates: frozenset[GateId] = frozenset()
    scan_only: bool = False
