"""The state of one audience as an HTTP answer: a snapshot, or the entries since what the asker has."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from conference_hub.hub import Hub
from conference_hub.journal import head
from conference_hub.live.catchup import missed
from conference_hub.live.followers import Place
from conference_hub.now import iso

FRESH_S = 1.0
"""How long a rendered snapshot serves all who ask at the same head: a herd costs one rendering a second."""


@dataclass(frozen=True, kw_only=True)
class State:
    """What an audience may know at `head`; `form` is `snapshot` or `entries`, `content` its JSON."""

    place: Place
    head: int
    form: str
    content: str
    tag: str

    def as_json(self, now: datetime) -> str:
        """Render the answer; `now` is the server's time while answering."""
        stream = json.dumps(self.place[1])
        return f'{{"stream":{stream},"head":{self.head},"now":"{iso(now)}","{self.form}":{self.content}}}'


class States:
    """Answers what the state is, and keeps the last rendered snapshot of each place for a moment."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._kept: dict[Place, tuple[float, State]] = {}
        self._rendering: defaultdict[Place, threading.Lock] = defaultdict(threading.Lock)

    def answer(self, place: Place, after: int | None) -> State:
        """Return the entries since `after`; a snapshot when there is no `after` or entries would not do."""
        with self._hub.database.reading() as db:
            top = head(db, *place)
            entries = None if after is None else missed(db, place, after)
            if entries is not None:
                return _state(place, top, "entries", [entry.as_wire() for entry in entries])
            with self._rendering[place]:  # others have turns meanwhile: who asks the same waits for this one
                return self._snapshot(db, place, top)

    def _snapshot(self, db: Session, place: Place, top: int) -> State:
        at, kept = self._kept.get(place, (0.0, None))
        if kept is not None and kept.head == top and time.monotonic() - at < FRESH_S:
            return kept
        state = _state(place, top, "snapshot", self._hub.snapshot(db, *place))
        self._kept[place] = (time.monotonic(), state)
        return state


def _state(place: Place, top: int, form: str, value: object) -> State:
    content = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    tag = hashlib.sha256(f"{top} {form} {content}".encode()).hexdigest()[:24]
    return State(place=place, head=top, form=form, content=content, tag=tag)
