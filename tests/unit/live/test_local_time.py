"""Instants as people read them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from conference_hub.web.local_time import name_zone, write_clock, write_day

SEOUL = ZoneInfo("Asia/Seoul")
EVENING_BEFORE = datetime(2021, 12, 1, 23, 5, tzinfo=UTC)


def test_a_day_is_that_of_the_event_zone_in_both_languages() -> None:
    assert write_day(EVENING_BEFORE, SEOUL, "ko") == "2021년 12월 2일 (목)"
    assert write_day(EVENING_BEFORE, SEOUL, "en") == "Thu 2 December 2021"


def test_a_clock_has_24_hours() -> None:
    assert write_clock(datetime(2021, 12, 2, 5, 0, tzinfo=UTC), SEOUL) == "14:00"


def test_a_zone_without_words_keeps_its_iana_name() -> None:
    assert name_zone(SEOUL, "en") == "Korea Standard Time"
    assert name_zone(ZoneInfo("Europe/Berlin"), "en") == "Europe/Berlin"
