"""What can happen to webhooks and OSC addresses. Only the operator's stream has it, without address and secret."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from conference_hub.core.facts import Fact
from conference_hub.core.stream import Stream
from conference_hub.outgoing.model import HookId, OscTargetId

Change = Literal["edited", "paused", "resumed", "rotated", "retired"]


@dataclass(frozen=True, kw_only=True)
class HookFact(Fact):
    """Something that happened to one webhook; `stream` is the audience whose facts it sends."""

    hook: HookId
    stream: Stream


class HookAdded(HookFact):
    """A webhook was added."""

    topic: ClassVar[str] = "HookAdded"


@dataclass(frozen=True, kw_only=True)
class HookChanged(HookFact):
    """A webhook was edited, paused or resumed, got another secret, or signs by the one before no more."""

    topic: ClassVar[str] = "HookChanged"
    change: Change


class HookRemoved(HookFact):
    """A webhook was removed."""

    topic: ClassVar[str] = "HookRemoved"


@dataclass(frozen=True, kw_only=True)
class OscTargetFact(Fact):
    """Something that happened to one address that is told by Open Sound Control."""

    target: OscTargetId


class OscTargetAdded(OscTargetFact):
    """An address was added."""

    topic: ClassVar[str] = "OscTargetAdded"


class OscTargetChanged(OscTargetFact):
    """An address was changed, turned on or turned off."""

    topic: ClassVar[str] = "OscTargetChanged"


class OscTargetRemoved(OscTargetFact):
    """An address was removed."""

    topic: ClassVar[str] = "OscTargetRemoved"
