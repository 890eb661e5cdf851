"""Where a conference takes place: rooms, channels and the video sources of a broadcast."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

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


class ChannelAudience(Labelled):
    """Who may have the addresses of a channel; the value is what is stored and sent."""

    PUBLIC = "public", "누구나", "Everybody"
    REGISTERED = "registered", "등록한 참석자", "Registered attendees"
    MODE = "mode", "이 방식으로 참석하는 사람만", "Only those who take part this way"


class OpensWith(Labelled):
    """With what a channel opens, where no time is set; the value is what is stored and sent."""

    DOORS = "doors", "체크인이 열릴 때", "When check-in opens"
    START = "start", "행사 시작 전", "Before the event starts"


PASSWORD = re.compile(r"[?&](?:pwd|passcode|password)=", re.IGNORECASE)
"""What an address of a meeting has in it when it lets in without asking for the passcode."""
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
KINDS_WITH_MODE = frozenset(KIND_OF_MODE.values())
"""Channels that are for the guests of a mode may be of these kinds."""


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

    `opened_at` is since when its audience has its link and videos, None: they are kept back. `opens_at` is when the hub
    opens it by itself; with `opens_with` that follows the times of the conference (`before_min` before its start);
    without both somebody must. `passcode` is what the meeting asks for. `captions_url` is a page with live captions of
    all that the channel gives. `delay_ms` is how much later than the hall its picture shows what happens.
    """

    id: str
    kind: ChannelKind
    title: Text
    url: str | None = None
    captions_url: str | None = None
    delay_ms: int = 0
    audience: ChannelAudience = ChannelAudience.PUBLIC
    passcode: str | None = None
    opens_with: OpensWith | None = None
    before_min: int = 0
    opens_at: datetime | None = None
    opened_at: datetime | None = None
    videos: tuple[Video, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether its audience has its link and videos."""
        return self.opened_at is not None

    @property
    def is_public(self) -> bool:
        """Whether everybody has its link and videos; what would give a passcode away is never for everybody."""
        return self.is_open and self.audience is ChannelAudience.PUBLIC and not self.tells_passcode

    @property
    def tells_passcode(self) -> bool:
        """Whether a passcode stands beside its addresses, or in one."""
        addresses = (self.url, self.captions_url, *(video.url for video in self.videos))
        return bool(self.passcode) or any(PASSWORD.search(address) for address in addresses if address)

    @property
    def public_url(self) -> str | None:
        """The link as the public sees it."""
        return self.url if self.is_public else None

    def is_for(self, mode: str | None) -> bool:
        """Return whether somebody who takes part by `mode` may have its addresses; None: nobody who is registered."""
        if self.audience is ChannelAudience.PUBLIC and not self.tells_passcode:
            return True
        return mode is not None and (
            self.audience is not ChannelAudience.MODE or KIND_OF_MODE.get(mode) is self.kind
        )

    def opening(self, starts_at: datetime, doors_at: datetime) -> datetime | None:
        """Return when it opens by itself in a conference with these times, None: somebody must open it."""
        if self.opens_with is OpensWith.DOORS:
            return doors_at
        if self.opens_with is OpensWith.START:
            return starts_at - timedelta(minutes=self.before_min)
        return self.opens_at

    @property
    def delay_words(self) -> str:
        """The delay in seconds as it is typed: `12.5`."""
        return f"{self.delay_ms / 1000:g}"

    @property
    def has_addresses(self) -> bool:
        """Whether there is anything to open: a link, captions or a video."""
        return bool(self.url or self.captions_url or self.videos)

    def due(self, at: datetime, opening: datetime | None = None) -> bool:
        """Return whether its time (`opening`, or the one that was set) has come and it is still closed."""
        time = opening or self.opens_at
        return self.opened_at is None and time is not None and time <= at


def opened(channel: Channel, at: datetime) -> Channel:
    """Return an open channel; one that is open stays as it is."""
    return channel if channel.is_open else replace(channel, opened_at=at)


def closed(channel: Channel) -> Channel:
    """Return a channel that stays closed until somebody opens it or sets a time."""
    return replace(channel, opened_at=None, opens_at=None, opens_with=None, before_min=0)


def to_open_with(channel: Channel, opens_with: OpensWith | None, before_min: int) -> Channel:
    """Return a channel that opens with something else: it is closed until then."""
    minutes = before_min if opens_with is OpensWith.START else 0
    if (opens_with, minutes) == (channel.opens_with, channel.before_min):
        return channel
    changed = replace(channel, opens_with=opens_with, before_min=minutes)
    return replace(changed, opens_at=None, opened_at=None) if opens_with else changed


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
