"""The keys of messages' documents, listed in `docs/protocol.md`."""

from __future__ import annotations

from conference_hub.messages.model import MessageId

MESSAGE = "message/"


def message_key(message_id: MessageId) -> str:
    """Return the key of a message's document."""
    return f"{MESSAGE}{message_id}"
