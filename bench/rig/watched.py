"""A contender and its audience, and what one press costs."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from bench.rig.child import Child
from bench.rig.contenders import TOPIC, Contender
from bench.rig.cpu import cpu_s, settled_cpu_s
from bench.rig.memory import memory_kb


@dataclass(frozen=True, kw_only=True)
class Joined:
    """How an audience grew: connections, seconds, and the CPU seconds that the server used.

    `kb_per_connection` is by how much the server's memory has grown for each that follows now.
    """

    count: int
    took_s: float
    cpu_s: float
    kb_per_connection: float


@dataclass(frozen=True, kw_only=True)
class Round:
    """One press: milliseconds until the first, half and the last of the followers had the entry, and until the answer.

    `cpu_ms` is what the server used until it rested.
    """

    first_ms: float
    p50_ms: float
    last_ms: float
    answer_ms: float
    cpu_ms: float
    payload: str


class Watched:
    """A started contender whose followers have a process of their own, until the block ends."""

    def __init__(self, contender: Contender) -> None:
        self.contender = contender
        self.count = 0
        self._load = Child("bench.rig.followers")
        self._empty_kb = memory_kb(contender.pid)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._load.end()

    @property
    def name(self) -> str:
        """The contender's name."""
        return self.contender.name

    def alone_ms(self, presses: int) -> list[float]:
        """Press while nobody follows, after as many that do not count; return the milliseconds until each answer."""
        for _ in range(presses):
            self.contender.press()
        return [self.contender.press() * 1000 for _ in range(presses)]

    def grow(self, count: int) -> Joined:
        """Let the audience grow to `count`."""
        joining, self.count = count - self.count, count
        before_s = settled_cpu_s(self.contender.pid)
        port, auth = self.contender.port, self.contender.auth
        took_s = self.ask(do="join", port=port, count=joining, auth=auth, after=self.contender.head())[
            "took_s"
        ]
        used_s = settled_cpu_s(self.contender.pid) - before_s
        grown_kb = memory_kb(self.contender.pid) - self._empty_kb
        return Joined(count=joining, took_s=took_s, cpu_s=used_s, kb_per_connection=grown_kb / self.count)

    def round(self, *, at_rest: bool = True) -> Round:
        """Press once, and wait until everybody has heard; unless `at_rest`, the CPU is what was used until then."""
        self.ask(do="listen", topic=TOPIC)
        before_s = cpu_s(self.contender.pid)
        began = time.monotonic()
        answer_s = self.contender.press()
        heard = json.loads(self._load.hear())
        after_s = (settled_cpu_s if at_rest else cpu_s)(self.contender.pid)
        assert heard["repeats"] == 0, f"{heard['repeats']} entries came twice"
        first_ms, p50_ms, last_ms = ((heard[name] - began) * 1000 for name in ("first", "p50", "last"))
        return Round(
            first_ms=first_ms,
            p50_ms=p50_ms,
            last_ms=last_ms,
            answer_ms=answer_s * 1000,
            cpu_ms=(after_s - before_s) * 1000,
            payload=heard["payload"],
        )

    def ask(self, **command: Any) -> dict[str, Any]:
        """Ask the audience for something and return its answer."""
        self._load.say(json.dumps(command))
        answer: dict[str, Any] = json.loads(self._load.hear())
        return answer
