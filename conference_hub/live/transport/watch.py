"""One task that knows which of thousands of descriptors are ready: an own epoll inside the loop's."""

from __future__ import annotations

import logging
from typing import Any, Protocol

import eventlet.hubs
import eventlet.patcher
from greenlet import getcurrent, greenlet

log = logging.getLogger(__name__)

CAN_READ, CAN_WRITE, BROKEN = 0x001, 0x004, 0x018
"""What epoll says of a descriptor (Linux, `EPOLLIN`, `EPOLLOUT`, `EPOLLERR | EPOLLHUP`)."""
AT_ONCE = 256
"""Descriptors attended to before other tasks have their turn."""


class Watched(Protocol):
    """What has a descriptor."""

    number: int

    def happened(self, events: int) -> None:
        """Do what the descriptor is ready for, without waiting."""

    def abort(self) -> None:
        """Give the descriptor back."""


def available() -> bool:
    """Return whether this system has what a watch needs (Linux)."""
    return hasattr(_system_select(), "epoll")


class Watch:
    """Tells what it watches when its descriptor can be read or written; `run` is the task."""

    def __init__(self) -> None:
        self._poll = _system_select().epoll()
        self._watched: dict[int, Watched] = {}
        self._waiting: greenlet | None = None

    def add(self, one: Watched) -> None:
        """Watch for something to read."""
        self._watched[one.number] = one
        self._poll.register(one.number, CAN_READ)

    def expect(self, one: Watched, events: int) -> None:
        """Watch for these events from now on."""
        self._poll.modify(one.number, events)

    def forget(self, one: Watched) -> None:
        """Watch no longer; before its descriptor is closed."""
        if self._watched.pop(one.number, None) is not None:
            self._poll.unregister(one.number)

    def run(self) -> None:
        """Attend to what is ready, for ever.

        The loop's epoll keeps this one from the first turn to the last: each time that it is added, the kernel walks
        through all that it watches to find loops, which takes a millisecond where there are ten thousand.
        """
        hub = eventlet.hubs.get_hub()
        task = getcurrent()
        listener = hub.add(hub.READ, self._poll.fileno(), self._wake, task.throw, None)
        try:
            while True:
                self._waiting = task
                hub.switch()
                self.turn()
        finally:
            hub.remove(listener)

    def _wake(self, _number: int) -> None:
        """Switch to the task, unless it is in the middle of a turn (called by the loop)."""
        task, self._waiting = self._waiting, None
        if task is not None:
            task.switch()

    def turn(self) -> None:
        """Attend to at most `AT_ONCE` descriptors that are ready."""
        for number, events in self._poll.poll(0, AT_ONCE):
            one = self._watched.get(number)
            if one is not None:
                self._tell(one, events)

    def _tell(self, one: Watched, events: int) -> None:
        try:
            one.happened(events)
        except Exception:
            log.exception("a connection could not be attended to")
            one.abort()


def _system_select() -> Any:
    """Return the `select` module of the system, also in a cooperative process."""
    return eventlet.patcher.original("select")
