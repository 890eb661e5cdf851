"""One clock for all connections: each constant delay is a queue whose head is due first."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

import eventlet

GLANCE_S = 1.0
AT_ONCE = 200
"""Things done before other tasks have their turn."""


class Delay:
    """Does things `after_s` seconds after they were added, in that order."""

    def __init__(self, after_s: float) -> None:
        self._after_s = after_s
        self._waiting: deque[tuple[float, Callable[[], object]]] = deque()

    def add(self, work: Callable[[], object], at: float) -> None:
        """Do `work`, which neither waits nor raises, `after_s` after `at`."""
        self._waiting.append((at + self._after_s, work))

    def turn(self, at: float, most: int = AT_ONCE) -> bool:
        """Do what is due at `at`, at most so many; return whether more is due."""
        for _ in range(most):
            if not self._waiting or self._waiting[0][0] > at:
                return False
            self._waiting.popleft()[1]()
        return True


def run(delays: list[Delay], glance_s: float = GLANCE_S) -> None:
    """Look at all delays again and again, for ever."""
    while True:
        eventlet.sleep(glance_s)
        for delay in delays:
            while delay.turn(time.monotonic()):
                eventlet.sleep(0)
