"""What clients said, done in order for each of them, a few at a time, one packet of each in turn."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol

import eventlet

log = logging.getLogger(__name__)

JOINS = 64
"""Clients that join at the same time: they share readings of the database, so more of them cost fewer readings."""
TASKS = 16
"""Others attended to at the same time; each may hold a connection to the database."""


class Speaker(Protocol):
    """Who said something: `inbox` has what is to be done, None while there is nothing and nobody does it.

    `greeted` says whether the first thing, which joins, has been begun.
    """

    inbox: deque[Any] | None
    greeted: bool

    def do(self, said: Any) -> None:
        """Do one thing."""


class Turns:
    """Starts a task while there is something to do, and none otherwise: at most `joins` for the first of each client.

    `tasks` do what comes after it.
    """

    def __init__(self, tasks: int = TASKS, joins: int = JOINS) -> None:
        self._joining = _Line(joins, self._do_one)
        self._joined = _Line(tasks, self._do_one)

    def add(self, speaker: Speaker, said: Any) -> None:
        """Do `said` after what the same speaker said before."""
        if speaker.inbox is not None:
            speaker.inbox.append(said)
            return
        speaker.inbox = deque([said])
        self._let_wait(speaker)

    def _let_wait(self, speaker: Speaker) -> None:
        (self._joined if speaker.greeted else self._joining).add(speaker)

    def _do_one(self, speaker: Speaker) -> None:
        inbox = speaker.inbox or deque()
        try:
            speaker.do(inbox.popleft())
        except Exception:
            log.exception("what a client said could not be done")
        if inbox:
            self._let_wait(speaker)
        else:
            speaker.inbox = None


class _Line:
    """Speakers that wait, and at most `tasks` that attend to them, by `do_one`."""

    def __init__(self, tasks: int, do_one: Callable[[Speaker], None]) -> None:
        self._speakers: deque[Speaker] = deque()
        self._idle_tasks = tasks
        self._do_one = do_one

    def add(self, speaker: Speaker) -> None:
        """Let a speaker wait for its turn."""
        self._speakers.append(speaker)
        if self._idle_tasks:
            self._idle_tasks -= 1
            eventlet.spawn_n(self._work)

    def _work(self) -> None:
        try:
            while self._speakers:
                self._do_one(self._speakers.popleft())
                eventlet.sleep(0)
        finally:
            self._idle_tasks += 1
