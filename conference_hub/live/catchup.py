"""What a reader has missed: the entries since what it last saw, or nothing usable."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.core.entries import Entry, JournalEntryRow, head, since
from conference_hub.live.followers import StreamKey

REPLAY_LIMIT = 500
"""Entries a reader may be behind; past it a snapshot is smaller."""
STORED_LIMIT = 524_288
"""Characters that these entries may take in the journal, where a Korean letter takes six: reading more of them, such as
an import of thousands of guests, would hold everybody up, and a snapshot is smaller."""


def missed(db: Session, key: StreamKey, after: int) -> list[Entry] | None:
    """Return every entry of `key` above `after`, in order.

    None means that entries cannot bring the reader up to date and it needs a snapshot: it is too far
    behind, knows more than the journal (a backup was restored), the journal no longer holds what follows, or that is
    too much to read.
    `db` must read one consistent state.
    """
    behind = head(db, *key) - after
    if not 0 <= behind <= REPLAY_LIMIT:
        return None
    if behind and _stored_chars(db, key, after) > STORED_LIMIT:
        return None
    entries = since(db, *key, after, behind)
    return entries if len(entries) == behind else None


def _stored_chars(db: Session, key: StreamKey, after: int) -> int:
    conf, stream = key
    stored = sa.select(sa.func.sum(sa.func.length(sa.cast(JournalEntryRow.body, sa.Text)))).where(
        JournalEntryRow.conf == conf, JournalEntryRow.stream == stream, JournalEntryRow.seq > after
    )
    return int(db.scalar(stored) or 0)
