"""The calendars of the follow-up, byte for byte."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from conference_hub.agenda.outputs.ics import segment_entries
from conference_hub.calendars.build import CalendarOwner
from conference_hub.conferences.model import Conference
from conference_hub.core.text import Text
from conference_hub.followup.feeds import FEED_NAME, MY_FEED_NAME
from conference_hub.followup.model import cancel, reschedule
from conference_hub.followup.outputs.ics import feed_calendar, own_calendar, session_calendar
from tests.judges.calendar_samples import CANCELLED, CEREMONY, HUB, SCHEDULED, VERSION
from tests.judges.golden import golden

LATER = datetime(2021, 12, 1, 0, 0, tzinfo=UTC)
SERIES = Text(ko="비대면 콘퍼런스 (총 7회)", en="Online conference (seven sessions)")
WITH_CASES = replace(
    SCHEDULED,
    cases=Text(
        ko="취업알선 시범센터 운영 | 구미고용센터\n일경험 우수사례 | 한전; 광주고용센터",
        en="Running a pilot placement centre | Gumi job centre\nWork experience | KEPCO; Gwangju job centre",
    ),
)
TOLD = 3
"""SEQUENCE of the last mail about a session to the person whose agenda it is."""


def lines(ics: bytes) -> list[str]:
    """Unfold a calendar (RFC 5545 3.1)."""
    return ics.decode().replace("\r\n ", "").split("\r\n")


def line(ics: bytes, name: str) -> str:
    """Return the only property of that name."""
    [found] = [content for content in lines(ics) if content.partition(":")[0].partition(";")[0] == name]
    return found


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_feed_is_the_golden_one_whatever_the_order_of_the_rows(lang: str) -> None:
    name = FEED_NAME.in_language(lang)
    assert feed_calendar(HUB, [CANCELLED, SCHEDULED], lang, name) == golden(f"follow-up.{lang}.ics")
    assert feed_calendar(HUB, [SCHEDULED, CANCELLED], lang, name) == golden(f"follow-up.{lang}.ics")


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_feed_of_a_series_is_the_golden_one(lang: str) -> None:
    name = SERIES.in_language(lang)
    assert feed_calendar(HUB, [WITH_CASES], lang, name) == golden(f"series.{lang}.ics")


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_an_agenda_of_ones_own_is_the_golden_one(lang: str) -> None:
    kept = segment_entries(HUB, VERSION, lang, {})[CEREMONY]
    seats = {WITH_CASES: TOLD, CANCELLED: 0}
    name = MY_FEED_NAME.joined(HUB.title).in_language(lang)
    assert own_calendar(HUB, seats, [kept], lang, name) == golden(f"own-agenda.{lang}.ics")


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_one_session_is_the_golden_one(lang: str) -> None:
    assert session_calendar(HUB, SCHEDULED, lang) == golden(f"session.{lang}.ics")


def test_a_cancelled_session_says_so_in_english_too() -> None:
    ics = session_calendar(HUB, CANCELLED, "en")
    assert (line(ics, "SUMMARY"), line(ics, "STATUS")) == (
        "SUMMARY:[Cancelled] Counselling a discouraged young job seeker",
        "STATUS:CANCELLED",
    )


def test_an_update_keeps_the_uid_and_raises_sequence_and_stamp() -> None:
    moved = reschedule(
        SCHEDULED, datetime(2021, 12, 8, 1, 0, tzinfo=UTC), datetime(2021, 12, 8, 2, 0, tzinfo=UTC), LATER
    )
    ics = session_calendar(HUB, cancel(moved, LATER), "ko")
    assert [line(ics, name) for name in ("UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "STATUS")] == [
        "UID:session-1.best-practice-2021@hub.example.com",
        "SEQUENCE:2",
        "DTSTAMP:20211201T000000Z",
        "LAST-MODIFIED:20211201T000000Z",
        "STATUS:CANCELLED",
    ]


def test_every_line_ends_with_crlf_and_holds_at_most_75_octets() -> None:
    long = replace(SCHEDULED, title=Text.of("가나다라마바사 " * 200), description=Text.of("설명😀" * 500))
    ics = feed_calendar(HUB, [long], "ko", "긴 이름 " * 40)
    physical = ics.split(b"\r\n")
    assert physical[-1] == b""
    assert b"\n" not in b"".join(physical)
    assert max(len(octets) for octets in physical) == 75
    assert [octets.decode() for octets in physical]
    assert line(ics, "SUMMARY") == "SUMMARY:" + ("가나다라마바사 " * 200).strip()
    assert line(ics, "DESCRIPTION") == "DESCRIPTION:" + "설명😀" * 500


def test_special_characters_are_escaped_and_newlines_kept_only_in_the_description() -> None:
    text = Text.of('하나; 둘, "셋" \\넷\r\n다섯:여섯')
    ics = feed_calendar(HUB, [replace(SCHEDULED, title=text, description=text)], "ko", text.ko)
    one_line = '하나\\; 둘\\, "셋" \\\\넷 다섯:여섯'
    assert line(ics, "SUMMARY") == f"SUMMARY:{one_line}"
    assert line(ics, "NAME") == f"NAME:{one_line}"
    assert line(ics, "X-WR-CALNAME") == f"X-WR-CALNAME:{one_line}"
    assert line(ics, "DESCRIPTION") == 'DESCRIPTION:하나\\; 둘\\, "셋" \\\\넷\\n다섯:여섯'
    assert Calendar.from_ical(ics).events[0]["DESCRIPTION"] == '하나; 둘, "셋" \\넷\n다섯:여섯'


def test_control_characters_are_dropped() -> None:
    text = Text.of("가\x00나\x07다\t라\x85마\u2028바\x7f")
    ics = session_calendar(HUB, replace(SCHEDULED, title=text, description=text), "ko")
    assert line(ics, "SUMMARY") == "SUMMARY:가나다 라 마 바"
    assert line(ics, "DESCRIPTION") == "DESCRIPTION:가나다\t라\\n마\\n바"


def test_calendar_leads_to_the_page_and_holds_no_link_of_the_meeting() -> None:
    calendar = session_calendar(HUB, replace(SCHEDULED, url="https://meet.example.com/secret"), "ko")

    assert b"secret" not in calendar
    assert line(calendar, "URL") == "URL:https://hub.example.com/c/best-practice-2021/follow-up#session-1"


def test_nobody_is_named_as_organizer_or_attendee() -> None:
    names = {content.partition(":")[0].partition(";")[0] for content in lines(golden("follow-up.ko.ics"))}
    assert names.isdisjoint({"ORGANIZER", "ATTENDEE"})


def test_times_are_utc_where_the_zone_changes_its_offset_within_the_year() -> None:
    berlin = replace(HUB, timezone="Europe/Berlin")
    ics = feed_calendar(berlin, [SCHEDULED], "en", "Follow-up")
    assert (line(ics, "DTSTART"), line(ics, "DTEND")) == (
        "DTSTART:20211206T050000Z",
        "DTEND:20211206T060000Z",
    )
    assert b"VTIMEZONE" not in ics


def test_seoul_of_1988_had_summer_time_and_gets_utc() -> None:
    olympic = replace(
        SCHEDULED,
        starts_at=datetime(1988, 12, 6, 5, 0, tzinfo=UTC),
        ends_at=datetime(1988, 12, 6, 6, 0, tzinfo=UTC),
    )
    assert line(session_calendar(HUB, olympic, "ko"), "DTSTART") == "DTSTART:19881206T050000Z"


def test_a_steady_zone_other_than_seoul_gets_its_own_offset() -> None:
    ics = session_calendar(replace(HUB, timezone="Asia/Kolkata"), SCHEDULED, "en")
    assert [content for content in lines(ics) if content.startswith(("TZ", "DTSTART;"))] == [
        "TZID:Asia/Kolkata",
        "TZNAME:IST",
        "TZOFFSETFROM:+0530",
        "TZOFFSETTO:+0530",
        "DTSTART;TZID=Asia/Kolkata:20211206T103000",
    ]


def test_an_empty_feed_is_a_calendar_without_events() -> None:
    assert Calendar.from_ical(feed_calendar(HUB, [], "ko", "후속")).subcomponents == []


def test_a_naive_instant_is_refused() -> None:
    naive = replace(SCHEDULED, starts_at=SCHEDULED.starts_at.replace(tzinfo=None))
    with pytest.raises(ValueError, match="naive datetime"):
        session_calendar(HUB, naive, "ko")


def test_a_conference_owns_its_calendars_under_the_public_address() -> None:
    conference = Conference(
        slug=HUB.slug,
        title=HUB.title,
        host=Text.of("고용노동부"),
        venue=Text.of("그랜드볼룸"),
        timezone="Asia/Seoul",
        starts_at=datetime(2021, 12, 2, 0, 20, tzinfo=UTC),
        ends_at=datetime(2021, 12, 2, 1, 40, tzinfo=UTC),
        accent="#123456",
        channels=(),
    )
    owner = CalendarOwner.of(conference, "https://hub.example.com/")
    assert owner == replace(HUB, venue=Text.of("그랜드볼룸"))
    assert owner.page("live") == "https://hub.example.com/c/best-practice-2021/live"
