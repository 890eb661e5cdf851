"""The law of the journal: an old snapshot plus the entries since equals a fresh snapshot, from every point on."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from conference_hub.core import entries
from conference_hub.core.entries import Entry
from conference_hub.core.stream import Docs, Stream
from conference_hub.web.hub import Hub

PLENTY = 10_000


class Watch:
    """Follows some streams of a conference; every snapshot that was taken must grow into every later one."""

    def __init__(self, hub: Hub, conf: str, streams: Iterable[Stream] = Stream) -> None:
        self._hub, self._conf = hub, conf
        self._taken = {stream: [self._snapshot(stream)] for stream in streams}
        self._known: dict[Stream, list[Entry]] = {stream: [] for stream in streams}

    def look(self) -> list[Entry]:
        """Return the entries since the last look, and take a snapshot of each stream.

        Raises AssertionError when an earlier snapshot does not grow into the new one.
        """
        return [entry for stream in self._taken for entry in self._look_at(stream)]

    def _look_at(self, stream: Stream) -> list[Entry]:
        fresh_head, fresh = self._snapshot(stream)
        known = self._since(stream, self._taken[stream][0][0])
        for head, docs in self._unproven(stream, known):
            since = [entry for entry in known if entry.seq > head]
            if len(since) < fresh_head - head:
                continue  # the journal does not hold them all any more: such a reader starts over
            differing = differences(grown(docs, since), fresh)
            assert not differing, f"{stream} from {head} on: {differing}"
        last = self._taken[stream][-1][0]
        self._taken[stream].append((fresh_head, fresh))
        self._known[stream] = known
        return [entry for entry in known if entry.seq > last]

    def _unproven(self, stream: Stream, known: list[Entry]) -> list[tuple[int, Docs]]:
        """Return the snapshots that have to be grown anew: the last one, while no earlier entry was rewritten.

        Each earlier one grew into the last by the same entries.
        """
        taken, before = self._taken[stream], self._known[stream]
        return taken[-1:] if known[: len(before)] == before else taken

    def _snapshot(self, stream: Stream) -> tuple[int, Docs]:
        with self._hub.database.reading() as db:
            return entries.head(db, self._conf, stream), self._hub.snapshot(db, self._conf, stream)

    def _since(self, stream: Stream, head: int) -> list[Entry]:
        with self._hub.database.reading() as db:
            return entries.since(db, self._conf, stream, head, PLENTY)


def holds_over(hub: Hub, conf: str, steps: Iterable[Callable[[], object]]) -> bool:
    """Run `steps`, of which each must be accepted, and hold the law over every stream after each of them.

    A command that is accepted publishes a fact, and the operator's stream gets every fact: a step that adds nothing to
    it was refused. Raises AssertionError.
    """
    watch = Watch(hub, conf)
    for number, step in enumerate(steps, start=1):
        step()
        published = [entry.topic for entry in watch.look() if entry.stream is Stream.OPERATOR]
        assert published, f"step {number} published nothing: its command was refused"
    return True


def grown(docs: Docs, since: Iterable[Entry]) -> Docs:
    """Merge entries into a snapshot as a browser does: a null document is gone."""
    merged = dict(docs)
    for entry in since:
        for key, document in entry.body["docs"].items():
            merged.pop(key, None)
            if document is not None:
                merged[key] = document
    return merged


def differences(one: Docs, other: Docs) -> dict[str, tuple[object, object]]:
    """Return the documents that differ by key, as `(in one, in the other)`."""
    keys = sorted(one.keys() | other.keys())
    return {key: (one.get(key), other.get(key)) for key in keys if one.get(key) != other.get(key)}
