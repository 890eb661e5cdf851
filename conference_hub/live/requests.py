"""The queries of followers."""

from __future__ import annotations

from conference_hub.core.stream import Stream
from conference_hub.web.requests import Digits, Query


class StateQuery(Query):
    """A stream, and the number of the last known entry."""

    stream: Stream = Stream.PUBLIC
    """The audience."""
    after: Digits | None = None
    """The last sequence number that the sender has; with it the answer holds the entries above, not the snapshot."""
