"""A token bucket: a burst, then so much a second, and never more than the burst."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from conference_hub.live.transport.bucket import Bucket, Rate

RATE = Rate(burst=3, per_s=2)


def test_take_allows_the_burst_and_then_the_rate() -> None:
    bucket = Bucket(RATE, at=10.0)

    taken = [bucket.take(1, at) for at in (10.0, 10.0, 10.0, 10.0, 10.4, 10.5, 10.9, 11.0)]

    assert taken == [True, True, True, False, False, True, False, True]


def test_full_after_the_time_that_gives_everything_back() -> None:
    bucket = Bucket(RATE, at=0.0)
    bucket.take(3, 0.0)

    assert [bucket.full(at) for at in (0.0, 1.4, 1.5, 9.0)] == [False, False, True, True]


@given(st.lists(st.tuples(st.floats(0, 5), st.floats(-1, 2)), max_size=50))
def test_take_never_gives_more_than_burst_and_rate_allow(asked: list[tuple[float, float]]) -> None:
    at = latest = 0.0
    bucket, given_out = Bucket(RATE, at), 0.0
    for amount, later in asked:
        at += later
        latest = max(latest, at)
        given_out += amount if bucket.take(amount, at) else 0.0

    assert given_out <= RATE.burst + latest * RATE.per_s + 1e-6
