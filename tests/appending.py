"""Appending an entry that no feature publishes, to one stream."""

from __future__ import annotations

from conference_hub.core.entries import Entry
from conference_hub.core.journal import Write
from conference_hub.core.stream import Docs, Stream


def append(write: Write, stream: Stream, topic: str, subject: str, docs: Docs, **extra: object) -> Entry:
    """Append an entry with the fields `extra` to `stream`, and to no other."""
    return write._append(stream, topic, subject, {**extra, "docs": docs})
