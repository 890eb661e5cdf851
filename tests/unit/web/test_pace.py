"""How often one client may do something: so many times at once, then once in a while, and nothing refused counts."""

from __future__ import annotations

import pytest

from conference_hub.core.errors import Invalid, TooMany
from conference_hub.web.counters import LocalCounters
from conference_hub.web.pace import Pace, in_pace

PACE = Pace(at_once=3, every_s=60, window_s=600)


def done(counters: LocalCounters, times: int, name: str = "hall") -> list[bool]:
    """Do something that often; return for each time whether it was done, and not told to wait for a while."""
    found = []
    for _ in range(times):
        try:
            with in_pace(PACE, counters, name):
                found.append(True)
        except TooMany as refusal:
            found.append(refusal.detail["wait"] not in range(1, PACE.every_s + 1))
    return found


def test_pauses_begin_with_the_last_of_those_at_once() -> None:
    assert [PACE.pause_after(times) for times in range(1, 6)] == [0, 0, 60, 60, 60]


def test_who_comes_too_often_is_told_how_long_to_wait() -> None:
    assert done(LocalCounters(), 5) == [True, True, True, False, False]


def test_after_the_pause_one_more_goes_on() -> None:
    counters = LocalCounters()
    done(counters, 4)
    counters.clear("hall/pause")

    assert done(counters, 2) == [True, False]


def test_others_are_not_slowed_down() -> None:
    counters = LocalCounters()
    done(counters, 5)

    assert done(counters, 3, name="home") == [True] * 3


def test_what_is_refused_does_not_count() -> None:
    counters = LocalCounters()
    for _ in range(9):
        with pytest.raises(Invalid), in_pace(PACE, counters, "hall"):
            raise Invalid("no")

    assert done(counters, 4) == [True, True, True, False]
