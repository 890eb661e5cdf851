"""What followers and screens ask for."""

from __future__ import annotations

from conference_hub.core.stream import Stream
from conference_hub.web.requests import Digits, Query


class StateQuery(Query):
    """Which stream, and from where on."""

    stream: Stream = Stream.PUBLIC
    """The audience."""
    after: Digits | None = None
    """The last sequence number that the sender has: the entries above it are wanted, not the snapshot."""


class ScreenQuery(Query):
    """Which lane a screen shows."""

    lane: str | None = None
    """The lane, the first one when left out."""
