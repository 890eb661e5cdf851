"""Messages as documents: a stream sees those for its audiences while they are shown, operators see all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from conference_hub.core.now import iso
from conference_hub.core.stream import Docs, Stream
from conference_hub.messages.keys import message_key
from conference_hub.messages.model import Audience, Message, MessageState
from conference_hub.messages.shapes import MessageDoc

STREAM_OF: Mapping[Audience, Stream] = {
    Audience.PUBLIC: Stream.PUBLIC,
    Audience.STAGE: Stream.PUBLIC,
    Audience.TIMER: Stream.PUBLIC,
    Audience.STAFF: Stream.STAFF,
    Audience.EMCEE: Stream.SEALED,
}
"""Which stream the screens of an audience follow: what stage and timer paint, everybody may see."""


def streams_of(message: Message) -> frozenset[Stream]:
    """Return the streams that have a document of a message now."""
    if message.state is not MessageState.SHOWN:
        return frozenset({Stream.OPERATOR})
    return frozenset({Stream.OPERATOR, *(STREAM_OF[one] for one in message.audiences)})


def message_documents(messages: Iterable[Message], stream: Stream) -> Docs:
    """Render the messages that a stream sees."""
    return {
        message_key(message.id): message_document(message, stream)
        for message in messages
        if stream in streams_of(message)
    }


def message_document(message: Message, stream: Stream) -> MessageDoc:
    """Render a message for a stream that may see it."""
    mine = stream is Stream.OPERATOR
    doc: MessageDoc = {
        "id": message.id,
        "text": message.text.as_doc(),
        "audiences": [one for one in message.audiences if mine or STREAM_OF[one] is stream],
        "emergency": message.emergency,
        "lane": message.lane,
        "at": iso(message.at),
        "until": iso(message.until) if message.until else None,
    }
    if stream is not Stream.PUBLIC:
        doc["by"] = message.by
    if stream in {Stream.SEALED, Stream.OPERATOR}:
        doc["acknowledged"] = [{"by": one.by, "at": iso(one.at)} for one in message.acknowledged]
    if mine:
        doc["state"] = message.state
    return doc
