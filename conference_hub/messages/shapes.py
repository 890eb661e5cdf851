"""The shapes of messages' documents."""

from __future__ import annotations

from typing import Final, NotRequired

from typing_extensions import TypedDict

from conference_hub.core.shapes import Instant, TextDoc
from conference_hub.messages.keys import MESSAGE
from conference_hub.messages.model import Audience, MessageState


class AcknowledgementDoc(TypedDict):
    """Who has read a message, and when."""

    by: str
    at: Instant


class MessageDoc(TypedDict):
    """A message; `audiences` are those of the stream, `lane` is null for all lanes, `until` null without an end."""

    id: str
    text: TextDoc
    audiences: list[Audience]
    emergency: bool
    lane: str | None
    at: Instant
    until: Instant | None
    by: NotRequired[str]
    acknowledged: NotRequired[list[AcknowledgementDoc]]
    state: NotRequired[MessageState]


DOCUMENTS: Final = {MESSAGE: MessageDoc}
"""The shape of each document by its key; a key that ends in `/` is the prefix of a family."""
