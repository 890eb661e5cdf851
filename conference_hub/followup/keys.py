"""The keys of the follow-up's documents, listed in `docs/protocol.md`."""

from __future__ import annotations

from conference_hub.followup.model import SessionId

SESSION = "session/"


def session_key(session_id: SessionId) -> str:
    """Return the key of a session's document."""
    return f"{SESSION}{session_id}"
