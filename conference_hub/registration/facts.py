"""What can happen to registrations. Only the operator's stream has these facts, and none of them names anybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from conference_hub.core.facts import Fact
from conference_hub.registration.model import ConsentId, InvitationId, RegistrationId, Standing


@dataclass(frozen=True, kw_only=True)
class RegistrationSet(Fact):
    """Organisers changed who may register, what is asked, or which consents; `revision` is that of what is set."""

    topic: ClassVar[str] = "RegistrationSet"

    revision: int


@dataclass(frozen=True, kw_only=True)
class RegistrationReceived(Fact):
    """Somebody registered."""

    topic: ClassVar[str] = "RegistrationReceived"

    registration: RegistrationId
    state: Standing


@dataclass(frozen=True, kw_only=True)
class RegistrationConfirmed(Fact):
    """Somebody opened the link of a registration for the first time, or is known to be there by other signs."""

    topic: ClassVar[str] = "RegistrationConfirmed"

    registration: RegistrationId


@dataclass(frozen=True, kw_only=True)
class RegistrationMoved(Fact):
    """A registration was approved, declined or cancelled, moved to or from the waiting list, or lapsed."""

    topic: ClassVar[str] = "RegistrationMoved"

    registration: RegistrationId
    state: Standing


@dataclass(frozen=True, kw_only=True)
class RegistrationErased(Fact):
    """The data of a registration were deleted: by hand, or with its guest."""

    topic: ClassVar[str] = "RegistrationErased"

    registration: RegistrationId


@dataclass(frozen=True, kw_only=True)
class RegistrationChanged(Fact):
    """Somebody changed their answers or how they take part."""

    topic: ClassVar[str] = "RegistrationChanged"

    registration: RegistrationId


@dataclass(frozen=True, kw_only=True)
class RegistrationLinkSent(Fact):
    """A link to a registration was written into the outbox once more."""

    topic: ClassVar[str] = "RegistrationLinkSent"

    registration: RegistrationId


@dataclass(frozen=True, kw_only=True)
class ConsentChosen(Fact):
    """Somebody gave a consent, or withdrew it."""

    topic: ClassVar[str] = "ConsentChosen"

    registration: RegistrationId
    consent: ConsentId
    given: bool


@dataclass(frozen=True, kw_only=True)
class InvitationMade(Fact):
    """A code was made with which one may register; nothing of the code is here."""

    topic: ClassVar[str] = "InvitationMade"

    invitation: InvitationId


@dataclass(frozen=True, kw_only=True)
class InvitationRevoked(Fact):
    """A code was made useless."""

    topic: ClassVar[str] = "InvitationRevoked"

    invitation: InvitationId
