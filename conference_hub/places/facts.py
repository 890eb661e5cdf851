"""What can happen to rooms and channels. `topic` is the name on the wire; every stream has all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from conference_hub.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class RoomFact(Fact):
    """Something that happened to one room."""

    room: str


class RoomAdded(RoomFact):
    """There is another room."""

    topic: ClassVar[str] = "RoomAdded"


class RoomChanged(RoomFact):
    """A room has another name, note, capacity or place in the list."""

    topic: ClassVar[str] = "RoomChanged"


class RoomRemoved(RoomFact):
    """A room is gone."""

    topic: ClassVar[str] = "RoomRemoved"


@dataclass(frozen=True, kw_only=True)
class ChannelFact(Fact):
    """Something that happened to one channel."""

    channel: str


class ChannelAdded(ChannelFact):
    """There is another channel."""

    topic: ClassVar[str] = "ChannelAdded"


class ChannelChanged(ChannelFact):
    """A channel or its videos changed, or its place in the list."""

    topic: ClassVar[str] = "ChannelChanged"


class ChannelOpened(ChannelFact):
    """The link and videos of a channel are public from now on."""

    topic: ClassVar[str] = "ChannelOpened"


class ChannelClosed(ChannelFact):
    """The link and videos of a channel are kept from the public again."""

    topic: ClassVar[str] = "ChannelClosed"


class ChannelRemoved(ChannelFact):
    """A channel is gone."""

    topic: ClassVar[str] = "ChannelRemoved"
