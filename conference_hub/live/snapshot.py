"""The state of one audience as an answer: a snapshot, or the entries since what the asker has.

Both are rendered once and kept, so that thousands who ask for the same cost one rendering. What is older than the head
of its stream is dropped as soon as the relay knows the head: it holds texts that were withdrawn or corrected since.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections import OrderedDict, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from conference_hub.conferences.store import get_conference
from conference_hub.core.entries import find_head, head, wire_list
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.now import iso
from conference_hub.core.wire import wire_json
from conference_hub.live.catchup import missed
from conference_hub.live.followers import StreamKey
from conference_hub.web.hub import Hub

FRESH_S = 1.0
"""How long a rendered snapshot serves all who ask at the same head."""
MAX_ENTRIES_CHARS = 262_144
"""Entries larger than this in sum are answered by a snapshot."""
KEPT_CHARS = 4_194_304
"""Rendered entries kept in memory, all together."""
LARGEST_IN_PAGE = 196_608
"""Characters of a snapshot that a page carries at most. A larger one is requested by the page, which is shown
meanwhile."""
DOCS_PER_TURN = 100
"""Others have their turn after so many documents of a snapshot are written."""


@dataclass(frozen=True, kw_only=True)
class State:
    """What an audience may know at `head`; `form` is `snapshot` or `entries`, `content` its JSON.

    A `draft` is for the team of the conference only, whatever the stream.
    """

    key: StreamKey
    head: int
    form: str
    content: str
    tag: str
    draft: bool

    def as_json(self, now: datetime) -> str:
        """Render the answer; `now` is the server's time while answering."""
        stream = json.dumps(self.key[1])
        return f'{{"stream":{stream},"head":{self.head},"now":"{iso(now)}","{self.form}":{self.content}}}'


class States:
    """Answers what the state is, and keeps what was rendered recently."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._snapshots: dict[StreamKey, tuple[float, State]] = {}
        self._entries: OrderedDict[tuple[StreamKey, int], State] = OrderedDict()
        self._entries_chars = 0
        self._heads: dict[StreamKey, int] = {}
        self._sizes: dict[StreamKey, int] = {}
        self._listeners: list[Callable[[State], None]] = []
        self._rendering: defaultdict[StreamKey, threading.Lock] = defaultdict(threading.Lock)

    def answer(
        self, key: StreamKey, after: int | None, may_render: Callable[[], bool] = lambda: True
    ) -> State:
        """Return the entries since `after`; a snapshot when there is no `after` or entries are not enough.

        `may_render` is asked before entries are read that nobody else asked for recently; without its leave the answer
        is a snapshot, which is kept for everybody. Raises NotFound when there is no such conference.
        """
        with self._hub.database.reading() as db:
            top = find_head(db, *key)
            if top is None:
                raise NotFound(msg("그런 행사가 없습니다."))
            if after is not None and (state := self._entries_since(db, key, after, top, may_render)):
                return state
            with self._rendering[key]:  # others have turns meanwhile: who asks the same waits for this one
                return self._snapshot(db, key, top)

    def small_snapshot(self, key: StreamKey, most: int) -> State | None:
        """Return the snapshot when it has at most `most` characters, else None.

        One that was larger the last time that somebody asked for it is not rendered to see whether it still is.
        Raises NotFound when there is no such conference.
        """
        if self._sizes.get(key, 0) > most:
            return None
        found = self.answer(key, None)
        return found if len(found.content) <= most else None

    def listen(self, listener: Callable[[State], None]) -> None:
        """Call `listener` with each snapshot that is rendered from now on and still the newest one then."""
        self._listeners.append(listener)

    def kept_entries(self, key: StreamKey, after: int, head: int) -> State | None:
        """Return the entries since `after` up to `head` when they were rendered already, else None."""
        kept = self._entries.get((key, after))
        return kept if kept is not None and kept.head == head else None

    def entries(
        self, db: Session, key: StreamKey, after: int, may_render: Callable[[], bool]
    ) -> State | None:
        """Return the entries since `after` as a transaction sees them; None where only a snapshot would do.

        `may_render` is asked as in `answer`.
        """
        return self._entries_since(db, key, after, head(db, *key), may_render)

    def forget(self, key: StreamKey, head: int) -> None:
        """Drop what was rendered of `key` at another head, and keep nothing older from now on."""
        self._heads[key] = head
        snapshot = self._snapshots.get(key)
        if snapshot is not None and snapshot[1].head != head:
            self._snapshots.pop(key, None)
        for kept in [kept for kept, state in self._entries.items() if kept[0] == key and state.head != head]:
            self._drop(kept)

    def _entries_since(
        self, db: Session, key: StreamKey, after: int, top: int, may_render: Callable[[], bool]
    ) -> State | None:
        kept = self._entries.get((key, after))
        if kept is not None and kept.head == top:
            self._entries.move_to_end((key, after))
            return kept
        if after != top and not may_render():
            return None
        entries = missed(db, key, after) if after != top else []
        if entries is None:
            return None
        state = _state(db, key, top, "entries", wire_list(entries))
        if len(state.content) > MAX_ENTRIES_CHARS:
            return None
        self._keep(after, state)
        return state

    def _keep(self, after: int, state: State) -> None:
        """Keep rendered entries, and let those go that were not asked for longest."""
        if self.is_outdated(state):
            return
        self._drop((state.key, after))
        self._entries[state.key, after] = state
        self._entries_chars += len(state.content)
        while self._entries_chars > KEPT_CHARS:
            self._drop(next(iter(self._entries)))

    def _drop(self, kept: tuple[StreamKey, int]) -> None:
        gone = self._entries.pop(kept, None)
        self._entries_chars -= len(gone.content) if gone else 0

    def is_outdated(self, state: State) -> bool:
        """Return whether something came since the state was rendered, as far as the relay knows."""
        return state.head < self._heads.get(state.key, 0)

    def _snapshot(self, db: Session, key: StreamKey, top: int) -> State:
        at, kept = self._snapshots.get(key, (0.0, None))
        if kept is not None and kept.head == top and time.monotonic() - at < FRESH_S:
            return kept
        docs = self._hub.snapshot(db, *key)
        written = [
            f"{wire_json(name)}:{wire_json(doc)}"
            for name, doc in self._hub.in_turns(docs.items(), DOCS_PER_TURN)
        ]
        state = _state(db, key, top, "snapshot", "{" + ",".join(written) + "}")
        self._sizes[key] = len(state.content)
        if not self.is_outdated(state):
            self._snapshots[key] = (time.monotonic(), state)
            for listener in self._listeners:
                listener(state)
        return state


def _state(db: Session, key: StreamKey, top: int, form: str, content: str) -> State:
    tag = hashlib.sha256(f"{top} {form} {content}".encode()).hexdigest()[:24]
    draft = get_conference(db, key[0]).hidden
    return State(key=key, head=top, form=form, content=content, tag=tag, draft=draft)
