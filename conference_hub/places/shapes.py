"""The shapes of the documents of rooms and channels."""

from __future__ import annotations

from typing import Final

from typing_extensions import TypedDict

from conference_hub.conferences.places import ChannelAudience, ChannelKind, OpensWith, VideoKind
from conference_hub.core.shapes import Count, Instant, TextDoc
from conference_hub.places.keys import CHANNEL, ROOM


class RoomDoc(TypedDict):
    """A room."""

    id: str
    title: TextDoc
    note: TextDoc | None
    capacity: Count | None
    position: Count


class VideoDoc(TypedDict):
    """A video source of an open broadcast; `language` is a code such as `ko`."""

    id: str
    kind: VideoKind
    language: str
    url: str
    captions_url: str | None


class ChannelDoc(TypedDict):
    """A way to take part; `url` and `captions_url` are null, `videos` empty, unless it is `open` and for everybody.

    `audience` says who has them; attendees read them on their own pages. `opens_at` is null when nobody set a time;
    `opens_with` says that it opens with check-in or `before_min` before the start. `has_videos` says whether there is
    anything to see on the live page; `delay_ms` is how much later its picture shows what happens.
    """

    id: str
    kind: ChannelKind
    title: TextDoc
    position: Count
    open: bool
    opens_at: Instant | None
    audience: ChannelAudience
    opens_with: OpensWith | None
    before_min: Count
    url: str | None
    captions_url: str | None
    delay_ms: Count
    has_videos: bool
    videos: list[VideoDoc]


DOCUMENTS: Final = {ROOM: RoomDoc, CHANNEL: ChannelDoc}
"""The shape of each document by its key; a key that ends in `/` is the prefix of a family."""
