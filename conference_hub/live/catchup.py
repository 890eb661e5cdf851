"""What a reader has missed: the entries since what it last saw, or nothing usable."""

from __future__ import annotations

from sqlalchemy.orm import Session

from conference_hub.core.entries import Entry, head, since
from conference_hub.live.followers import StreamKey

REPLAY_LIMIT = 500
"""Entries a reader may be behind; past it a snapshot is smaller."""


def missed(db: Session, place: StreamKey, after: int) -> list[Entry] | None:
    """Return every entry of `place` above `after`, in order.

    None means that entries cannot bring the reader up to date and it needs a snapshot: it is too far
    behind, knows more than the journal (a backup was restored), or the journal no longer holds what follows.
    `db` must read one consistent state.
    """
    behind = head(db, *place) - after
    if not 0 <= behind <= REPLAY_LIMIT:
        return None
    entries = since(db, *place, after, behind)
    return entries if len(entries) == behind else None
