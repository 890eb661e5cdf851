"""What can happen at check-in. The class is the topic, its fields are the fact's own fields on the wire.

Each goes to every audience that has a document it changes, and always to the operator, with `by` whom.
"""

from __future__ import annotations

from dataclasses import dataclass

from conference_hub.checkin.model import GateId, ScanId
from conference_hub.people.model import GuestId


@dataclass(frozen=True, kw_only=True)
class GateAdded:
    """There is another gate."""

    gate: GateId


@dataclass(frozen=True, kw_only=True)
class GuestsRegistered:
    """Guests were added to the list; their badges are issued."""

    count: int


@dataclass(frozen=True, kw_only=True)
class ModeSwitched:
    """A guest takes part in another way."""

    guest: GuestId
    mode: str


@dataclass(frozen=True, kw_only=True)
class GuestAdmitted:
    """A guest came in: at `gate`, or by their own link (None); `forced`: staff overruled a refusal."""

    guest: GuestId
    gate: GateId | None
    scan: ScanId
    forced: bool


@dataclass(frozen=True, kw_only=True)
class GuestLeft:
    """A guest went out."""

    guest: GuestId
    gate: GateId
    scan: ScanId


@dataclass(frozen=True, kw_only=True)
class ScanRefused:
    """A gate did not let somebody pass; `guest` is None for an unknown badge, `verdict` is its code."""

    guest: GuestId | None
    gate: GateId
    scan: ScanId
    verdict: str


@dataclass(frozen=True, kw_only=True)
class AdmissionUndone:
    """An admission was a mistake and does not count."""

    guest: GuestId
    gate: GateId | None
    scan: ScanId


@dataclass(frozen=True, kw_only=True)
class BadgeRevoked:
    """A guest's badge no longer opens gates."""

    guest: GuestId


@dataclass(frozen=True, kw_only=True)
class BadgeReissued:
    """A guest has a new badge; the one before no longer opens gates."""

    guest: GuestId


CheckinFact = (
    GateAdded
    | GuestsRegistered
    | ModeSwitched
    | GuestAdmitted
    | GuestLeft
    | ScanRefused
    | AdmissionUndone
    | BadgeRevoked
    | BadgeReissued
)
