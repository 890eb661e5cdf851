"""Taking turns at work that needs much memory: so many at once, the others wait in order, and not too many wait."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class QueueFull(Exception):
    """As many as may wait are waiting already."""


class Turns:
    """Lets `at_once` callers work while up to `waiting` others wait; first come, first served.

    Threads of the standard library, so it keeps greenlets in order too where those are patched.
    """

    def __init__(self, *, at_once: int, waiting: int) -> None:
        self._free = at_once
        self._may_wait = waiting
        self._queue: deque[threading.Event] = deque()
        self._lock = threading.Lock()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn and hold it until the block ends; raises QueueFull at once instead of waiting too long."""
        self._take()
        try:
            yield
        finally:
            self._hand_over()

    def _take(self) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            if len(self._queue) >= self._may_wait:
                raise QueueFull
            mine = threading.Event()
            self._queue.append(mine)
        mine.wait()

    def _hand_over(self) -> None:
        with self._lock:
            if self._queue:
                self._queue.popleft().set()
            else:
                self._free += 1
