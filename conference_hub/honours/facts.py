"""What can happen to the list of guests of honour. `topic` is the name on the wire; no fact holds a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from conference_hub.core.facts import Fact
from conference_hub.honours.model import HonourStanding


@dataclass(frozen=True, kw_only=True)
class HonourFact(Fact):
    """Something that happened to one guest of honour."""

    honour: str


class HonourAdded(HonourFact):
    """There is another guest of honour."""

    topic: ClassVar[str] = "HonourAdded"


class HonourChanged(HonourFact):
    """What is known of a guest of honour changed."""

    topic: ClassVar[str] = "HonourChanged"


class HonourRemoved(HonourFact):
    """A guest of honour is gone from the list."""

    topic: ClassVar[str] = "HonourRemoved"


@dataclass(frozen=True, kw_only=True)
class HonourMarked(HonourFact):
    """Somebody said whether a guest of honour is here, does not come, or is represented."""

    topic: ClassVar[str] = "HonourMarked"
    standing: HonourStanding


@dataclass(frozen=True, kw_only=True)
class HonoursArranged(Fact):
    """The list changed as a whole: its order, several of them at once, or what everybody may know."""

    topic: ClassVar[str] = "HonoursArranged"
