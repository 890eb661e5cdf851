"""Heartbeats: every follower hears now and then up to where its stream goes, and what time it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from conference_hub.core.wire import wire_json
from conference_hub.live.followers import Followers, StreamKey, room_of

FIRST_S, EVERY_S = 10.0, 10.0
EVENT = "heartbeat"


@dataclass(frozen=True, kw_only=True)
class Heartbeats:
    """Tells the followers of all streams; `heartbeat` is the relay's, `send` is `fanout.broadcast_in_slices`."""

    followers: Followers
    heartbeat: Callable[[StreamKey], dict[str, object]]
    send: Callable[[str, str, Callable[[], str]], object]

    def tell(self) -> None:
        """Tell everybody, each slice the head and the time of its own instant; others work meanwhile."""
        for key in self.followers.followed():
            self.send(room_of(key), EVENT, partial(self._text, key))

    def _text(self, key: StreamKey) -> str:
        return wire_json(self.heartbeat(key))
