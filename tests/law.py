"""The law of the journal: an old snapshot plus the entries since equals a fresh snapshot, from every point on."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from conference_hub.core import entries
from conference_hub.core.entries import Entry
from conference_hub.core.stream import Docs, Stream
from conference_hub.web.hub import Hub

PLENTY = 10_000


def holds_over(hub: Hub, conf: str, stream: Stream, steps: Iterable[Callable[[], object]]) -> bool:
    """Run `steps`; after each, every snapshot taken before it must grow into the fresh one. Raises AssertionError."""
    taken = [_snapshot(hub, conf, stream)]
    for step in steps:
        step()
        fresh = _snapshot(hub, conf, stream)
        for head, docs in taken:
            assert _grown(hub, conf, stream, head, docs) == fresh[1]
        taken.append(fresh)
    return True


def apply_entries(docs: Docs, entries: Iterable[Entry]) -> Docs:
    """Merge entries into a snapshot as a browser does: a null document is gone."""
    merged = dict(docs)
    for entry in entries:
        for key, document in entry.body["docs"].items():
            merged.pop(key, None)
            if document is not None:
                merged[key] = document
    return merged


def _snapshot(hub: Hub, conf: str, stream: Stream) -> tuple[int, Docs]:
    with hub.database.reading() as db:
        return entries.head(db, conf, stream), hub.snapshot(db, conf, stream)


def _grown(hub: Hub, conf: str, stream: Stream, head: int, docs: Docs) -> Docs:
    with hub.database.reading() as db:
        return apply_entries(docs, entries.since(db, conf, stream, head, PLENTY))
