"""Online sessions as documents; nobody's name is in them."""

from __future__ import annotations

from typing import Final

from typing_extensions import TypedDict

from conference_hub.core.now import iso
from conference_hub.core.shapes import Count, Instant, TextDoc
from conference_hub.followup.model import OnlineSession, SessionId, SessionStatus

PREFIX = "session/"


class SessionDoc(TypedDict):
    """An online session; `taken` counts its sign-ups, `places_left` is null without a bound."""

    id: str
    title: TextDoc
    description: TextDoc | None
    starts_at: Instant
    ends_at: Instant
    status: SessionStatus
    sequence: int
    taken: Count
    places_left: Count | None


class ChangedDoc(TypedDict):
    """A session after a command: `sequence` is the number of its calendar entry."""

    session: str
    sequence: int
    status: SessionStatus


DOCUMENTS: Final = {PREFIX: SessionDoc}
"""The shape of each document by its key; a key that ends in `/` is the prefix of a family."""


def session_key(session_id: SessionId) -> str:
    """Return the key of a session's document."""
    return f"{PREFIX}{session_id}"


def session_document(online: OnlineSession, taken: int) -> SessionDoc:
    """Render a session with how many of its places are `taken`."""
    return {
        "id": online.id,
        "title": online.title.as_doc(),
        "description": online.description.as_doc() if online.description else None,
        "starts_at": iso(online.starts_at),
        "ends_at": iso(online.ends_at),
        "status": online.status,
        "sequence": online.sequence,
        "taken": taken,
        "places_left": None if online.capacity is None else max(0, online.capacity - taken),
    }
