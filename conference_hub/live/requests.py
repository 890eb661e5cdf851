"""What a follower asks for."""

from __future__ import annotations

from conference_hub.core.stream import Stream
from conference_hub.web.requests import Digits, Query


class StateQuery(Query):
    """Which stream, and from where on."""

    stream: Stream = Stream.PUBLIC
    """The audience."""
    after: Digits | None = None
    """The last sequence number that the sender has: the entries above it are wanted, not the snapshot."""
