"""What can happen to screens: to their links, which only the operator's stream knows, and over a stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from conference_hub.core.facts import Fact
from conference_hub.screens.model import LayerKind


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


@dataclass(frozen=True, kw_only=True)
class LayerChanged(Fact):
    """The operator laid something over the stage of a lane, or took it away (`layer` None); every stream has it."""

    topic: ClassVar[str] = "LayerChanged"
    lane: str
    layer: LayerKind | None


@dataclass(frozen=True, kw_only=True)
class ApplauseSet(Fact):
    """Organisers said whether applause of the audience is taken and shown."""

    topic: ClassVar[str] = "ApplauseSet"
    taken: bool
