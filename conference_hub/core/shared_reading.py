"""One reading transaction for all who ask at the same time: a crowd costs one connection and few statements.

Who asks while a reading is under way waits for the next one, together with all who come until it begins; it begins when
others had their turn and nobody came of it. So nobody gets an answer that is older than their question, and at most one
connection is used at any time, however many ask.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from conference_hub.core.batches import let_others_run
from conference_hub.core.db import Database
from conference_hub.core.errors import Unavailable

T = TypeVar("T")
Read = Callable[[Session], Any]

MOST_QUESTIONS = 64
"""Different questions that one transaction answers at most; others have their turn before the next one."""
MOST_TURNS = 8
"""Turns that others get at most before a reading begins, while a crowd comes."""


class SharedReading:
    """Reads from one database for many who ask, in their threads or greenlets."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        self._next = _Round()

    def ask(self, question: Hashable, read: Callable[[Session], T]) -> T:
        """Return what `read` finds in a transaction that begins after this call; raises what it raises.

        Equal questions have one answer: `read` is called for one of those who ask the same together, and must depend
        on nothing but the question and the database. Raises Unavailable when the storage does not work.
        """
        with self._lock:
            if len(self._next.questions) >= MOST_QUESTIONS and question not in self._next.questions:
                self._next = _Round()
            mine, first = self._next, not self._next.questions
            mine.questions.setdefault(question, read)
            mine.asked += 1
        if first:
            self._answer(mine)
        else:
            mine.answered.wait()
        return cast("T", mine.answer_to(question))

    def _answer(self, mine: _Round) -> None:
        """Wait for the reading before, let others join, and read for all of them."""
        try:
            with self._turn:
                _let_others_ask(mine)
                with self._lock:
                    if self._next is mine:
                        self._next = _Round()
                mine.read(self._database)
        finally:
            with self._lock:
                if self._next is mine:
                    self._next = _Round()
            mine.answered.set()


def _let_others_ask(mine: _Round) -> None:
    """Give the others a turn, and another one as long as somebody comes of it."""
    asked = 0
    for _ in range(MOST_TURNS):
        if mine.asked == asked:
            return
        asked = mine.asked
        let_others_run(0)


@dataclass(frozen=True, kw_only=True)
class _Failed:
    error: Exception


class _Round:
    """Those who share one transaction: what they ask, how many they are, and what was found."""

    def __init__(self) -> None:
        self.questions: dict[Hashable, Read] = {}
        self.asked = 0
        self.answered = threading.Event()
        self._answers: dict[Hashable, Any] = {}
        self._failure: Exception | None = None

    def read(self, database: Database) -> None:
        """Answer every question; an error that is not the storage's concerns its question only."""
        try:
            with database.reading() as session:
                for question, read in self.questions.items():
                    self._answers[question] = _answer(read, session)
        except Exception as error:  # noqa: BLE001 - each of those who wait raises it
            self._failure = error

    def answer_to(self, question: Hashable) -> Any:
        """Return the answer; raises what the question or the whole transaction failed with."""
        if question not in self._answers:
            raise self._failure or Unavailable(reason="lost")
        found = self._answers[question]
        if isinstance(found, _Failed):
            raise found.error.with_traceback(None)  # each of those who ask would add to it
        return found


def _answer(read: Read, session: Session) -> Any:
    try:
        return read(session)
    except (DBAPIError, Unavailable):
        raise
    except Exception as error:  # noqa: BLE001 - who asked raises it
        return _Failed(error=error)
