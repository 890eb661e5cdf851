"""What can happen to online sessions. `topic` is the name on the wire; no fact names anybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from conference_hub.core.facts import Fact
from conference_hub.followup.model import SessionId


@dataclass(frozen=True, kw_only=True)
class SessionAnnounced(Fact):
    """An online session was added."""

    topic: ClassVar[str] = "SessionAnnounced"
    session: SessionId


@dataclass(frozen=True, kw_only=True)
class SessionRescheduled(Fact):
    """An online session was moved to another time."""

    topic: ClassVar[str] = "SessionRescheduled"
    session: SessionId


@dataclass(frozen=True, kw_only=True)
class SessionCancelled(Fact):
    """An online session was cancelled."""

    topic: ClassVar[str] = "SessionCancelled"
    session: SessionId


@dataclass(frozen=True, kw_only=True)
class SignedUp(Fact):
    """A guest signed up."""

    topic: ClassVar[str] = "SignedUp"
    session: SessionId


@dataclass(frozen=True, kw_only=True)
class Withdrawn(Fact):
    """A guest withdrew."""

    topic: ClassVar[str] = "Withdrawn"
    session: SessionId


FollowupFact = SessionAnnounced | SessionRescheduled | SessionCancelled | SignedUp | Withdrawn
