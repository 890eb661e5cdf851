"""Rooms and channels as documents, the same for every stream: a link that is not for everybody is in none of them."""

from __future__ import annotations

from conference_hub.conferences.places import Channel, Room, Video
from conference_hub.core.now import iso
from conference_hub.places.shapes import ChannelDoc, RoomDoc, VideoDoc


def room_document(room: Room, position: int) -> RoomDoc:
    """Render a room; `position` counts from 1."""
    return {
        "id": room.id,
        "title": room.title.as_doc(),
        "note": room.note.as_doc() if room.note else None,
        "capacity": room.capacity,
        "position": position,
    }


def channel_document(channel: Channel, position: int) -> ChannelDoc:
    """Render a channel; `position` counts from 1."""
    return {
        "id": channel.id,
        "kind": channel.kind,
        "title": channel.title.as_doc(),
        "position": position,
        "open": channel.is_open,
        "opens_at": iso(channel.opens_at) if channel.opens_at else None,
        "audience": channel.audience,
        "opens_with": channel.opens_with,
        "before_min": channel.before_min,
        "url": channel.public_url,
        "captions_url": channel.captions_url if channel.is_public else None,
        "delay_ms": channel.delay_ms,
        "has_videos": bool(channel.videos) and channel.is_for(None),
        "videos": [_video(video) for video in channel.videos] if channel.is_public else [],
    }


def _video(video: Video) -> VideoDoc:
    return {
        "id": video.id,
        "kind": video.kind,
        "language": video.language,
        "url": video.url,
        "captions_url": video.captions_url,
    }
