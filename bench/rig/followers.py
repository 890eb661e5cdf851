"""The load: a process of its own that holds the audience of one server and says when they heard something.

It reads one JSON command a line and answers each with one line. Instants are `time.monotonic()`, which all
processes of one machine share. Between commands it answers heartbeats.

- `{"do": "join", "port", "count", "auth", "after"}` → `{"took_s"}`: that many more, each with every entry up to `after`
- `{"do": "listen", "topic"}` → `{}` when it is ready, then `{"first", "p50", "p99", "last", "payload", "repeats"}` when
  everybody has an entry with this topic (any, when it is left out): when the first, half, 99 of 100 and the last of
  them had. `repeats` are the entries that came twice
- `{"do": "return"}` → `{}`: from now on whoever is cut off comes again, as a page does
- `{"do": "drop"}` → `{}`: everybody is cut off, and comes again
- `{"do": "agree", "seq"}` → `{"at", "refusals", "repeats", "resets"}` when all have joined and have every entry up to
  `seq`; `resets` were told to take a snapshot instead of what they missed

A command that takes longer than `WITHIN_S` is an error, and so is an entry out of order. It ends with its input.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from typing import Any

from bench.rig.audience import Audience
from tests.live.herd import allow_many_sockets

WITHIN_S = 60.0
SOCKETS = 19_000
"""Followers at most."""
TURN_S = 1.0
Answer = dict[str, Any] | None


class Load:
    """An audience and what was asked of it last."""

    def __init__(self) -> None:
        self._audience: Audience | None = None
        self._answer: Callable[[], Answer] | None = None
        self._until = 0.0

    def run(self) -> None:
        """Do what is asked, line by line, until there is no more."""
        for line in sys.stdin:
            self._do(json.loads(line))
            self._attend()

    def _attend(self) -> None:
        """Attend to the audience until the next command."""
        while self._audience is not None:
            asked = self._audience.turn(TURN_S)
            if self._answer is not None and (answer := self._answer()) is not None:
                self._answer = None
                _say(answer)
            if asked:
                return
            if self._answer is not None and time.monotonic() > self._until:
                raise TimeoutError(f"the audience waits in vain: {self._audience}")

    def _do(self, command: dict[str, Any]) -> None:
        if self._audience is None:
            self._audience = Audience(command["port"], command["auth"])
            self._audience.watch(sys.stdin.fileno())
        self._until = time.monotonic() + WITHIN_S
        self._answer = getattr(self, f"_{command.pop('do')}")(self._audience, **command)

    def _join(self, audience: Audience, count: int, after: int, **_known: Any) -> Callable[[], Answer]:
        began = time.monotonic()
        audience.join(count, after)
        whole = len(audience.followers)
        return lambda: {"took_s": time.monotonic() - began} if audience.joined == whole else None

    def _listen(self, audience: Audience, topic: str = "") -> Callable[[], Answer]:
        audience.listen(topic)
        _say({})
        return lambda: _heard(audience)

    def _return(self, audience: Audience) -> None:
        audience.let_return()
        _say({})

    def _drop(self, audience: Audience) -> None:
        audience.drop()
        _say({})

    def _agree(self, audience: Audience, seq: int) -> Callable[[], Answer]:
        return lambda: _agreed(audience, seq)


def _heard(audience: Audience) -> Answer:
    heard = audience.listening
    if heard is None or heard.heard < len(audience.followers):
        return None
    audience.listening = None
    return {
        "first": heard.receipts[0][0],
        "p50": heard.instant(0.5),
        "p99": heard.instant(0.99),
        "last": heard.receipts[-1][0],
        "payload": heard.payload.decode(),
        "repeats": audience.repeats,
    }


def _agreed(audience: Audience, seq: int) -> Answer:
    if audience.joined < len(audience.followers) or any(one.seq < seq for one in audience.followers):
        return None
    return {
        "at": time.monotonic(),
        "refusals": dict(audience.refusals),
        "repeats": audience.repeats,
        "resets": audience.resets,
    }


def _say(answer: dict[str, Any]) -> None:
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    gc.disable()
    allow_many_sockets(SOCKETS)
    Load().run()
