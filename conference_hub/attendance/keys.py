"""The keys of attendance's documents, listed in `docs/protocol.md`."""

from __future__ import annotations

ATTENDANCE = "attendance"
WATCHING = "watching"
ATTENDANCE_SETUP = "attendance-setup"
"""The subject of facts about what organisers chose; no document has it."""
CERTIFICATES = "certificates"
"""The subject of facts about certificates; no document has it."""
ELSEWHERE = "elsewhere/"


def elsewhere_key(guest_id: str) -> str:
    """Return the key of the document that says where a guest takes part from elsewhere."""
    return f"{ELSEWHERE}{guest_id}"
