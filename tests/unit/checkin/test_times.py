"""Which time of a device is believed, and how its clock is corrected."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference_hub.checkin.model import Claim, Doubt
from conference_hub.checkin.times import AHEAD_ALLOWED, OFFLINE_ALLOWED, EventTime, event_time

NOW = datetime(2021, 12, 2, 1, 0, tzinfo=UTC)
PAIRED = NOW - timedelta(hours=3)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


def claim(at: datetime, sent_at: datetime | None = None, paired_at: datetime = PAIRED) -> Claim:
    return Claim(at=at, sent_at=sent_at, paired_at=paired_at, kept_for=OFFLINE_ALLOWED)


def test_a_scan_without_a_time_happens_now() -> None:
    assert event_time(None, NOW) == EventTime(at=NOW)


def test_a_time_within_bounds_is_believed() -> None:
    at = NOW - 20 * MINUTE

    assert event_time(claim(at), NOW) == EventTime(at=at, claimed_at=at)


@pytest.mark.parametrize("skew", [timedelta(hours=-9), -MINUTE, MINUTE, timedelta(hours=9)])
def test_a_clock_that_is_off_is_corrected_by_the_time_of_sending(skew: timedelta) -> None:
    claimed, sent = NOW - 20 * MINUTE - skew, NOW - skew

    assert event_time(claim(claimed, sent), NOW) == EventTime(at=NOW - 20 * MINUTE, claimed_at=claimed)


def test_a_clock_that_is_off_by_years_is_not_corrected() -> None:
    claimed, sent = NOW - timedelta(days=400, minutes=20), NOW - timedelta(days=400)

    expected = EventTime(at=NOW, claimed_at=claimed, doubted=Doubt.BEFORE_PAIRING)
    assert event_time(claim(claimed, sent), NOW) == expected


def test_a_time_a_little_ahead_is_now() -> None:
    at = NOW + AHEAD_ALLOWED

    assert event_time(claim(at), NOW) == EventTime(at=NOW, claimed_at=at)


@pytest.mark.parametrize(
    ("at", "paired_at", "doubted"),
    [
        (NOW + AHEAD_ALLOWED + SECOND, PAIRED, Doubt.FUTURE),
        (PAIRED - SECOND, PAIRED, Doubt.BEFORE_PAIRING),
        (NOW - OFFLINE_ALLOWED - SECOND, NOW - timedelta(days=9), Doubt.TOO_OLD),
    ],
)
def test_a_time_out_of_bounds_is_kept_but_the_servers_is_used(
    at: datetime, paired_at: datetime, doubted: Doubt
) -> None:
    expected = EventTime(at=NOW, claimed_at=at, doubted=doubted)

    assert event_time(claim(at, paired_at=paired_at), NOW) == expected


@pytest.mark.parametrize(
    ("at", "paired_at"), [(PAIRED, PAIRED), (NOW - OFFLINE_ALLOWED, NOW - OFFLINE_ALLOWED)]
)
def test_the_bounds_belong_to_what_is_believed(at: datetime, paired_at: datetime) -> None:
    assert event_time(claim(at, paired_at=paired_at), NOW) == EventTime(at=at, claimed_at=at)


@given(
    at_s=st.integers(-(10**8), 10**8),
    sent_s=st.none() | st.integers(-(10**8), 10**8),
    paired_s=st.integers(0, 10**6),
)
def test_the_used_time_is_never_out_of_bounds(at_s: int, sent_s: int | None, paired_s: int) -> None:
    paired_at = NOW - paired_s * SECOND
    sent_at = None if sent_s is None else NOW + sent_s * SECOND

    found = event_time(claim(NOW + at_s * SECOND, sent_at, paired_at), NOW)

    assert max(paired_at, NOW - OFFLINE_ALLOWED) <= found.at <= NOW
    assert found.doubted is None or found.at == NOW
