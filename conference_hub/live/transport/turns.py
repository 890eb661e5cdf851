"""What clients said, done in order for each of them, a few at a time, one packet of each in turn."""

from __future__ import annotations

import logging
from collections import deque
from typing import Any, Protocol

import eventlet

log = logging.getLogger(__name__)

TASKS = 16
"""Clients attended to at the same time; each may hold a connection to the database."""


class Speaker(Protocol):
    """Who said something: `inbox` has what is to be done, None while there is nothing and nobody does it."""

    inbox: deque[Any] | None

    def do(self, said: Any) -> None:
        """Do one thing."""


class Turns:
    """Starts a task while there is something to do, and none otherwise."""

    def __init__(self, tasks: int = TASKS) -> None:
        self._speakers: deque[Speaker] = deque()
        self._idle_tasks = tasks

    def add(self, speaker: Speaker, said: Any) -> None:
        """Do `said` after what the same speaker said before."""
        if speaker.inbox is not None:
            speaker.inbox.append(said)
            return
        speaker.inbox = deque([said])
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

    def _do_one(self, speaker: Speaker) -> None:
        inbox = speaker.inbox or deque()
        try:
            speaker.do(inbox.popleft())
        except Exception:
            log.exception("what a client said could not be done")
        if inbox:
            self._speakers.append(speaker)
        else:
            speaker.inbox = None
