"""Minutes of attendance: the union of spans within the hours of the event."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference_hub.attendance.model import RemoteSpan, Source, SpanId, Watch
from conference_hub.attendance.spans import (
    NEVER,
    Attended,
    Passage,
    Span,
    attended,
    event_hours,
    hall_spans,
    merged,
    possible_minutes,
    remote_spans,
)
from conference_hub.people.model import GuestId

SEOUL = ZoneInfo("Asia/Seoul")
START = datetime(2026, 12, 3, 13, 0, tzinfo=SEOUL)
END = START + timedelta(hours=4)
HOURS = [(START, END)]


def at(minute: float) -> datetime:
    return START + timedelta(minutes=minute)


def span(since: float, until: float, source: Source = Source.SCAN) -> Span:
    return Span(began_at=at(since), ended_at=at(until), source=source)


def going(minute: float) -> Passage:
    return Passage(at=at(minute), inward=True)


def leaving(minute: float) -> Passage:
    return Passage(at=at(minute), inward=False)


def stays(*passages: Passage, now: float = 500) -> list[Span]:
    return list(hall_spans(passages, HOURS, at(now)))


def test_a_stay_lasts_from_the_first_admission_to_the_exit() -> None:
    assert stays(going(5), going(9), leaving(60)) == [span(5, 60)]


def test_passages_count_in_the_order_in_which_they_happened() -> None:
    assert stays(leaving(60), going(90), going(5), now=100) == [span(5, 60), span(90, 100)]


def test_who_did_not_go_out_stayed_until_the_end_or_until_now() -> None:
    assert stays(going(5)) == [span(5, 240)]
    assert stays(going(5), now=30) == [span(5, 30)]


def test_an_exit_without_an_admission_is_no_stay() -> None:
    assert stays(leaving(5)) == []


def test_a_night_between_two_days_does_not_count() -> None:
    hours = event_hours(START, END + timedelta(days=1), SEOUL)
    found = hall_spans([going(5), going(24 * 60 + 10)], hours, at(10_000))
    assert list(found) == [span(5, 240), span(24 * 60 + 10, 24 * 60 + 240)]


@pytest.mark.parametrize(
    ("starts", "ends", "count", "minutes"),
    [
        (START, END, 1, 240),
        (START, END + timedelta(days=2), 3, 720),
        (datetime(2026, 12, 3, 23, 30, tzinfo=SEOUL), datetime(2026, 12, 4, 0, 20, tzinfo=SEOUL), 1, 50),
        (datetime(2026, 12, 3, 20, tzinfo=SEOUL), datetime(2026, 12, 5, 2, tzinfo=SEOUL), 1, 1800),
    ],
)
def test_hours_of_an_event_are_one_span_or_one_a_day(
    starts: datetime, ends: datetime, count: int, minutes: int
) -> None:
    hours = event_hours(starts.astimezone(UTC), ends.astimezone(UTC), SEOUL)
    assert (len(hours), possible_minutes(hours)) == (count, minutes)


def test_daily_hours_follow_the_local_clock_over_a_change_of_it() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    hours = event_hours(
        datetime(2026, 10, 24, 9, tzinfo=berlin), datetime(2026, 10, 25, 17, tzinfo=berlin), berlin
    )
    assert [(since.astimezone(UTC).hour, until.astimezone(UTC).hour) for since, until in hours] == [
        (7, 15),
        (8, 16),
    ]


def test_hall_and_phone_count_once() -> None:
    spans = [span(10, 70), span(60, 100, Source.SOCKET), span(100, 130, Source.ZOOM)]
    assert attended(spans, HOURS) == Attended(
        minutes=120,
        first_in=at(10),
        last_out=at(130),
        sources=frozenset({Source.SCAN, Source.SOCKET, Source.ZOOM}),
    )


def test_what_lies_outside_the_hours_does_not_count() -> None:
    assert attended([span(-30, 10), span(230, 300)], HOURS).minutes == 20
    assert attended([span(-30, -5), span(250, 300)], HOURS) == NEVER


def test_a_lost_connection_of_less_than_two_minutes_is_no_gap() -> None:
    assert attended([span(0, 10, Source.SOCKET), span(11.5, 20, Source.SOCKET)], HOURS).minutes == 20
    assert attended([span(0, 10, Source.SOCKET), span(12, 20, Source.SOCKET)], HOURS).minutes == 18
    assert attended([span(0, 10), span(11.5, 20)], HOURS).minutes == 18


def test_time_without_watching_counts_where_organisers_want_it() -> None:
    spans = [
        RemoteSpan(
            id=SpanId(watch),
            guest_id=GuestId("a"),
            watch=watch,
            source=Source.SOCKET,
            began_at=at(since),
            seen_at=at(since),
            ended_at=None if until is None else at(until),
        )
        for watch, since, until in (
            (Watch.CONNECTED, 0, 30),
            (Watch.IDLE, 30, 90),
            (Watch.CONNECTED, 90, None),
        )
    ]
    assert attended(remote_spans(spans, at(100), idle=True), HOURS).minutes == 100
    assert attended(remote_spans(spans, at(100), idle=False), HOURS).minutes == 40


MINUTES = st.integers(-100, 400)
SPANS = st.lists(
    st.builds(span, MINUTES, MINUTES, st.sampled_from([Source.SCAN, Source.ZOOM, Source.STAFF])), max_size=12
)


@given(SPANS)
def test_minutes_are_those_in_which_some_span_is_open(spans: list[Span]) -> None:
    there = {
        minute
        for minute in range(240)
        if any(one.began_at <= at(minute) and at(minute + 1) <= one.ended_at for one in spans)
    }
    assert attended(spans, HOURS).minutes == len(there)


@given(SPANS)
def test_a_union_is_in_order_without_overlaps_and_merging_it_again_changes_nothing(spans: list[Span]) -> None:
    union = merged((one.began_at, one.ended_at) for one in spans)
    assert all(until < since for (_, until), (since, _) in itertools.pairwise(union))
    assert merged(reversed(union)) == union
