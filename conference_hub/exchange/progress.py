"""Work that takes long, mostly on a file: it gives others their turn, says how far it is, and can be stopped.

What reads, compares and saves calls `in_turns`, `turn` and `reached`, and does not know who waits. Without
`following` around it the work pauses where there is a server, and nobody hears how far it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import Protocol, TypeVar

from flask import has_app_context

from conference_hub.web.hub import current_hub

ROWS_PER_TURN = 50

T = TypeVar("T")


class Step(StrEnum):
    """What long work does at present."""

    READING = "reading"
    COMPARING = "comparing"
    SAVING = "saving"


class Progress(Protocol):
    """Who follows the work. What a call raises stops the work."""

    def begin(self, step: Step, total: int) -> None:
        """Hear that a step begins, with so many rows or records to do."""

    def turn(self) -> None:
        """Give others their turn."""

    def reached(self, done: int) -> None:
        """Hear how many rows or records of the step are done."""

    def advanced(self, more: int) -> None:
        """Hear how many rows or records more are done."""


class _Alone:
    """Nobody follows: others have their turn where there is a server."""

    def begin(self, step: Step, total: int) -> None:
        pass

    def turn(self) -> None:
        if has_app_context():
            current_hub().pause()

    def reached(self, done: int) -> None:
        pass

    def advanced(self, more: int) -> None:
        pass


_FOLLOWER: ContextVar[Progress] = ContextVar("progress", default=_Alone())  # noqa: B039 - it holds nothing


@contextmanager
def following(progress: Progress) -> Iterator[None]:
    """Let `progress` follow the work of the block."""
    token = _FOLLOWER.set(progress)
    try:
        yield
    finally:
        _FOLLOWER.reset(token)


def begin(step: Step, total: int) -> None:
    """Say that a step begins."""
    _FOLLOWER.get().begin(step, total)


def reached(done: int) -> None:
    """Say how much of the step is done, and give others their turn."""
    follower = _FOLLOWER.get()
    follower.reached(done)
    follower.turn()


def advanced(more: int) -> None:
    """Say that so many more are done, and give others their turn."""
    follower = _FOLLOWER.get()
    follower.advanced(more)
    follower.turn()


def turn() -> None:
    """Give others their turn."""
    _FOLLOWER.get().turn()


def in_turns(items: Iterable[T]) -> Iterator[T]:
    """Yield the items, and give others their turn in between."""
    for number, item in enumerate(items, start=1):
        yield item
        if number % ROWS_PER_TURN == 0:
            turn()


def counted(step: Step, items: Sequence[T]) -> Iterator[T]:
    """Yield the items of a step in turns, and say how many are done."""
    begin(step, len(items))
    for number, item in enumerate(items, start=1):
        yield item
        if number % ROWS_PER_TURN == 0:
            reached(number)
