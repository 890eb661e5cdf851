"""From the journal to the rooms: one relay in each process hands committed facts on, in journal order.

A commit hands its entries over. Those that follow on what was relayed go out as they are, at once, in the task of who
committed: browsers have a fact before its command is answered. Where some are missing, and once a second in any case,
the relay's own task reads what lies above its position: order on the wire is the order of the journal whatever the
order of the writers' threads, and a fact that another process committed (the command line, a second worker), or this
one just before a crash, comes all the same. Nothing is emitted inside a transaction.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from conference_hub.core.entries import Entry, all_heads, find_entry, since, wire_list
from conference_hub.core.errors import Unavailable
from conference_hub.core.journal import MANY_DOCS
from conference_hub.core.now import iso
from conference_hub.core.wire import wire_json
from conference_hub.live.followers import StreamKey, room_of
from conference_hub.web import metrics
from conference_hub.web.hub import Hub

log = logging.getLogger(__name__)

Broadcast = Callable[[str, str, str], object]
"""`(room, event, text)`: hand an event over for everybody in a room; its data are JSON already."""
Moved = Callable[[StreamKey, int], object]
"""`(key, head)`: a stream has another head now."""
Relayed = Callable[[StreamKey, list[Entry]], object]
"""`(key, entries)`: these entries are with the followers of a stream now."""

GLANCE_S = 1.0
"""How long a fact of another process may wait at most."""
BATCH = 200
"""Entries of one stream in one `entries` event at most."""
MOST_HANDED = 1_000
"""Commits that wait in memory to be relayed; where more wait, the oldest are read from the journal again."""
SILENT_S = 10.0
"""A relay that has not looked for so long is not alive."""


@dataclass(frozen=True, kw_only=True)
class Backlog:
    """Committed entries that are not relayed yet: how many, and since when the oldest waits."""

    depth: int
    oldest: datetime | None


class Relay:
    """Knows how far each stream was relayed; `run()` in the background moves it on."""

    def __init__(self, hub: Hub, broadcast: Broadcast, moved: Moved) -> None:
        self._hub = hub
        self._moved = moved
        self._broadcast = broadcast
        self._positions: dict[StreamKey, int] = {}
        self.listeners: list[Relayed] = []
        self._wake = threading.Event()
        self._turn = threading.Lock()
        self._handed: deque[tuple[str, list[Entry]]] = deque(maxlen=MOST_HANDED)
        self._running = False
        self._stopped = False
        self._told = False
        self._looked_at: float | None = None

    def hand_over(self, conf: str, entries: list[Entry]) -> None:
        """Relay what a commit appended, before its command is answered (a journal listener).

        Sending does not wait for anybody. Where somebody else is relaying, or an entry is missing, the task does it.
        """
        if not self._running:
            return
        self._handed.append((conf, entries))
        if not self._turn.acquire(blocking=False):
            self._wake.set()
            return
        complete = False
        try:
            complete = self._relay_handed()
        except Exception:
            log.exception("relay failed; it looks again at once")
        finally:
            self._turn.release()
        if not complete:
            self._wake.set()

    def look(self) -> None:
        """Read the journal soon: another process says that it committed something."""
        self._told = True
        self._wake.set()

    def position(self, key: StreamKey) -> int | None:
        """Return the last sequence number sent to followers of `key`; None when the stream is not known."""
        return self._positions.get(key)

    def alive(self) -> bool:
        """Return whether the relay runs and looked at the journal recently."""
        return self._looked_at is not None and time.monotonic() - self._looked_at < SILENT_S

    def begin(self) -> None:
        """Start at the present: what was committed before is for snapshots and replays."""
        with self._hub.database.reading() as db:
            self._positions = all_heads(db)
        self._looked_at = time.monotonic()

    def run(self) -> None:
        """Relay until stopped; a failing database is logged and tried again."""
        self._running = True
        while not self._stopped:
            self._wake.wait(GLANCE_S)
            self._wake.clear()
            try:
                with self._turn:
                    if not self._relay_handed() or self._look_due():
                        while self.step():
                            pass
            except Unavailable:
                pass  # said by the database; the facts wait in the journal
            except Exception:
                log.exception("relay failed; it looks again in a second")

    def stop(self) -> None:
        """End `run()` after what it is doing."""
        self._stopped = True
        self._wake.set()

    def step(self) -> bool:
        """Read the journal and relay at most one batch of each stream; returns whether there was anything."""
        news, gone = self._read()
        for key in gone:
            self._broadcast(room_of(key), "reset", wire_json({"stream": key[1]}))
        for key, entries in news:
            self._relay(key, entries)
        self._looked_at = time.monotonic()
        return bool(news)

    def heartbeat(self, key: StreamKey) -> dict[str, object]:
        """Render what a follower of `key` hears regularly: the last relayed number, the server's time."""
        return {"stream": key[1], "head": self._positions.get(key, 0), "now": iso(self._hub.now())}

    def backlog(self, db: Session) -> Backlog:
        """Return what is committed and not relayed."""
        behind = [(p, self._positions.get(p, 0), head) for p, head in all_heads(db).items()]
        behind = [(key, position, head) for key, position, head in behind if head > position]
        oldest = [_instant(db, key, position + 1) for key, position, _ in behind]
        return Backlog(
            depth=sum(head - position for _, position, head in behind),
            oldest=min((at for at in oldest if at is not None), default=None),
        )

    def _relay_handed(self) -> bool:
        """Relay what was handed over; return whether there was anything, and it followed on what was relayed before."""
        following: dict[StreamKey, list[Entry]] = {}
        complete = bool(self._handed)
        while self._handed:
            conf, entries = self._handed.popleft()
            for entry in entries:
                key = (conf, entry.stream)
                found = following.setdefault(key, [])
                last = found[-1].seq if found else self._positions.get(key, 0)
                if entry.seq == last + 1:
                    found.append(entry)
                elif entry.seq > last:
                    complete = False
        for key, entries in following.items():
            for start in range(0, len(entries), BATCH):
                self._moved(key, entries[-1].seq)
                self._relay(key, entries[start : start + BATCH])
            if sum(len(entry.body["docs"]) for entry in entries) >= MANY_DOCS:
                self._hub.pause()
        return complete

    def _look_due(self) -> bool:
        told, self._told = self._told, False
        return told or self._looked_at is None or time.monotonic() - self._looked_at >= GLANCE_S

    def _read(self) -> tuple[list[tuple[StreamKey, list[Entry]]], list[StreamKey]]:
        """Read the next batch of every stream, and which streams cannot go on.

        Those are behind where they were (a backup was restored), or without the entries that should follow.
        """
        news, gone = [], []
        with self._hub.database.reading() as db:
            for key, head in all_heads(db).items():
                position = self._positions.setdefault(key, 0)
                if head != position:
                    self._moved(key, head)
                entries = since(db, *key, position, BATCH) if head > position else []
                if entries:
                    news.append((key, entries))
                elif head != position:
                    self._positions[key] = head
                    gone.append(key)
        return news, gone

    def _relay(self, key: StreamKey, entries: list[Entry]) -> None:
        """Send one batch. The position moves first: who joins meanwhile gets it twice rather than never."""
        self._positions[key] = entries[-1].seq
        self._broadcast(room_of(key), "entries", wire_list(entries))
        metrics.RELAYED.labels(key[1]).inc(len(entries))
        for listener in self.listeners:
            listener(key, entries)
        now, fanout = self._hub.now(), metrics.FANOUT.labels(key[1])
        for entry in entries:
            fanout.observe((now - entry.at).total_seconds())


def _instant(db: Session, key: StreamKey, seq: int) -> datetime | None:
    entry = find_entry(db, *key, seq)
    return entry.at if entry else None
