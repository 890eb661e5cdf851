"""The keys of the follow-up's documents, listed in `docs/protocol.md`."""

from __future__ import annotations

from conference_hub.followup.model import SessionId
from conference_hub.people.model import GuestId

SESSION = "session/"
INVITATION = "invitation/"


def session_key(session_id: SessionId) -> str:
    """Return the key of a session's document."""
    return f"{SESSION}{session_id}"


def invitation_key(session_id: SessionId, guest_id: GuestId) -> str:
    """Return what mails about a guest's invitation are about (`outbox.model.Draft.about`)."""
    return f"{INVITATION}{session_id}/{guest_id}"


def waiting_key(session_id: SessionId, guest_id: GuestId) -> str:
    """Return what mails that say that a guest waits for a seat are about."""
    return f"waiting/{session_id}/{guest_id}"


def invitation_of(about: str | None) -> tuple[str, str] | None:
    """Return the session and the guest of `invitation_key`, None for what a mail about something else says."""
    if about is None or not about.startswith(INVITATION):
        return None
    session_id, _, guest_id = about.removeprefix(INVITATION).partition("/")
    return (session_id, guest_id) if guest_id else None


NOTICES_KEY = "notices"
"""What decisions about telling people of changes are about; there is no document of that key."""
SERIES_KEY = "series"
"""What edits of the series are checked against; there is no document of that key."""
REMINDERS_KEY = "reminders"
"""What edits of reminders are checked against; there is no document of that key."""
