"""Badges, scans, and where a guest is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from conference_hub.gates.model import GateId
from conference_hub.people.model import Guest, GuestId, Mode

ScanId = NewType("ScanId", str)


class Direction(StrEnum):
    """Which way somebody passes a gate."""

    IN = "in"
    OUT = "out"


class Place(StrEnum):
    """Where a guest who takes part is."""

    HALL = "hall"
    REMOTE = "remote"


class Doubt(StrEnum):
    """Why the time that a device claims for a scan is not believed; the value is stored and sent."""

    BEFORE_PAIRING = "before_pairing"
    FUTURE = "future"
    TOO_OLD = "too_old"


@dataclass(frozen=True, kw_only=True)
class Badge:
    """A guest's badge; its QR code holds `token` and nothing else. A guest has at most one valid badge."""

    token: str
    guest_id: GuestId
    issued_at: datetime
    revoked_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Claim:
    """When a scan happened as its device says.

    `at` is when it happened and `sent_at` when it was sent, both by the device's clock; `paired_at` is since when the
    device is signed in, by the server's clock.
    """

    at: datetime
    sent_at: datetime | None
    paired_at: datetime


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """Somebody at a gate: with a badge (`token`, as scanned or typed) or named by staff (`guest`).

    `also` are what the token may have been if it is no badge of anybody: the first that is one counts.
    `claim` is when it happened as the device says, None: now.
    """

    scan_id: ScanId
    gate_id: str
    token: str | None
    guest: str | None
    claim: Claim | None
    direction: Direction
    force: bool
    also: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Moment:
    """When and where a guest came in; `gate_id` is None for somebody who joined by their own link."""

    at: datetime
    gate_id: GateId | None


@dataclass(frozen=True, kw_only=True)
class Presence:
    """Where a guest is since when (`place` None: was here and left), and how they first came in."""

    guest_id: GuestId
    place: Place | None
    since: datetime
    first: Moment


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """How a guest takes part and where they are; `came`: they are or were here."""

    mode: Mode
    place: Place | None
    came: bool

    @classmethod
    def of(cls, mode: Mode, presence: Presence | None) -> Whereabouts:
        """Return where a guest of that mode is."""
        return cls(mode=mode, place=presence.place if presence else None, came=presence is not None)


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """A guest who passes a gate or joins by link: `badge` is what they showed, if they did.

    `has_badge`: they have a badge that opens gates, this one or another.
    """

    guest: Guest
    badge: Badge | None
    has_badge: bool


@dataclass(frozen=True, kw_only=True)
class Scan:
    """One answered attempt to pass; `verdict` is the code of the answer.

    `happened_at` is when it happened, by which presence is folded, and `at` when the server answered. `claimed_at` is
    the device's time as sent, `doubted` why it was not used. `counts`: the scan says where the guest was. `by` is the
    label and `actor` the id of who answered. `gate_id` is None for a guest who joined by their own link, `guest_id`
    None for an unknown badge.
    """

    id: ScanId
    guest_id: GuestId | None
    gate_id: GateId | None
    direction: Direction
    verdict: str
    forced: bool
    counts: bool
    happened_at: datetime
    at: datetime
    by: str
    actor: str
    claimed_at: datetime | None = None
    doubted: Doubt | None = None
    undone_at: datetime | None = None
