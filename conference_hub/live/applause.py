"""Applause from the audience: taps come up by sockets, and one number goes down, at most twice a second.

With more than a few thousand followers it goes down less often, so that telling it leaves most of the time to facts.

Taps are counted in memory and never written: nothing of them is in the database or in the journal. The number is how
many taps came in the last seconds, so it grows with the crowd and falls by itself. Processes that share a Redis count
together (`web/counters.py`).
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from limits.storage import Storage

from conference_hub.core.stream import Stream
from conference_hub.live.followers import Followers, room_of
from conference_hub.live.shapes import ApplauseDoc
from conference_hub.live.transport.bucket import Bucket, Rate

FIRST_S, EVERY_S = 1.0, 0.5
"""When followers are told of what changed, at most."""
TOLD_PER_S = 5_000
"""Followers told in a second, at most: 10,000 are told every other second."""
EVENT = "applause"
TAPS = Rate(burst=24, per_s=12)
"""What the taps of one connection may amount to: two quick hands."""
MOST_AT_ONCE = 12
"""Taps that one message may report; more count as so many."""
SLICE_S = 2
SLICES = 5
"""The number counts the taps of the present slice of time and of those before it: eight to ten seconds."""
TOLD = (Stream.PUBLIC, Stream.OPERATOR)


@dataclass
class Applause:
    """Taps by conference. `send` is `fanout.broadcast_in_slices`; `wanted` asks what organisers chose.

    `storage` holds the counters, `clock` is Unix time in seconds, `steady` a time in seconds that nobody sets.
    """

    followers: Followers
    send: Callable[[str, str, Callable[[], str]], object]
    storage: Callable[[], Storage]
    wanted: Callable[[str], bool]
    clock: Callable[[], float] = time.time
    steady: Callable[[], float] = time.monotonic
    _fresh: Counter[str] = field(default_factory=Counter)
    _buckets: dict[str, Bucket] = field(default_factory=dict)
    _told: dict[str, int] = field(default_factory=dict)
    _due_at: float = 0.0

    def clap(self, sid: str, said: object) -> None:
        """Take the taps of one follower of a public stream; what does not fit, or is too much, is ignored."""
        key, taps = self.followers.key_of(sid), read_taps(said)
        if key is None or key[1] is not Stream.PUBLIC or taps is None:
            return
        at = self.steady()
        if self._buckets.setdefault(sid, Bucket(TAPS, at)).take(taps, at):
            self._fresh[key[0]] += taps

    def remove(self, sid: str) -> None:
        """Forget a socket that left."""
        self._buckets.pop(sid, None)

    def told(self, conf: str) -> ApplauseDoc | None:
        """Return what followers know, for one who joins; None while nobody claps."""
        return {"claps": self._told[conf]} if self._told.get(conf) else None

    def document(self, conf: str) -> ApplauseDoc:
        """Return how many taps came lately, those of this half second left out."""
        index, storage = self._slice(), self.storage()
        return {"claps": sum(storage.get(_key(conf, index - back)) for back in range(SLICES))}

    def tell(self) -> None:
        """Count what came since the last time, and tell the followers of each conference whose number changed.

        Telling lets others work: the next turn comes when this one is over, and who joins meanwhile is told the number
        of this one, so nobody hears an older number after a newer one.
        """
        fresh, self._fresh = self._fresh, Counter()
        for conf, taps in fresh.items():
            if self.wanted(conf):
                self.storage().incr(_key(conf, self._slice()), SLICE_S * (SLICES + 1), taps)
        if self.steady() < self._due_at:
            return
        followed = {key: self.followers.count(key) for key in self.followers.followed() if key[1] in TOLD}
        before, self._told = self._told, {conf: self.document(conf)["claps"] for conf, _ in followed}
        news = {key: count for key, count in followed.items() if self._told[key[0]] != before.get(key[0], 0)}
        self._due_at = self.steady() + sum(news.values()) / TOLD_PER_S - EVERY_S / 2
        for key in sorted(news, key=news.__getitem__):  # operators first: there are few
            self.send(room_of(key), EVENT, partial(json.dumps, {"claps": self._told[key[0]]}))

    def _slice(self) -> int:
        return int(self.clock() // SLICE_S)


def read_taps(said: object) -> int | None:
    """Return how many taps a browser reports, at most `MOST_AT_ONCE`; None when it does not fit."""
    taps = said.get("taps") if isinstance(said, dict) else None
    if isinstance(taps, bool) or not isinstance(taps, int) or taps < 1:
        return None
    return min(taps, MOST_AT_ONCE)


def _key(conf: str, index: int) -> str:
    return f"applause/{conf}/{index}"
