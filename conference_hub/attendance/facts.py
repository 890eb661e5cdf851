"""What can happen to presence elsewhere. `topic` is the name on the wire; no fact holds a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from conference_hub.attendance.model import Source
from conference_hub.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PresenceNoted(Fact):
    """It became known where some guests take part from elsewhere; `guests` is how many changed, by this `source`."""

    topic: ClassVar[str] = "PresenceNoted"
    source: Source
    guests: int


@dataclass(frozen=True, kw_only=True)
class AttendanceCounted(Fact):
    """The numbers of who is where changed."""

    topic: ClassVar[str] = "AttendanceCounted"


@dataclass(frozen=True, kw_only=True)
class AttendanceSetUp(Fact):
    """Organisers changed what counts as attendance, or on which terms certificates are given."""

    topic: ClassVar[str] = "AttendanceSetUp"


@dataclass(frozen=True, kw_only=True)
class CertificatesGiven(Fact):
    """Some guests got a certificate of attendance."""

    topic: ClassVar[str] = "CertificatesGiven"
    count: int


@dataclass(frozen=True, kw_only=True)
class CertificateRevoked(Fact):
    """A certificate of attendance does not hold any more."""

    topic: ClassVar[str] = "CertificateRevoked"
