"""The keys of the follow-up's documents, listed in `docs/protocol.md`."""

from __future__ import annotations

from conference_hub.followup.model import SessionId

SESSION = "session/"


def session_key(session_id: SessionId) -> str:
    """Return the key of a session's document."""
    return f"{SESSION}{session_id}"


SERIES_KEY = "series"
"""What edits of the series are checked against; there is no document of that key."""
