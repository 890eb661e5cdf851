"""The keys of what check-in counts and of its conflicts; those of gates and guests are in their packages."""

from __future__ import annotations

PRESENCE_KEY = "presence"
CONFLICT = "conflict/"


def conflict_key(conflict_id: str) -> str:
    """Return the key of the document of a conflict that waits."""
    return f"{CONFLICT}{conflict_id}"
