"""What can happen to links of screens. Only the operator's stream has them; no document changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from conference_hub.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ScreenFact(Fact):
    """Something that happened to the link of one screen; nothing of its secret is here."""

    screen: str
    kind: str


class ScreenMade(ScreenFact):
    """The link of a screen was made."""

    topic: ClassVar[str] = "ScreenMade"


class ScreenRevoked(ScreenFact):
    """The link of a screen was revoked: its screens are blank."""

    topic: ClassVar[str] = "ScreenRevoked"
