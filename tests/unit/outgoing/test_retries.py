"""When webhooks try again, and when they stop."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from conference_hub.outgoing import retries
from conference_hub.outgoing.model import HookState
from conference_hub.outgoing.retries import Delivered, Failed
from tests.unit.outgoing.hooks import AT, HOOK

CLAIMED = replace(HOOK, lease="mine", leased_until=AT + retries.LEASE, attempts=1, trying_since=AT)
FAILED = Failed(error="HTTP 503", status=503)


def test_claim_begins_an_attempt() -> None:
    assert retries.claim(HOOK, "mine", AT) == CLAIMED
    assert retries.claim(CLAIMED, "other", AT + timedelta(minutes=1)).trying_since == AT


def test_what_arrived_moves_the_webhook_on() -> None:
    later = AT + timedelta(seconds=2)
    trying = replace(CLAIMED, last_error="timed out", attempts=4)

    assert retries.settle(trying, 9, Delivered(status=204), later) == replace(
        HOOK, position=9, next_try_at=later
    )


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 1), (2, 2), (3, 4), (8, 128), (11, 1024), (12, 1800), (99, 1800)]
)
def test_failure_waits_for_a_growing_pause(attempts: int, seconds: int) -> None:
    settled = retries.settle(replace(CLAIMED, attempts=attempts), 9, FAILED, AT)

    assert settled == replace(
        HOOK,
        attempts=attempts,
        trying_since=AT,
        last_error="HTTP 503",
        next_try_at=AT + timedelta(seconds=seconds),
    )


@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [
        ("", 0),
        ("120", 120),
        (" 0 ", 0),
        ("86400", 1800),
        ("9" * 400, 1800),
        ("-5", 0),
        ("1.5", 0),
        ("soon", 0),
        ("٣", 0),
        ("Thu, 02 Dec 2021 00:21:30 GMT", 90),
        ("Thursday, 02-Dec-21 00:21:30 GMT", 90),
        ("Thu, 02 Dec 2021 09:21:30 +0900", 90),
        ("Thu, 02 Dec 2021 00:21:30 -0000", 90),
        ("Thu, 02 Dec 2021 00:10:00 GMT", 0),
        ("Thu, 02 Dec 2061 00:10:00 GMT", 1800),
        ("Thu, 99 Dec 2021 00:10:00 GMT", 0),
    ],
)
def test_receiver_says_how_long_to_wait_in_seconds_or_until_when(retry_after: str, seconds: int) -> None:
    assert retries.asked_pause(retry_after, AT) == timedelta(seconds=seconds)


@pytest.mark.parametrize(("retry_after", "seconds"), [("5", 128), ("300", 300), ("7200", 1800)])
def test_pause_is_the_longer_one_of_ours_and_theirs(retry_after: str, seconds: int) -> None:
    failed = replace(FAILED, retry_after=retry_after)

    settled = retries.settle(replace(CLAIMED, attempts=8), 9, failed, AT)
    assert settled.next_try_at == AT + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("outcome", "after", "state"),
    [
        (FAILED, timedelta(days=3) - timedelta(seconds=1), HookState.ON),
        (FAILED, timedelta(days=3), HookState.DEAD),
        (Failed(error="HTTP 410", status=410), timedelta(0), HookState.DEAD),
    ],
)
def test_webhook_stops_after_three_days_or_when_the_receiver_is_gone(
    outcome: Failed, after: timedelta, state: HookState
) -> None:
    settled = retries.settle(CLAIMED, 9, outcome, AT + after)

    assert (settled.state, settled.position, settled.lease) == (state, 3, None)


def test_resumed_webhook_begins_afresh() -> None:
    dead = replace(CLAIMED, state=HookState.DEAD, last_error="HTTP 503", attempts=30)

    assert retries.resumed(dead, 5, AT) == replace(HOOK, position=5)
    assert retries.paused(CLAIMED) == replace(HOOK, state=HookState.PAUSED, attempts=1, trying_since=AT)
