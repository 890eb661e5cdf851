"""Scans that wait as they came: those of an ended device, and those that could not be judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from conference_hub.checkin.model import ScanId, Settling

ENDED = "device_ended"
"""Why the scans of an ended device wait; of others it is the code of the error."""
MOST_OF_A_SENDER = 2000
"""How many scans one device or sign-in may have set aside, settled ones too."""


@dataclass(frozen=True, kw_only=True)
class Quarantined:
    """A scan as it came (`sent`), which counts for nothing until somebody accepts it.

    `sender` is the device, or who was signed in, and `label` what they were called; `why` is the code of what kept the
    scan from being judged. `at` is when it happened by the device's clock, set right; None: it does not say so.
    """

    id: str
    sender: str
    label: str
    scan_id: ScanId
    why: str
    sent: Mapping[str, Any]
    arrived_at: datetime
    at: datetime | None = None
    settled_at: datetime | None = None
    settled_by: str | None = None
    what: Settling | None = None

    @property
    def happened_at(self) -> datetime:
        """When it counts, once it is accepted."""
        return self.at or self.arrived_at

    @property
    def gate(self) -> str | None:
        """The id of the gate that it names."""
        named = self.sent.get("gate")
        return named if isinstance(named, str) else None


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What waits of one sender: how many scans, when the first and the last happened, and when the last one came."""

    sender: str
    label: str
    count: int
    first_at: datetime
    last_at: datetime
    until: datetime
    ended: bool
