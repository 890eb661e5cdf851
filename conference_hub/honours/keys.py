"""The keys of guests of honour, listed in `docs/protocol.md`."""

from __future__ import annotations

HONOUR = "honour/"
HONOURS_KEY = "honours"
"""The subject of facts about the whole list; no document has it."""


def honour_key(honour_id: str) -> str:
    """Return the key of a guest of honour's document."""
    return f"{HONOUR}{honour_id}"
