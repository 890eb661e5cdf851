"""Turns: so many at once, the others in order, and a bound on who may wait."""

from __future__ import annotations

import threading

import pytest

from conference_hub.access.passwords import in_turn
from conference_hub.access.turns import QueueFull, Turns
from conference_hub.web.hub import call_here


class Crowd:
    """Workers that hold a turn until told to let go, and note the order in which they got it."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self.began: list[int] = []
        self.let_go = {n: threading.Event() for n in range(5)}
        self._began = {n: threading.Event() for n in range(5)}

    def send(self, n: int) -> threading.Thread:
        thread = threading.Thread(target=self._work, args=(n,))
        thread.start()
        return thread

    def wait_until_begun(self, n: int) -> None:
        assert self._began[n].wait(10)

    def wait_until_queued(self, count: int) -> None:
        waited = threading.Event()
        while len(self._turns._queue) < count:
            waited.wait(0.005)

    def _work(self, n: int) -> None:
        with self._turns.turn():
            self.began.append(n)
            self._began[n].set()
            assert self.let_go[n].wait(10)


def test_those_who_wait_get_their_turn_in_order_one_at_a_time() -> None:
    crowd = Crowd(Turns(at_once=1, waiting=3))
    threads = [crowd.send(0)]
    crowd.wait_until_begun(0)
    for n in (1, 2, 3):
        threads.append(crowd.send(n))
        crowd.wait_until_queued(n)
    seen = []
    for n in range(4):
        crowd.wait_until_begun(n)
        seen.append(list(crowd.began))
        crowd.let_go[n].set()
    for thread in threads:
        thread.join(10)

    assert seen == [[0], [0, 1], [0, 1, 2], [0, 1, 2, 3]]


def test_full_queue_refuses_the_next() -> None:
    turns = Turns(at_once=1, waiting=0)

    with turns.turn(), pytest.raises(QueueFull), turns.turn():
        pass


def test_a_turn_ends_when_its_work_fails() -> None:
    turns = Turns(at_once=1, waiting=0)
    with pytest.raises(ValueError, match="broken"), turns.turn():
        raise ValueError("broken")

    with turns.turn():
        pass


def test_work_in_turn_gives_its_result_back() -> None:
    assert in_turn(call_here, max, 1, 2) == 2
