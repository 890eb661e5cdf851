"""What can happen to online sessions: the topics of their facts. Each carries `session`, its id, and nobody's name."""

from __future__ import annotations

from enum import StrEnum


class Topic(StrEnum):
    """A fact about an online session; every audience gets each of them."""

    ANNOUNCED = "SessionAnnounced"
    RESCHEDULED = "SessionRescheduled"
    CANCELLED = "SessionCancelled"
    SIGNED_UP = "SignedUp"
    WITHDRAWN = "Withdrawn"
