"""The documents of rooms and channels as they are now."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy.orm import Session

from conference_hub.conferences.place_store import all_channels, all_rooms
from conference_hub.conferences.places import Channel, Room
from conference_hub.core.stream import Docs, Stream
from conference_hub.places.documents import channel_document, room_document
from conference_hub.places.keys import channel_key, room_key


def documents(session: Session, conf: str, _stream: Stream) -> Docs:
    """Return every document of rooms and channels."""
    rooms, channels = all_rooms(session, conf), all_channels(session, conf)
    return {
        **room_documents(rooms, [room.id for room in rooms]),
        **channel_documents(channels, [channel.id for channel in channels]),
    }


def room_documents(rooms: Sequence[Room], ids: Collection[str]) -> Docs:
    """Return the documents of some rooms by key, None for one that is not among `rooms`."""
    docs: Docs = {room_key(room_id): None for room_id in ids}
    return docs | {
        room_key(room.id): room_document(room, place)
        for place, room in enumerate(rooms, start=1)
        if room.id in ids
    }


def channel_documents(channels: Sequence[Channel], ids: Collection[str]) -> Docs:
    """Return the documents of some channels by key, None for one that is not among `channels`."""
    docs: Docs = {channel_key(channel_id): None for channel_id in ids}
    return docs | {
        channel_key(channel.id): channel_document(channel, place)
        for place, channel in enumerate(channels, start=1)
        if channel.id in ids
    }
