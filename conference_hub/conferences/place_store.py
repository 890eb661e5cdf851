"""Rooms, channels and video sources: rows to model and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.conferences.kept import Kept, bump_revision
from conference_hub.conferences.place_tables import ChannelRow, RoomRow, VideoRow
from conference_hub.conferences.places import (
    Channel,
    ChannelAudience,
    ChannelKind,
    OpensWith,
    Room,
    Video,
    VideoKind,
)
from conference_hub.conferences.tables import ConferenceRow
from conference_hub.core.ordered import changed, find
from conference_hub.core.text import Text


def all_rooms(session: Session, conf: str) -> tuple[Room, ...]:
    """Return the rooms in order; kept in memory until the conference's revision grows."""
    return _ROOMS.of(session, conf)


def all_channels(session: Session, conf: str) -> tuple[Channel, ...]:
    """Return the channels in order, each with its videos; kept in memory until the conference's revision grows."""
    return _CHANNELS.of(session, conf)


def channels_due(session: Session, at: datetime) -> tuple[str, ...]:
    """Return the conferences with a channel whose time to open has come."""
    return tuple(sorted({conf for conf, opening in _openings(session) if opening <= at}))


def next_opening(session: Session, at: datetime) -> datetime | None:
    """Return when the next channel of any conference is to open after `at`."""
    return min((opening for _conf, opening in _openings(session) if opening > at), default=None)


def _openings(session: Session) -> Iterator[tuple[str, datetime]]:
    """Yield the conference and the time of every closed channel that opens by itself."""
    for row, starts_at, before in session.execute(_WAITING):
        opening = _channel(row, ()).opening(starts_at, starts_at - timedelta(minutes=before))
        if opening is not None:
            yield row.conf, opening


def save_rooms(session: Session, conf: str, before: Sequence[Room], after: Sequence[Room]) -> tuple[str, ...]:
    """Write down the rooms as they are now; return the ids of those that changed."""
    ids = changed(before, after)
    for room_id in ids:
        room = find(after, room_id)
        if room is None:
            _delete(session, RoomRow, conf, room_id)
        else:
            session.merge(_room_row(conf, room, _place(after, room_id)))
    return _saved(session, conf, ids)


def save_channels(
    session: Session, conf: str, before: Sequence[Channel], after: Sequence[Channel]
) -> tuple[str, ...]:
    """Write down the channels and their videos as they are now; return the ids of the channels that changed."""
    ids = changed(before, after)
    for channel_id in ids:
        channel, earlier = find(after, channel_id), find(before, channel_id)
        if channel is None:
            _delete(session, ChannelRow, conf, channel_id)
            continue
        session.merge(_channel_row(conf, channel, _place(after, channel_id)))
        session.flush()
        _save_videos(session, conf, channel, earlier.videos if earlier else ())
    return _saved(session, conf, ids)


def _saved(session: Session, conf: str, ids: tuple[str, ...]) -> tuple[str, ...]:
    session.flush()
    if ids:
        bump_revision(session, conf)
    return ids


def _save_videos(session: Session, conf: str, channel: Channel, before: Sequence[Video]) -> None:
    for video_id in changed(before, channel.videos):
        video = find(channel.videos, video_id)
        if video is None:
            _delete(session, VideoRow, conf, video_id)
        else:
            session.merge(_video_row(conf, channel.id, video, _place(channel.videos, video_id)))


def _delete(session: Session, table: type[RoomRow | ChannelRow | VideoRow], conf: str, item_id: str) -> None:
    session.execute(sa.delete(table).where(table.conf == conf, table.id == item_id))


def _place(items: Iterable[Room | Channel | Video], item_id: str) -> int:
    return next(place for place, item in enumerate(items, start=1) if item.id == item_id)


def _read_rooms(session: Session, conf: str) -> tuple[Room, ...]:
    rows = session.scalars(sa.select(RoomRow).where(RoomRow.conf == conf).order_by(RoomRow.position))
    return tuple(_room(row) for row in rows)


def _read_channels(session: Session, conf: str) -> tuple[Channel, ...]:
    rows = session.scalars(sa.select(ChannelRow).where(ChannelRow.conf == conf).order_by(ChannelRow.position))
    videos = _read_videos(session, conf)
    return tuple(_channel(row, tuple(videos[row.id])) for row in rows)


def _read_videos(session: Session, conf: str) -> defaultdict[str, list[Video]]:
    rows = session.scalars(sa.select(VideoRow).where(VideoRow.conf == conf).order_by(VideoRow.position))
    found: defaultdict[str, list[Video]] = defaultdict(list)
    for row in rows:
        found[row.channel_id].append(_video(row))
    return found


_WAITING = (
    sa.select(ChannelRow, ConferenceRow.starts_at, ConferenceRow.doors_before_min)
    .join(ConferenceRow, ConferenceRow.slug == ChannelRow.conf)
    .where(
        ChannelRow.opened_at.is_(None),
        sa.or_(ChannelRow.opens_at.is_not(None), ChannelRow.opens_with.is_not(None)),
    )
)
_ROOMS = Kept(_read_rooms)
_CHANNELS = Kept(_read_channels)


def _room(row: RoomRow) -> Room:
    note = Text.of(row.note) if row.note else None
    return Room(id=row.id, title=Text.of(row.title), note=note, capacity=row.capacity)


def _room_row(conf: str, room: Room, position: int) -> RoomRow:
    note: dict[str, Any] | None = {**room.note.as_doc()} if room.note else None
    return RoomRow(
        conf=conf,
        id=room.id,
        title=room.title.as_doc(),
        note=note,
        capacity=room.capacity,
        position=position,
    )


def _channel(row: ChannelRow, videos: tuple[Video, ...]) -> Channel:
    return Channel(
        id=row.id,
        kind=ChannelKind(row.kind),
        title=Text.of(row.title),
        url=row.url,
        captions_url=row.captions_url,
        delay_ms=row.delay_ms,
        audience=ChannelAudience(row.audience),
        passcode=row.passcode,
        opens_with=OpensWith(row.opens_with) if row.opens_with else None,
        before_min=row.before_min,
        opens_at=row.opens_at,
        opened_at=row.opened_at,
        videos=videos,
    )


def _channel_row(conf: str, channel: Channel, position: int) -> ChannelRow:
    return ChannelRow(
        conf=conf,
        id=channel.id,
        kind=channel.kind,
        title=channel.title.as_doc(),
        url=channel.url,
        captions_url=channel.captions_url,
        delay_ms=channel.delay_ms,
        audience=channel.audience,
        passcode=channel.passcode,
        opens_with=channel.opens_with,
        before_min=channel.before_min,
        opens_at=channel.opens_at,
        opened_at=channel.opened_at,
        position=position,
    )


def _video(row: VideoRow) -> Video:
    return Video(
        id=row.id,
        kind=VideoKind(row.kind),
        language=row.language,
        url=row.url,
        captions_url=row.captions_url,
    )


def _video_row(conf: str, channel_id: str, video: Video, position: int) -> VideoRow:
    return VideoRow(
        conf=conf,
        id=video.id,
        channel_id=channel_id,
        kind=video.kind,
        language=video.language,
        url=video.url,
        captions_url=video.captions_url,
        position=position,
    )
