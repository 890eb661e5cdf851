"""The shapes of check-in's documents."""

from __future__ import annotations

from typing import Final

from typing_extensions import TypedDict

from conference_hub.checkin.keys import CONFLICT, PRESENCE_KEY
from conference_hub.core.shapes import Count, Instant
from conference_hub.people.keys import GUEST
from conference_hub.people.model import Mode


class OfModeDoc(TypedDict):
    """Guests of one mode: how many are expected, and how many are here."""

    expected: Count
    here: Count


class PresenceDoc(TypedDict):
    """Counts of guests: `inside` are in the hall, `remote` joined from elsewhere, `admitted` ever came."""

    expected: Count
    inside: Count
    remote: Count
    admitted: Count
    by_mode: dict[Mode, OfModeDoc]


class MomentDoc(TypedDict):
    """When and at which gate somebody came in; `gate` is null for a personal link."""

    at: Instant
    gate: str | None


class ConflictScanDoc(TypedDict):
    """The scan that a conflict is at odds with."""

    scan: str
    gate: str | None
    direction: str
    at: Instant
    device: str | None


class ConflictDoc(ConflictScanDoc):
    """What scans say that is at odds and waits for somebody; `device` is the id of the paired device, null for others.

    It goes as soon as somebody has settled it, or later scans show that there is none.
    """

    id: str
    kind: str
    guest: str | None
    found_at: Instant
    other: ConflictScanDoc | None


class GuestDoc(TypedDict):
    """Where a guest is; `group` is the id of their group, `badge` says whether their badge opens gates.

    `remote_connected`: they checked in online; whether they follow now is in `elsewhere/<id>`.
    """

    id: str
    group: str | None
    mode: Mode
    seat: str | None
    inside: bool
    remote_connected: bool
    since: Instant | None
    first: MomentDoc | None
    badge: bool


DOCUMENTS: Final = {PRESENCE_KEY: PresenceDoc, CONFLICT: ConflictDoc, GUEST: GuestDoc}
"""The shape of each document by its key; a key that ends in `/` is the prefix of a family."""
