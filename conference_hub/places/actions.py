"""What changes rooms and channels: load, decide, save, publish one fact for each that changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from conference_hub.conferences.place_store import (
    all_channels,
    all_rooms,
    channels_due,
    next_opening,
    save_channels,
    save_rooms,
)
from conference_hub.conferences.places import Channel, Room, opened
from conference_hub.conferences.store import get_conference
from conference_hub.core.actor import Actor
from conference_hub.core.errors import NotFound, Refused, msg
from conference_hub.core.journal import Write
from conference_hub.core.ordered import find, put
from conference_hub.core.stream import Docs, Stream
from conference_hub.core.text import Text
from conference_hub.places import facts
from conference_hub.places.facts import ChannelFact, RoomFact
from conference_hub.places.keys import channel_key, room_key
from conference_hub.places.store import channel_documents, room_documents
from conference_hub.web.hub import Duty, Hub, RoomUses

CLOCK = Actor.system("clock")
"""Who opens a channel when its time has come."""
NO_ROOM = msg("그런 회의장이 없습니다.")
NO_CHANNEL = msg("그런 참여 경로가 없습니다.")
MOST_NAMED = 5
"""How many of the sessions in a room a refusal names."""


def set_rooms(write: Write, after: Sequence[Room]) -> None:
    """Make the rooms be `after`, in this order; what stays the same is not touched."""
    before = all_rooms(write.session, write.conf)
    for room_id in save_rooms(write.session, write.conf, before, after):
        fact = _room_fact(find(before, room_id), find(after, room_id))
        docs = room_documents(after, [room_id])
        write.publish(fact(room=room_id), room_key(room_id), dict.fromkeys(Stream, docs))


def remove_room(write: Write, hub: Hub, room_id: str) -> None:
    """Remove a room; raises NotFound, and Refused (`in_use`) when something takes place in it."""
    rooms = all_rooms(write.session, write.conf)
    get_room(rooms, room_id)
    uses = room_uses(write.session, write.conf, hub.room_uses, room_id)
    if uses:
        raise Refused(
            msg("이 회의장에서 열리는 순서가 있어 삭제할 수 없습니다: %(name)s"),
            code="in_use",
            name=", ".join(text.ko or text.en for text in uses[:MOST_NAMED]),
        )
    set_rooms(write, [room for room in rooms if room.id != room_id])


def room_uses(session: Session, conf: str, sources: Iterable[RoomUses], room_id: str) -> list[Text]:
    """Return the titles of what takes place in a room."""
    return [text for source in sources for text in source(session, conf).get(room_id, ())]


def get_room(rooms: Sequence[Room], room_id: str) -> Room:
    """Return one of the rooms; raises NotFound."""
    found = find(rooms, room_id)
    if found is None:
        raise NotFound(NO_ROOM)
    return found


def get_channel(channels: Sequence[Channel], channel_id: str) -> Channel:
    """Return one of the channels; raises NotFound."""
    found = find(channels, channel_id)
    if found is None:
        raise NotFound(NO_CHANNEL)
    return found


def set_channels(write: Write, after: Sequence[Channel]) -> None:
    """Make the channels be `after`, in this order; what stays the same is not touched.

    A link or video that was public and is not any more is also taken out of the earlier entries of the journal.
    """
    before = all_channels(write.session, write.conf)
    for channel_id in save_channels(write.session, write.conf, before, after):
        earlier, present = find(before, channel_id), find(after, channel_id)
        if _shown(earlier) - _shown(present):
            for stream in Stream:
                write.redact(stream, channel_key(channel_id))
        docs: Docs = channel_documents(after, [channel_id])
        fact = _channel_fact(earlier, present)
        write.publish(fact(channel=channel_id), channel_key(channel_id), dict.fromkeys(Stream, docs))


def open_due(write: Write) -> None:
    """Open the channels of a conference whose time has come."""
    channels = all_channels(write.session, write.conf)
    conference = get_conference(write.session, write.conf)
    after = channels
    for channel in channels:
        if channel.due(write.at, channel.opening(conference.starts_at, conference.doors_open_at)):
            after = put(after, opened(channel, write.at))
    set_channels(write, after)


def open_due_everywhere(hub: Hub, at: datetime) -> datetime | None:
    """Open every channel whose time has come; return when the next one is to open, None: no time is set."""
    with hub.database.reading() as db:
        conferences, following = channels_due(db, at), next_opening(db, at)
    for conf in conferences:
        with hub.journal.writing(conf, actor=CLOCK) as write:
            open_due(write)
    return following


DUTIES = (Duty(name="opening channels", work=open_due_everywhere),)
"""What the hub does by itself when its time has come (`Hub.duties`)."""


def _room_fact(before: Room | None, after: Room | None) -> type[RoomFact]:
    if after is None:
        return facts.RoomRemoved
    return facts.RoomAdded if before is None else facts.RoomChanged


def _channel_fact(before: Channel | None, after: Channel | None) -> type[ChannelFact]:
    if after is None:
        return facts.ChannelRemoved
    if before is None:
        return facts.ChannelAdded
    if before.is_open == after.is_open:
        return facts.ChannelChanged
    return facts.ChannelOpened if after.is_open else facts.ChannelClosed


def _shown(channel: Channel | None) -> frozenset[str]:
    """Return the addresses of a channel that the public sees."""
    if channel is None or not channel.is_public:
        return frozenset()
    captions = (video.captions_url for video in channel.videos)
    shown = (channel.url, channel.captions_url, *(video.url for video in channel.videos), *captions)
    return frozenset(address for address in shown if address)
