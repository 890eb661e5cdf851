"""Where a conference takes place: rooms, channels and the video sources of a broadcast."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from conference_hub.core.labelled import Labelled
from conference_hub.core.text import Text


class ChannelKind(Labelled):
    """A way to take part; the value is what is stored and sent."""

    HALL = "hall", "현장", "On site"
    METAVERSE = "metaverse", "메타버스", "Metaverse"
    MEETING = "meeting", "화상회의", "Video meeting"
    BROADCAST = "broadcast", "생중계", "Broadcast"
    OTHER = "other", "기타", "Other"


class VideoKind(Labelled):
    """What a video source of a broadcast shows; the value is what is stored and sent."""

    MAIN = "main", "본 화면", "Main picture"
    SIGN = "sign", "수어", "Sign language"
    LANGUAGE = "language", "다른 언어", "Other language"
    AUDIO = "audio", "음성만", "Audio only"


SPOKEN = {
    "ko": "한국어",
    "en": "English",
    "zh": "中文",
    "ja": "日本語",
    "vi": "Tiếng Việt",
    "th": "ไทย",
    "id": "Bahasa Indonesia",
    "mn": "Монгол",
    "ru": "Русский",
    "uz": "Oʻzbekcha",
    "es": "Español",
    "fr": "Français",
    "de": "Deutsch",
    "ar": "العربية",
}
"""The languages of video sources by code, each by its own name."""
KIND_OF_MODE = {
    "onsite": ChannelKind.HALL,
    "metaverse": ChannelKind.METAVERSE,
    "zoom": ChannelKind.MEETING,
    "online": ChannelKind.BROADCAST,
}
"""The kind of channel by which guests of each attendance mode take part."""


@dataclass(frozen=True, kw_only=True)
class Room:
    """A room of the venue; `note` says how to find it, `capacity` is None where nobody counted."""

    id: str
    title: Text
    note: Text | None = None
    capacity: int | None = None


@dataclass(frozen=True, kw_only=True)
class Video:
    """A video source of a broadcast: `url` is what is embedded, `captions_url` a page with live captions."""

    id: str
    kind: VideoKind
    language: str
    url: str
    captions_url: str | None = None


@dataclass(frozen=True, kw_only=True)
class Channel:
    """A way to take part; `url` is None until it is known.

    `opened_at` is since when its link and videos are public, None: they are kept back. `opens_at` is when the hub opens
    it by itself, None: somebody must. `captions_url` is a page with live captions of all that the channel gives.
    `delay_ms` is how much later than the hall its picture shows what happens.
    """

    id: str
    kind: ChannelKind
    title: Text
    url: str | None = None
    captions_url: str | None = None
    delay_ms: int = 0
    opens_at: datetime | None = None
    opened_at: datetime | None = None
    videos: tuple[Video, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the public sees its link and videos."""
        return self.opened_at is not None

    @property
    def public_url(self) -> str | None:
        """The link as the public sees it."""
        return self.url if self.is_open else None

    @property
    def delay_words(self) -> str:
        """The delay in seconds as it is typed: `12.5`."""
        return f"{self.delay_ms / 1000:g}"

    @property
    def has_addresses(self) -> bool:
        """Whether there is anything to open: a link, captions or a video."""
        return bool(self.url or self.captions_url or self.videos)

    def due(self, at: datetime) -> bool:
        """Return whether its time has come and it is still closed."""
        return self.opened_at is None and self.opens_at is not None and self.opens_at <= at


def opened(channel: Channel, at: datetime) -> Channel:
    """Return an open channel; one that is open stays as it is."""
    return channel if channel.is_open else replace(channel, opened_at=at)


def closed(channel: Channel) -> Channel:
    """Return a channel that stays closed until somebody opens it or sets a time."""
    return replace(channel, opened_at=None, opens_at=None)


def to_open_at(channel: Channel, opens_at: datetime | None, at: datetime) -> Channel:
    """Return a channel with another time to open: it is closed until a later one, an earlier one opens it at once."""
    if opens_at == channel.opens_at:
        return channel
    if opens_at is None:
        return replace(channel, opens_at=None)
    timed = replace(channel, opens_at=opens_at, opened_at=None)
    return opened(timed, at) if opens_at <= at else timed


def own_first(channels: Iterable[Channel], mode: str | None) -> tuple[Channel, ...]:
    """Return the channels in order, those by which a guest of that attendance mode takes part first."""
    own = KIND_OF_MODE.get(mode or "")
    return tuple(sorted(channels, key=lambda channel: channel.kind is not own))
