"""What the gate answers, decided from what is known: the badge, where the guest was, the opening hours."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from conference_hub.checkin import presence
from conference_hub.checkin.model import Badge, Direction, Moment, Place, Presence, Scan
from conference_hub.people.model import GuestId


@dataclass(frozen=True, kw_only=True)
class Doors:
    """When check-in is open; both ends belong to it."""

    opens_at: datetime
    closes_at: datetime

    def open(self, at: datetime) -> bool:
        """Return whether check-in is open at `at`."""
        return self.opens_at <= at <= self.closes_at


@dataclass(frozen=True, kw_only=True)
class Known:
    """Somebody at a gate, found by badge or by name (`badge` is None).

    `presence` is where they were at the time of the scan, `later` when they came in for the stay in the hall that this
    scan belongs to although that admission lies after it; None for neither.
    """

    guest_id: GuestId
    badge: Badge | None
    presence: Presence | None
    later: Moment | None = None

    @property
    def in_hall(self) -> bool:
        """Whether they were in the hall."""
        return self.presence is not None and self.presence.place is Place.HALL

    def revoked_at(self, at: datetime) -> datetime | None:
        """Return when the badge was revoked, None when it was good at `at`."""
        revoked = self.badge.revoked_at if self.badge else None
        return revoked if revoked is not None and revoked <= at else None


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


def known_at(
    guest_id: GuestId, badge: Badge | None, scans: Collection[Scan], at: datetime, direction: Direction
) -> Known:
    """Return what was known of a guest at `at` from all their `scans`, in the order of answering."""
    later = presence.stay_began_later(scans, at) if direction is Direction.IN else None
    return Known(guest_id=guest_id, badge=badge, presence=presence.presence_at(scans, at), later=later)


Verdict = Admitted | AlreadyInside | Left | NotInside | Revoked | WrongDay | UnknownBadge


def judge(known: Known | None, doors: Doors, at: datetime, direction: Direction, *, force: bool) -> Verdict:
    """Decide about somebody at a gate at `at`, when it happened.

    `force` overrules: it lets in on a wrong day, and again somebody who is inside. It does not make a badge good that
    is unknown or was revoked by then.
    """
    if known is None:
        return UnknownBadge()
    revoked_at = known.revoked_at(at)
    if revoked_at is not None:
        return Revoked(guest_id=known.guest_id, revoked_at=revoked_at)
    match direction:
        case Direction.IN:
            return _judge_in(known, doors, at, force=force)
        case Direction.OUT:
            return _judge_out(known)
        case _:
            assert_never(direction)


def counts(known: Known | None, doors: Doors, at: datetime, direction: Direction, *, force: bool) -> bool:
    """Return whether a scan says where the guest was, whatever it is answered: see `presence`.

    Its answer depends on what is known when it arrives, this does not.
    """
    if known is None or known.revoked_at(at) is not None:
        return False
    return force or direction is Direction.OUT or doors.open(at)


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


def may_force(verdict: Verdict) -> bool:
    """Return whether the same scan with `force` would have let the guest in."""
    return isinstance(verdict, AlreadyInside | WrongDay)


def may_undo(verdict: Verdict) -> bool:
    """Return whether the scan is one that can be undone: an admission."""
    return isinstance(verdict, Admitted)


def _judge_in(known: Known, doors: Doors, at: datetime, *, force: bool) -> Verdict:
    before = known.presence.first if known.presence else None
    inside = known.in_hall or known.later is not None
    first = before or known.later
    refused = inside or not doors.open(at)
    if first and inside and not force:
        return AlreadyInside(guest_id=known.guest_id, first=first)
    if refused and not force:
        return WrongDay(guest_id=known.guest_id, doors=doors)
    return Admitted(guest_id=known.guest_id, first=before, forced=refused)


def _judge_out(known: Known) -> Verdict:
    if known.presence is None or not known.in_hall:
        return NotInside(guest_id=known.guest_id)
    return Left(guest_id=known.guest_id, first=known.presence.first)
