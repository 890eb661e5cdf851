"""Badges, scans, and where a guest is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from conference_hub.core.stream import Doc
from conference_hub.gates.model import GateId
from conference_hub.people.model import Guest, GuestId, Mode

ScanId = NewType("ScanId", str)

JUST_NOW = timedelta(minutes=2)
"""How old a scan may be about which the server is asked before anybody acted."""


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


class Acted(StrEnum):
    """What a device did before the server was asked: let somebody pass, asked them to wait, or turned them away."""

    ADMITTED = "admitted"
    HELD = "held"
    REFUSED = "refused"


class Why(StrEnum):
    """Why staff overruled a refusal: `switched`, who came takes part in the hall from now on; `other` with a note."""

    LOOKED = "looked"
    VIP = "vip"
    WRONG_LIST = "wrong_list"
    SWITCHED = "switched"
    OTHER = "other"


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
    device is paired or signed in, by the server's clock. `kept_for` is how long it may have kept the scan.
    """

    at: datetime
    sent_at: datetime | None
    paired_at: datetime
    kept_for: timedelta = JUST_NOW


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """Somebody at a gate: with a badge (`token`, as scanned or typed) or named by staff (`guest`).

    `also` are what the token may have been if it is no badge of anybody: the first that is one counts.
    `claim` is when it happened as the device says, None: now. `over` are the refusals that staff saw and overrule by
    `force` (None: the first one, whichever it is), `why` and `note` their reason. `switch`: who takes part in another
    way does so in the hall from now on. `acted` is what `device`, a paired
    one, did already. `trusted`: a supervisor, who may overrule more than a device that only scans. `staff_at` are the
    other conferences at which the sender is staff: their badges are told by name.
    """

    scan_id: ScanId
    gate_id: str
    token: str | None
    guest: str | None
    claim: Claim | None
    direction: Direction
    force: bool
    also: tuple[str, ...] = ()
    over: frozenset[str] | None = None
    why: Why | None = None
    note: str | None = None
    acted: Acted | None = None
    device: str | None = None
    switch: bool = False
    trusted: bool = True
    staff_at: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Moment:
    """When and where a guest came in; `gate_id` is None for somebody who joined by their own link.

    `scan` is the scan that says so, where it is known.
    """

    at: datetime
    gate_id: GateId | None
    scan: ScanId | None = field(default=None, compare=False)


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
class Switched:
    """What an admission changed beside: how its guest took part before, and what other features moved."""

    mode: Mode
    moved: tuple[Doc, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Scan:
    """One answered attempt to pass; `verdict` is the code of the answer, for what a device did the code of that.

    `happened_at` is when it happened, by which presence is folded, and `at` when the server answered. `claimed_at` is
    the device's time as sent, `doubted` why it was not used; what a device did then waits until somebody accepts it.
    `counts`: the scan says where the guest was. `by` is the label and `actor` the id of who answered, `device` the
    paired device. `gate_id` is None for a guest who joined by their own link, `guest_id` None for an unknown badge.

    `door`: it belongs to the history of the hall, otherwise to that of its `point`; `day` is the day of the event where
    re-entry is counted anew each day. `would` is what the rules of the gate say where they were not asked first
    (`acted`), apart from where the guest was. `over` are the refusals that staff overruled, `why` and `note` say why.
    `surplus`: another admission of the same visit counts instead. `switched`: its guest takes part in the hall since.
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
    point: str | None = None
    door: bool = True
    day: str | None = None
    device: str | None = None
    acted: Acted | None = None
    would: str | None = None
    over: tuple[str, ...] = ()
    why: Why | None = None
    note: str | None = None
    surplus: bool = False
    switched: Switched | None = None

    @property
    def machine(self) -> str:
        """Which device scanned: the paired one, else the sign-in."""
        return self.device or self.actor


class ConflictKind(StrEnum):
    """What is at odds; the value is stored and sent."""

    DOUBLE = "double"
    REVOKED = "revoked"
    FORMER = "former"
    UNKNOWN = "unknown"
    CLOSED = "closed"
    WRONG_GATE = "wrong_gate"
    MODE = "mode"
    LOOK = "look"
    TURNED_AWAY = "turned_away"
    QUARANTINED = "quarantined"


class Settling(StrEnum):
    """What was done about a conflict.

    `switch`: the guest takes part in the hall from now on; `cleared`: later scans showed that there was none.
    """

    SAME_PERSON = "same_person"
    LOOKED = "looked"
    UNDONE = "undo"
    ACCEPTED = "accept"
    REJECTED = "reject"
    SWITCHED = "switch"
    CLEARED = "cleared"


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """What waits until somebody says what they did about it.

    `scan` is what it is about, `other` the admission that it is at odds with; the guest is None for a badge that nobody
    has. `settled_by` is the label of who settled it and `word` what they wrote.
    """

    id: str
    kind: ConflictKind
    scan: ScanId
    guest: GuestId | None
    found_at: datetime
    other: ScanId | None = None
    settled_at: datetime | None = None
    settled_by: str | None = None
    what: Settling | None = None
    word: str | None = None
