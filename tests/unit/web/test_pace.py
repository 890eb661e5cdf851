"""How often one client may do something: so many times at once, then once in a while, and nothing refused counts."""

from __future__ import annotations

import pytest
from limits.storage import MemoryStorage

from conference_hub.core.errors import Invalid, TooMany
from conference_hub.web.pace import Pace, in_pace

PACE = Pace(at_once=3, every_s=2, window_s=600)


def waits(counters: MemoryStorage, times: int, name: str = "hall") -> list[object]:
    """Do something that often; return how long each has to wait, 0 where it was done."""
    found: list[object] = []
    for _ in range(times):
        try:
            with in_pace(PACE, counters, name):
                found.append(0)
        except TooMany as refusal:
            found.append(refusal.detail["wait"])
    return found


def test_pauses_begin_with_the_last_of_those_at_once() -> None:
    assert [PACE.pause_after(times) for times in range(1, 6)] == [0, 0, 2, 2, 2]


def test_who_comes_too_often_is_told_how_long_to_wait() -> None:
    assert waits(MemoryStorage(), 5) == [0, 0, 0, 2, 2]


def test_after_the_pause_one_more_goes_on() -> None:
    counters = MemoryStorage()
    waits(counters, 4)
    counters.clear("hall/pause")

    assert waits(counters, 2) == [0, 2]


def test_others_are_not_slowed_down() -> None:
    counters = MemoryStorage()
    waits(counters, 5)

    assert waits(counters, 3, name="home") == [0, 0, 0]


def test_what_is_refused_does_not_count() -> None:
    counters = MemoryStorage()
    for _ in range(9):
        with pytest.raises(Invalid), in_pace(PACE, counters, "hall"):
            raise Invalid("no")

    assert waits(counters, 4) == [0, 0, 0, 2]
