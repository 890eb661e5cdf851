"""What can happen to webhooks. Only the operator's stream has it, and nothing of address or secret."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from conference_hub.core.facts import Fact
from conference_hub.core.stream import Stream
from conference_hub.outgoing.model import HookId

Change = Literal["edited", "paused", "resumed", "rotated"]


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
    """A webhook was edited, paused or resumed, or got another secret."""

    topic: ClassVar[str] = "HookChanged"
    change: Change


class HookRemoved(HookFact):
    """A webhook was removed."""

    topic: ClassVar[str] = "HookRemoved"
