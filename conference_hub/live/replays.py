"""What a socket missed, sent to it: rendered once for all who missed the same, and within a budget for each address."""

from __future__ import annotations

import time
from typing import Any

from conference_hub.core.shared_reading import SharedReading
from conference_hub.live.fanout import packet_of
from conference_hub.live.followers import StreamKey
from conference_hub.live.rooms import NAMESPACE
from conference_hub.live.snapshot import States
from conference_hub.live.transport.bucket import Bucket, Rate

RENDERED = Rate(burst=30, per_s=0.5)
"""Replays that nobody else asked for recently, for one address. Above it a socket is told to take a snapshot over HTTP,
which is kept for everybody: a hall behind one address is never locked out."""
MOST_ADDRESSES = 2_000
"""Addresses remembered before those that asked for nothing recently are forgotten."""


class Replays:
    """Sends sockets of a python-socketio `server` the entries they missed, read together for all who ask together."""

    def __init__(self, states: States, reading: SharedReading, server: Any) -> None:
        self._states = states
        self._reading = reading
        self._server = server
        self._buckets: dict[str, Bucket] = {}

    def connection_of(self, sid: str) -> str:
        """Return the Engine.IO connection of a socket."""
        return str(self._server.manager.eio_sid_from_sid(sid, NAMESPACE))

    def is_open(self, connection: str) -> bool:
        """Return whether an Engine.IO connection has not ended."""
        found = self._server.eio.sockets.get(connection)
        return found is not None and not found.closed

    def send(self, sid: str, key: StreamKey, after: int, address: str, head: int | None) -> int | None:
        """Send a socket what it missed since `after` and return the last number sent.

        `head` is that of the stream, None: not known. None comes back where the entries cannot bring it up to date, or
        its address asked for too many: it needs a snapshot.
        """
        state = self._states.kept_entries(key, after, head) if head is not None else None
        if state is None:
            state = self._reading.ask(
                (key, after, address),
                lambda db: self._states.entries(db, key, after, lambda: self.within_budget(address)),
            )
        if state is None:
            return None
        if state.head > after:
            self._server.eio.send_packet(self.connection_of(sid), packet_of("entries", state.content))
        return state.head

    def within_budget(self, address: str) -> bool:
        """Return whether an address may ask for one more replay that nobody else asked for recently."""
        now = time.monotonic()
        if len(self._buckets) > MOST_ADDRESSES:
            self._buckets = {name: bucket for name, bucket in self._buckets.items() if not bucket.full(now)}
        return self._buckets.setdefault(address, Bucket(RENDERED, now)).take(1, now)
