"""The keys of the documents of rooms and channels, listed in `docs/protocol.md`."""

from __future__ import annotations

ROOM = "room/"
CHANNEL = "channel/"


def room_key(room_id: str) -> str:
    """Return the key of a room's document."""
    return f"{ROOM}{room_id}"


def channel_key(channel_id: str) -> str:
    """Return the key of a channel's document."""
    return f"{CHANNEL}{channel_id}"
