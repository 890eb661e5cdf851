"""Instants as people read them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from conference_hub.core.time_words import clock_beside, mark_day, name_zone, write_clock, write_day

SEOUL = ZoneInfo("Asia/Seoul")
EVENING_BEFORE = datetime(2021, 12, 1, 23, 5, tzinfo=UTC)


def test_a_day_is_that_of_the_event_zone_in_both_languages() -> None:
    assert write_day(EVENING_BEFORE, SEOUL, "ko") == "2021년 12월 2일 (목)"
    assert write_day(EVENING_BEFORE, SEOUL, "en") == "Thu 2 December 2021"


def test_a_clock_has_24_hours() -> None:
    assert write_clock(datetime(2021, 12, 2, 5, 0, tzinfo=UTC), SEOUL) == "14:00"


@pytest.mark.parametrize(
    ("zone", "korean", "english"),
    [
        ("Asia/Seoul", "한국 표준시", "Korea Standard Time"),
        ("Europe/Berlin", "중부유럽 시간", "Central European Time"),
        ("America/New_York", "미 동부 시간", "Eastern Time"),
        ("UTC", "협정 세계시(UTC)", "Coordinated Universal Time"),
        ("Etc/GMT+5", "Etc/GMT+5", "Etc/GMT+5"),
    ],
)
def test_a_zone_has_a_name_in_both_languages(zone: str, korean: str, english: str) -> None:
    assert (name_zone(ZoneInfo(zone), "ko"), name_zone(ZoneInfo(zone), "en")) == (korean, english)


@pytest.mark.parametrize(
    ("at", "ko", "en"),
    [
        (datetime(2021, 12, 2, 14, 50, tzinfo=UTC), "23:50", "23:50"),
        (datetime(2021, 12, 2, 15, 20, tzinfo=UTC), "00:20 (+1일)", "00:20 (+1 day)"),
        (datetime(2021, 12, 4, 0, 0, tzinfo=UTC), "09:00 (+2일)", "09:00 (+2 days)"),
        (datetime(2021, 12, 1, 14, 59, tzinfo=UTC), "23:59 (−1일)", "23:59 (−1 day)"),
        (datetime(2021, 12, 9, 0, 0, tzinfo=UTC), "2021년 12월 9일 (목) 09:00", "Thu 9 December 2021 09:00"),
    ],
)
def test_time_of_another_day_says_so(at: datetime, ko: str, en: str) -> None:
    opening = datetime(2021, 12, 2, 0, 20, tzinfo=UTC)

    assert clock_beside(at, opening, SEOUL, "ko") == ko
    assert clock_beside(at, opening.astimezone(SEOUL).date(), SEOUL, "en") == en


def test_days_are_those_of_the_calendar_also_where_one_has_25_hours() -> None:
    paris = ZoneInfo("Europe/Paris")
    opening = datetime(2021, 10, 31, 0, 15, tzinfo=paris)

    assert mark_day(datetime(2021, 10, 31, 23, 30, tzinfo=paris), opening, paris, "en") == ""
    assert mark_day(datetime(2021, 11, 1, 0, 30, tzinfo=paris), opening, paris, "en") == "+1 day"
