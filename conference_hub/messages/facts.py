"""What can happen to messages. `topic` is the name on the wire; no fact holds a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from conference_hub.core.facts import Fact
from conference_hub.messages.model import MessageId


@dataclass(frozen=True, kw_only=True)
class MessageFact(Fact):
    """Something that happened to one message."""

    message: MessageId


class MessageScheduled(MessageFact):
    """A message was written that is shown later, or was changed before its time."""

    topic: ClassVar[str] = "MessageScheduled"


class MessageShown(MessageFact):
    """A message is shown to its audiences from now on."""

    topic: ClassVar[str] = "MessageShown"


class MessageEdited(MessageFact):
    """A message that is shown was changed."""

    topic: ClassVar[str] = "MessageEdited"


class MessageAcknowledged(MessageFact):
    """An emcee has read a message."""

    topic: ClassVar[str] = "MessageAcknowledged"


class MessageEnded(MessageFact):
    """The time of a message is over: it is shown no longer."""

    topic: ClassVar[str] = "MessageEnded"


class MessageRetracted(MessageFact):
    """A message was taken back: its text is kept nowhere."""

    topic: ClassVar[str] = "MessageRetracted"
