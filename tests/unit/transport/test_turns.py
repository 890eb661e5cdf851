"""What clients said is done in order, each client in turn, a few at a time."""

from __future__ import annotations

from collections import Counter, deque
from typing import Any, ClassVar

import eventlet

from conference_hub.live.transport.turns import Turns


class Speaker:
    """Does what it says by waiting a moment."""

    def __init__(self, name: str, done: list[str], *, greeted: bool = True) -> None:
        self.inbox: deque[Any] | None = None
        self.greeted = greeted
        self._name = name
        self._done = done
        self.busy = 0

    def do(self, said: Any) -> None:
        self.busy += 1
        assert self.busy == 1, "two at a time"
        self.greeted = True
        eventlet.sleep(0)
        self.busy -= 1
        if said == "bad":
            raise ValueError
        self._done.append(f"{self._name}{said}")


def _finish(speakers: list[Speaker]) -> None:
    while any(one.inbox is not None for one in speakers):
        eventlet.sleep(0)


def test_each_speaker_is_done_in_order_and_others_have_their_turn() -> None:
    done: list[str] = []
    turns = Turns(tasks=1)
    a, b = Speaker("a", done), Speaker("b", done)
    for number in range(3):
        turns.add(a, number)
    turns.add(b, 0)

    _finish([a, b])

    assert done == ["a0", "b0", "a1", "a2"]


def test_one_speaker_is_never_done_by_two_tasks() -> None:
    done: list[str] = []
    turns = Turns(tasks=4)
    speakers = [Speaker(name, done) for name in "abcdef"]
    for number in range(5):
        for one in speakers:
            turns.add(one, number)
        eventlet.sleep(0)

    _finish(speakers)

    assert sorted(done) == sorted(f"{name}{number}" for name in "abcdef" for number in range(5))
    for name in "abcdef":
        assert [one for one in done if one[0] == name] == [f"{name}{number}" for number in range(5)]


def test_what_fails_stops_nobody() -> None:
    done: list[str] = []
    turns = Turns(tasks=1)
    a = Speaker("a", done)
    turns.add(a, "bad")
    turns.add(a, 1)

    _finish([a])
    turns.add(a, 2)
    _finish([a])

    assert done == ["a1", "a2"]


class Counted(Speaker):
    """Notes how many do something at the same time, first things and later ones apart."""

    now: ClassVar[Counter[str]] = Counter()
    most: ClassVar[Counter[str]] = Counter()

    def do(self, said: Any) -> None:
        kind = "later" if self.greeted else "first"
        self.now[kind] += 1
        self.most[kind] = max(self.most[kind], self.now[kind])
        super().do(said)
        self.now[kind] -= 1


def test_those_who_join_have_tasks_of_their_own_and_what_they_say_then_has_not() -> None:
    done: list[str] = []
    turns = Turns(tasks=2, joins=5)
    speakers = [Counted(name, done, greeted=False) for name in "abcdefgh"]
    for number in range(3):
        for one in speakers:
            turns.add(one, number)

    _finish([*speakers])

    assert (Counted.most["first"], Counted.most["later"]) == (5, 2)
    for name in "abcdefgh":
        assert [one for one in done if one[0] == name] == [f"{name}{number}" for number in range(3)]
