"""What the gate answers, decided from what is known: the badge, the guest's presence, the opening hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from conference_hub.checkin.model import Badge, Direction, Moment, Place, Presence
from conference_hub.people.model import GuestId


@dataclass(frozen=True, kw_only=True)
class Doors:
    """When check-in is open; both ends belong to it."""

    opens_at: datetime
    closes_at: datetime

    def open(self, at: datetime) -> bool:
        """Tell whether check-in is open at `at`."""
        return self.opens_at <= at <= self.closes_at


@dataclass(frozen=True, kw_only=True)
class Known:
    """Somebody who stands at a gate, found by badge or by name; `badge` is None when found by name."""

    guest_id: GuestId
    badge: Badge | None
    presence: Presence | None


@dataclass(frozen=True, kw_only=True)
class Admitted:
    """Come in. `first` is an earlier admission, if any; `forced`: staff overruled a refusal."""

    guest_id: GuestId
    first: Moment | None
    forced: bool = False


@dataclass(frozen=True, kw_only=True)
class AlreadyInside:
    """This guest is in the hall already, and came in at `first`."""

    guest_id: GuestId
    first: Moment


@dataclass(frozen=True, kw_only=True)
class Left:
    """The guest leaves."""

    guest_id: GuestId
    first: Moment


@dataclass(frozen=True, kw_only=True)
class NotInside:
    """Somebody leaves who never came in, or left before."""

    guest_id: GuestId


@dataclass(frozen=True, kw_only=True)
class Revoked:
    """The badge was replaced or withdrawn; never overruled, since anybody may hold it."""

    guest_id: GuestId
    revoked_at: datetime


@dataclass(frozen=True, kw_only=True)
class WrongDay:
    """Check-in is not open."""

    guest_id: GuestId
    doors: Doors


@dataclass(frozen=True, kw_only=True)
class UnknownBadge:
    """No badge of this conference."""


Verdict = Admitted | AlreadyInside | Left | NotInside | Revoked | WrongDay | UnknownBadge


def judge(known: Known | None, doors: Doors, at: datetime, direction: Direction, *, force: bool) -> Verdict:
    """Decide about somebody at a gate at `at`.

    `force` is staff's word: it lets in on a wrong day, and again somebody who is inside. It does not make a
    revoked or unknown badge good.
    """
    if known is None:
        return UnknownBadge()
    if known.badge is not None and known.badge.revoked_at is not None:
        return Revoked(guest_id=known.guest_id, revoked_at=known.badge.revoked_at)
    match direction:
        case Direction.IN:
            return _judge_in(known, doors, at, force=force)
        case Direction.OUT:
            return _judge_out(known)
        case _:
            assert_never(direction)


def code(verdict: Verdict) -> str:  # noqa: PLR0911 - one for each verdict
    """Return what stands for the verdict on the wire and in the scan's row."""
    match verdict:
        case Admitted():
            return "admitted"
        case AlreadyInside():
            return "already_inside"
        case Left():
            return "left"
        case NotInside():
            return "not_inside"
        case Revoked():
            return "revoked"
        case WrongDay():
            return "wrong_day"
        case UnknownBadge():
            return "unknown_badge"
        case _:
            assert_never(verdict)


def _judge_in(known: Known, doors: Doors, at: datetime, *, force: bool) -> Verdict:
    presence = known.presence
    inside = presence is not None and presence.place is Place.HALL
    refused = inside or not doors.open(at)
    if presence is not None and inside and not force:
        return AlreadyInside(guest_id=known.guest_id, first=presence.first)
    if refused and not force:
        return WrongDay(guest_id=known.guest_id, doors=doors)
    return Admitted(guest_id=known.guest_id, first=presence.first if presence else None, forced=refused)


def _judge_out(known: Known) -> Verdict:
    presence = known.presence
    if presence is None or presence.place is not Place.HALL:
        return NotInside(guest_id=known.guest_id)
    return Left(guest_id=known.guest_id, first=presence.first)
