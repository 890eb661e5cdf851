"""Durations and times of day: one meaning each, never zero, never a second off, never a crash (case 23)."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference_hub.exchange.faults import CellError
from conference_hub.exchange.moments import ClockTime, StartCell, at_clock, roll_nights
from conference_hub.exchange.spans import read_clock, read_duration, write_duration
from tests.unit.exchange.toys import CONTEXT

SEOUL = ZoneInfo("Asia/Seoul")
HOUR, MINUTE = 3600, 60


@pytest.mark.parametrize(
    ("raw", "seconds"),
    [
        (60, HOUR),
        (60.0, HOUR),
        ("60", HOUR),
        ("1.5", 90),
        ("8:30", 8 * MINUTE + 30),
        ("24:30", 24 * MINUTE + 30),
        ("1:30:00", 90 * MINUTE),
        ("오전 8:30", 8 * HOUR + 30 * MINUTE),
        (0.3541666, 8 * HOUR + 30 * MINUTE),
        (0.3541666666666667, 8 * HOUR + 30 * MINUTE),
        ("0.3541666", 8 * HOUR + 30 * MINUTE),
        (1.0416, 25 * HOUR),
        (1.0416666666666667, 25 * HOUR),
        (time(0, 10), 10 * MINUTE),
        (timedelta(hours=25), 25 * HOUR),
        (datetime(1899, 12, 30, 14, 0), 14 * HOUR),  # noqa: DTZ001 - as openpyxl gives it
        ("1899-12-30 14:00", 14 * HOUR),
        ("10분", 10 * MINUTE),
        ("1시간 5분", 65 * MINUTE),
        ("1h 5m", 65 * MINUTE),
        ("90초", 90),
        ("10′", 10 * MINUTE),
        ("5'", 5 * MINUTE),
        ("5’", 5 * MINUTE),
        ("5'30\"", 5 * MINUTE + 30),
        ("5'30''", 5 * MINUTE + 30),
        ("30''", 30),
        ("5분간", 5 * MINUTE),
        ("5 min.", 5 * MINUTE),
        ("0:05:00", 5 * MINUTE),
        (time(0, 5), 5 * MINUTE),
    ],
)
def test_duration_has_one_meaning(raw: Any, seconds: int) -> None:
    assert read_duration(raw) == seconds


@pytest.mark.parametrize(
    ("raw", "seconds"),
    [
        ("8:30", 8 * HOUR + 30 * MINUTE),
        ("오전 8:30", 8 * HOUR + 30 * MINUTE),
        ("오후 2:00", 14 * HOUR),
        ("오전 12:10", 10 * MINUTE),
        ("오후 12:10", 12 * HOUR + 10 * MINUTE),
        ("2:05 PM", 14 * HOUR + 5 * MINUTE),
        ("24:30", 24 * HOUR + 30 * MINUTE),
        ("25:00", 25 * HOUR),
        ("익일 00:10", 24 * HOUR + 10 * MINUTE),
        ("(익일) 00:10", 24 * HOUR + 10 * MINUTE),
        ("다음날 오전 0:10", 24 * HOUR + 10 * MINUTE),
        ("00:10 (+1일)", 24 * HOUR + 10 * MINUTE),
        ("00:10 +1", 24 * HOUR + 10 * MINUTE),
        ("next day 12:10 AM", 24 * HOUR + 10 * MINUTE),
        ("익일 24:10", 24 * HOUR + 10 * MINUTE),
        ("9시 30분", 9 * HOUR + 30 * MINUTE),
        ("오후 3시 반", 15 * HOUR + 30 * MINUTE),
        (0.3541666, 8 * HOUR + 30 * MINUTE),
        (0.5, 12 * HOUR),
        (1.0416, 25 * HOUR),
        (time(9, 20), 9 * HOUR + 20 * MINUTE),
        (datetime(1899, 12, 30, 14, 0), 14 * HOUR),  # noqa: DTZ001 - as openpyxl gives it
        ("1899-12-30 14:00", 14 * HOUR),
    ],
)
def test_time_of_day_has_one_meaning(raw: Any, seconds: int) -> None:
    assert read_clock(raw) == seconds


@pytest.mark.parametrize(
    "raw", ["", None, True, 0, "0", "0:00", -5, "soon", "8:77", "1:2:3:4", 10**9, "1e400"]
)
def test_duration_that_is_none_is_refused(raw: Any) -> None:
    with pytest.raises(CellError):
        read_duration(raw)


@pytest.mark.parametrize(
    "raw",
    ["", None, False, 60, "60", "99:00", "오전 13:00", "13:00 AM", "later", "9시 70분", "익일", "00:10 +10"],
)
def test_time_of_day_that_is_none_is_refused(raw: Any) -> None:
    with pytest.raises(CellError):
        read_clock(raw)


@given(st.integers(1, 7 * 86_400))
def test_written_duration_is_read_again(seconds: int) -> None:
    assert read_duration(write_duration(seconds)) == seconds


@given(st.integers(0, 2 * 86_400 - 1))
def test_written_time_of_day_is_read_again(seconds: int) -> None:
    hours, minutes, left = seconds // 3600, seconds // 60 % 60, seconds % 60
    assert read_clock(f"{hours:02}:{minutes:02}:{left:02}") == seconds


@given(st.one_of(st.text(), st.floats(), st.integers(), st.times(), st.datetimes(), st.timedeltas()))
def test_nothing_crashes_a_reader(raw: Any) -> None:
    for read in (read_duration, read_clock):
        with suppress(CellError):
            assert isinstance(read(raw), int)


def clocks(*texts: str) -> list[int]:
    return [read_clock(text) for text in texts]


def test_times_over_midnight_are_one_night() -> None:
    assert roll_nights(date(2026, 12, 2), clocks("23:40", "00:05", "00:30"), SEOUL) == [
        datetime(2026, 12, 2, 14, 40, tzinfo=UTC),
        datetime(2026, 12, 2, 15, 5, tzinfo=UTC),
        datetime(2026, 12, 2, 15, 30, tzinfo=UTC),
    ]


def test_time_that_goes_back_is_an_error_of_its_row() -> None:
    assert roll_nights(date(2026, 12, 2), clocks("23:40", "00:05", "23:50"), SEOUL) == [
        datetime(2026, 12, 2, 14, 40, tzinfo=UTC),
        datetime(2026, 12, 2, 15, 5, tzinfo=UTC),
        None,
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ("23:50", "24:10", "25:00", "02:00"),
        ("23:50", "익일 00:10", "익일 01:00", "익일 02:00"),
        ("23:50", "00:10", "25:00", "02:00"),
    ],
)
def test_hours_of_a_night_are_one_night_however_they_are_written(texts: tuple[str, ...]) -> None:
    assert roll_nights(date(2026, 12, 2), clocks(*texts), SEOUL) == [
        datetime(2026, 12, 2, 14, 50, tzinfo=UTC),
        datetime(2026, 12, 2, 15, 10, tzinfo=UTC),
        datetime(2026, 12, 2, 16, 0, tzinfo=UTC),
        datetime(2026, 12, 2, 17, 0, tzinfo=UTC),
    ]


@pytest.mark.parametrize(
    ("text", "start", "lasts_s"),
    [
        ("09:20~09:30", 9 * HOUR + 20 * MINUTE, 10 * MINUTE),
        ("23:50 – 00:20", 23 * HOUR + 50 * MINUTE, 30 * MINUTE),
        ("오전 9:20-오전 10:00", 9 * HOUR + 20 * MINUTE, 40 * MINUTE),
        ("09:20~09:20", 9 * HOUR + 20 * MINUTE, None),
        ("09:20", 9 * HOUR + 20 * MINUTE, None),
    ],
)
def test_start_may_stand_with_its_end(text: str, start: int, lasts_s: int | None) -> None:
    assert StartCell().read(text, CONTEXT).value == ClockTime(seconds=start, lasts_s=lasts_s)


@pytest.mark.parametrize("text", ["09:20~", "~09:30", "09:20~곧", "9~10"])
def test_start_with_an_end_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(CellError):
        StartCell().read(text, CONTEXT)


def test_hours_beyond_midnight_are_of_the_next_day() -> None:
    assert at_clock(date(2026, 12, 2), read_clock("24:30"), SEOUL) == datetime(
        2026, 12, 2, 15, 30, tzinfo=UTC
    )
