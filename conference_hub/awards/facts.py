"""What can happen to the ceremony. `topic` is the name on the wire; the operator's copy also says by whom.

The public hears of an award only while it is revealed, and of the command by which it no longer is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from conference_hub.awards.model import AwardId
from conference_hub.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class AwardsAdded(Fact):
    """Awards were added to the ceremony."""

    topic: ClassVar[str] = "AwardsAdded"


@dataclass(frozen=True, kw_only=True)
class AwardArmed(Fact):
    """An award is ready for its reveal."""

    topic: ClassVar[str] = "AwardArmed"
    award: AwardId


@dataclass(frozen=True, kw_only=True)
class AwardRevealed(Fact):
    """A name became public."""

    topic: ClassVar[str] = "AwardRevealed"
    award: AwardId


@dataclass(frozen=True, kw_only=True)
class AwardPresented(Fact):
    """An award was handed over."""

    topic: ClassVar[str] = "AwardPresented"
    award: AwardId


@dataclass(frozen=True, kw_only=True)
class AwardPhotographed(Fact):
    """The photograph was taken."""

    topic: ClassVar[str] = "AwardPhotographed"
    award: AwardId


@dataclass(frozen=True, kw_only=True)
class AwardDone(Fact):
    """The recipient left the stage."""

    topic: ClassVar[str] = "AwardDone"
    award: AwardId


@dataclass(frozen=True, kw_only=True)
class AwardDeferred(Fact):
    """An award waits until after all others."""

    topic: ClassVar[str] = "AwardDeferred"
    award: AwardId


@dataclass(frozen=True, kw_only=True)
class AwardSkipped(Fact):
    """An award was left out."""

    topic: ClassVar[str] = "AwardSkipped"
    award: AwardId


@dataclass(frozen=True, kw_only=True)
class AwardTakenBack(Fact):
    """An award is sealed again."""

    topic: ClassVar[str] = "AwardTakenBack"
    award: AwardId


@dataclass(frozen=True, kw_only=True)
class AwardCorrected(Fact):
    """What is written about an award was corrected."""

    topic: ClassVar[str] = "AwardCorrected"
    award: AwardId


@dataclass(frozen=True, kw_only=True)
class AwardCommandUndone(Fact):
    """A command on an award was undone: `undone` is its topic, `number` that of the operator's entry about it."""

    topic: ClassVar[str] = "AwardCommandUndone"
    award: AwardId
    undone: str
    number: int


@dataclass(frozen=True, kw_only=True)
class AwardCommandRedone(Fact):
    """A command on an award that was undone was done again; the fields are those of `AwardCommandUndone`."""

    topic: ClassVar[str] = "AwardCommandRedone"
    award: AwardId
    undone: str
    number: int
