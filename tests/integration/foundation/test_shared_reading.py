"""Who asks at the same time shares one transaction, and nobody gets an answer that is older than the question."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.core import shared_reading
from conference_hub.core.actor import Actor
from conference_hub.core.entries import head
from conference_hub.core.errors import NotFound, Unavailable, msg
from conference_hub.core.shared_reading import MOST_QUESTIONS, MOST_TURNS, SharedReading
from conference_hub.core.stream import Stream
from conference_hub.web.hub import Hub
from tests.appending import append
from tests.model_day import CONF
from tests.services.machine import wait_until

PATIENCE_S = 20.0
Read = Callable[[Session], object]


class Held:
    """A question whose reading goes on until it is let go; `pool` asks the others meanwhile."""

    def __init__(self, reading: SharedReading, pool: ThreadPoolExecutor) -> None:
        self._reading, self._pool = reading, pool
        self._begun, self._go_on = threading.Event(), threading.Event()
        self._asking = threading.Semaphore(0)
        self.answer = pool.submit(reading.ask, "held", self._read)
        assert self._begun.wait(PATIENCE_S)

    def _read(self, _session: Session) -> str:
        self._begun.set()
        assert self._go_on.wait(PATIENCE_S)
        return "held"

    def ask(self, question: object, read: Read, times: int = 1) -> list[Future[object]]:
        """Ask, and return when all of them wait."""
        asked = [self._pool.submit(self._ask, question, read) for _ in range(times)]
        for _ in asked:
            assert self._asking.acquire(timeout=PATIENCE_S)
        return asked

    def _ask(self, question: object, read: Read) -> object:
        self._asking.release()
        return self._reading.ask(question, read)

    def let_go(self) -> None:
        self._go_on.set()


@pytest.fixture
def reading(hub: Hub) -> SharedReading:
    return SharedReading(hub.database)


@pytest.fixture
def held(reading: SharedReading) -> Iterator[Held]:
    with ThreadPoolExecutor(100) as pool:
        one = Held(reading, pool)
        yield one
        one.let_go()


def answers(asked: list[Future[object]]) -> list[object]:
    return [one.result(PATIENCE_S) for one in asked]


def test_who_asks_the_same_together_is_read_for_once(held: Held) -> None:
    read: list[int] = []

    def count(_session: Session) -> int:
        read.append(1)
        return len(read)

    asked = held.ask("same", count, times=40)
    held.let_go()

    assert set(answers(asked)) <= {1, 2}  # a thread that was slow to ask comes with the next round
    assert len(read) <= 2


@pytest.mark.parametrize(("coming", "turns"), [(0, 1), (3, 4), (1000, MOST_TURNS)])
def test_a_reading_begins_when_nobody_came_in_a_turn_of_the_others(
    reading: SharedReading, monkeypatch: pytest.MonkeyPatch, coming: int, turns: int
) -> None:
    taken, asked = list[int](), list[Future[object]]()

    def one_more_asks(_seconds: float) -> None:
        taken.append(1)
        if len(taken) <= coming:
            waiting = reading._next.asked
            asked.append(pool.submit(reading.ask, "same", lambda _session: "another"))
            wait_until(lambda: reading._next.asked > waiting, "one more waits")

    monkeypatch.setattr(shared_reading, "let_others_run", one_more_asks)
    with ThreadPoolExecutor(MOST_TURNS) as pool:
        first = reading.ask("same", lambda _session: "first")

    assert (first, answers(asked)) == ("first", ["first"] * min(coming, turns))
    assert len(taken) == turns


def test_answer_is_never_older_than_the_question(seeded: Hub, held: Held) -> None:
    def public_head(session: Session) -> int:
        return head(session, CONF, Stream.PUBLIC)

    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        append(write, Stream.PUBLIC, "Said", "word", {"word": {"said": "hello"}})
        now = write.heads[Stream.PUBLIC]
    asked = held.ask("head", public_head)
    held.let_go()

    assert answers(asked) == [now]


def test_refusal_of_one_question_is_its_own(held: Held) -> None:
    def refuse(_session: Session) -> None:
        raise NotFound(msg("그런 행사가 없습니다."))

    refused = held.ask("unknown", refuse, times=3)
    fine = held.ask("known", lambda _session: "fine")
    held.let_go()

    assert answers(fine) == ["fine"]
    for one in refused:
        with pytest.raises(NotFound):
            one.result(PATIENCE_S)


def test_failing_storage_fails_for_all_who_wait_and_not_for_those_after(
    reading: SharedReading, held: Held
) -> None:
    def fail(session: Session) -> None:
        session.execute(sa.text("SELECT 1 FROM nowhere"))

    failing = held.ask("broken", fail)
    held.let_go()

    with pytest.raises(sa.exc.DBAPIError):
        failing[0].result(PATIENCE_S)
    assert reading.ask("after", lambda _session: "fine") == "fine"


def test_storage_that_is_not_there_is_unavailable_to_all(
    hub: Hub, reading: SharedReading, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost() -> None:
        raise Unavailable(reason="lost")

    monkeypatch.setattr(hub.database, "_check_file", lost)
    with pytest.raises(Unavailable):
        reading.ask("anything", lambda _session: "fine")


def test_more_questions_than_fit_are_answered_in_turns_on_one_connection(
    hub: Hub, reading: SharedReading, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = hub.database.reading
    in_use, rounds = threading.Semaphore(1), list[int]()

    @contextmanager
    def alone() -> Iterator[Session]:
        assert in_use.acquire(blocking=False), "two readings at once"
        with opened() as session:
            yield session
        rounds.append(1)
        in_use.release()

    monkeypatch.setattr(hub.database, "reading", alone)
    count = MOST_QUESTIONS + 10
    together = threading.Barrier(count)

    def ask(number: int) -> int:
        together.wait(PATIENCE_S)
        return reading.ask(number, lambda _session: number)

    with ThreadPoolExecutor(count) as pool:
        assert list(pool.map(ask, range(count))) == list(range(count))
    assert len(rounds) >= 2
