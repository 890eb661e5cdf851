"""Things happen after their delay, in order, some at a time."""

from __future__ import annotations

from functools import partial

from conference_hub.live.transport.rounds import Delay


def test_what_is_due_is_done_in_order_and_the_rest_waits() -> None:
    done: list[int] = []
    delay = Delay(10.0)
    for number in range(5):
        delay.add(partial(done.append, number), float(number))

    assert not delay.turn(9.9)
    assert done == []
    assert not delay.turn(12.0)
    assert done == [0, 1, 2]


def test_others_have_their_turn_after_some() -> None:
    done: list[int] = []
    delay = Delay(1.0)
    for number in range(5):
        delay.add(partial(done.append, number), 0.0)

    assert delay.turn(1.0, most=3), "more is due"
    assert done == [0, 1, 2]
    assert not delay.turn(1.0, most=3)
    assert done == [0, 1, 2, 3, 4]
