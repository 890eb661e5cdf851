"""What can happen at check-in. `topic` is the name on the wire, the other fields are the fact's own fields on the wire.

Each goes to every audience that has a document it changes, and always to the operator, with `by` whom.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from conference_hub.checkin.model import ScanId
from conference_hub.core.facts import Fact
from conference_hub.gates.model import GateId
from conference_hub.people.model import GuestId


@dataclass(frozen=True, kw_only=True)
class GuestsRegistered(Fact):
    """Guests were added to the list; their badges are issued."""

    topic: ClassVar[str] = "GuestsRegistered"
    count: int


@dataclass(frozen=True, kw_only=True)
class WalkInRegistered(Fact):
    """Somebody who was not on the list was added to it at the door, with a badge.

    `over` are the refusals that staff overruled; `notice` is the version of the privacy notice that they were shown.
    """

    topic: ClassVar[str] = "WalkInRegistered"
    guest: GuestId
    over: list[str]
    notice: int | None


@dataclass(frozen=True, kw_only=True)
class GuestsChanged(Fact):
    """What is known of `count` guests was changed: `fields` are the names of what was, without the values."""

    topic: ClassVar[str] = "GuestsChanged"
    count: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class GuestsRemoved(Fact):
    """Guests were taken off the list, with their badges and scans."""

    topic: ClassVar[str] = "GuestsRemoved"
    count: int


@dataclass(frozen=True, kw_only=True)
class BadgesIssued(Fact):
    """Guests without a badge that opens gates have one now."""

    topic: ClassVar[str] = "BadgesIssued"
    count: int


@dataclass(frozen=True, kw_only=True)
class BadgesPrinted(Fact):
    """Somebody said that badges were printed."""

    topic: ClassVar[str] = "BadgesPrinted"
    count: int


@dataclass(frozen=True, kw_only=True)
class BadgeDesigned(Fact):
    """What badges show, and how they are laid out, was changed."""

    topic: ClassVar[str] = "BadgeDesigned"


@dataclass(frozen=True, kw_only=True)
class ModeSwitched(Fact):
    """A guest takes part in another way."""

    topic: ClassVar[str] = "ModeSwitched"
    guest: GuestId
    mode: str


@dataclass(frozen=True, kw_only=True)
class GuestAdmitted(Fact):
    """A guest came in: at `gate`, or by their own link (None).

    `forced`: staff overruled the refusals `over`, for the reason with the code `why`.
    """

    topic: ClassVar[str] = "GuestAdmitted"
    guest: GuestId
    gate: GateId | None
    scan: ScanId
    forced: bool
    over: list[str]
    why: str | None


@dataclass(frozen=True, kw_only=True)
class GuestLeft(Fact):
    """A guest went out; `forced`, `over` and `why` as in `GuestAdmitted`."""

    topic: ClassVar[str] = "GuestLeft"
    guest: GuestId
    gate: GateId
    scan: ScanId
    forced: bool
    over: list[str]
    why: str | None


@dataclass(frozen=True, kw_only=True)
class ScanRefused(Fact):
    """A gate did not let somebody pass; `guest` is None for an unknown badge, `verdict` is its code."""

    topic: ClassVar[str] = "ScanRefused"
    guest: GuestId | None
    gate: GateId
    scan: ScanId
    verdict: str


@dataclass(frozen=True, kw_only=True)
class ScanAmended(Fact):
    """A device told later what it had done with a scan before it was answered: `acted`."""

    topic: ClassVar[str] = "ScanAmended"
    guest: GuestId
    gate: GateId | None
    scan: ScanId
    acted: str


@dataclass(frozen=True, kw_only=True)
class ConflictFound(Fact):
    """What scans say is at odds (`case` says how), or is so in another way; somebody has to look at it."""

    topic: ClassVar[str] = "ConflictFound"
    conflict: str
    guest: GuestId | None
    scan: ScanId
    case: str


@dataclass(frozen=True, kw_only=True)
class ConflictSettled(Fact):
    """Somebody said what they did about a conflict, or later scans showed that there is none (`cleared`)."""

    topic: ClassVar[str] = "ConflictSettled"
    conflict: str
    guest: GuestId | None
    what: str


@dataclass(frozen=True, kw_only=True)
class ScansQuarantined(Fact):
    """Scans of a device, or of who was signed in, wait as they came; they count for nothing yet."""

    topic: ClassVar[str] = "ScansQuarantined"
    device: str
    count: int


@dataclass(frozen=True, kw_only=True)
class QuarantineSettled(Fact):
    """Somebody accepted or rejected scans that waited; what is accepted counts at the time at which it happened."""

    topic: ClassVar[str] = "QuarantineSettled"
    device: str
    what: str
    count: int


@dataclass(frozen=True, kw_only=True)
class AdmissionUndone(Fact):
    """An admission, or an exit, was a mistake and does not count."""

    topic: ClassVar[str] = "AdmissionUndone"
    guest: GuestId
    gate: GateId | None
    scan: ScanId


@dataclass(frozen=True, kw_only=True)
class BadgeRevoked(Fact):
    """A guest's badge no longer opens gates."""

    topic: ClassVar[str] = "BadgeRevoked"
    guest: GuestId


@dataclass(frozen=True, kw_only=True)
class BadgeReissued(Fact):
    """A guest has a new badge; the one before no longer opens gates."""

    topic: ClassVar[str] = "BadgeReissued"
    guest: GuestId


CheckinFact = (
    GuestsRegistered
    | WalkInRegistered
    | GuestsChanged
    | GuestsRemoved
    | BadgesIssued
    | BadgesPrinted
    | BadgeDesigned
    | ModeSwitched
    | GuestAdmitted
    | GuestLeft
    | ScanRefused
    | ScanAmended
    | ConflictFound
    | ConflictSettled
    | ScansQuarantined
    | QuarantineSettled
    | AdmissionUndone
    | BadgeRevoked
    | BadgeReissued
)
