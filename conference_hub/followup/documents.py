"""Online sessions as documents; nobody's name is in them."""

from __future__ import annotations

from conference_hub.core.now import iso
from conference_hub.followup.model import OnlineSession
from conference_hub.followup.shapes import SessionDoc


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
