"""What we publish, before judges who do not know our code: libical, evolution-data-server, ical.js."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from conference_hub.agenda.outputs.ics import agenda_calendar
from conference_hub.core.text import Text
from conference_hub.followup.model import SessionId, cancel, reschedule
from conference_hub.followup.outputs.ics import feed_calendar, session_calendar
from tests.judges import evolution, ical_js, libical
from tests.judges.calendar_samples import CANCELLED, HUB, SCHEDULED, VERSION
from tests.judges.golden import golden
from tests.judges.read_event import ReadEvent

NAME = '후속 비대면 콘퍼런스; "겨울", 2021'
BERLIN = replace(HUB, timezone="Europe/Berlin")
AWKWARD = replace(
    SCHEDULED,
    title=Text.of('하나; 둘, "셋" \\넷 ' + "긴 제목 " * 60),
    description=Text.of("첫 줄\n둘째; 줄, 😀"),
)
CALENDARS = {
    "feed-ko": feed_calendar(HUB, [SCHEDULED, CANCELLED], "ko", NAME),
    "feed-en": feed_calendar(HUB, [SCHEDULED, CANCELLED], "en", NAME),
    "feed-utc": feed_calendar(BERLIN, [SCHEDULED, CANCELLED], "ko", NAME),
    "feed-empty": feed_calendar(HUB, [], "ko", NAME),
    "session": session_calendar(HUB, SCHEDULED, "ko"),
    "cancelled": session_calendar(HUB, CANCELLED, "ko"),
    "awkward": session_calendar(HUB, AWKWARD, "ko"),
    "agenda-ko": agenda_calendar(HUB, VERSION, "ko"),
    "agenda-en": agenda_calendar(HUB, VERSION, "en"),
    "series": golden("series.ko.ics"),
    "own-agenda": golden("own-agenda.ko.ics"),
}

READ_SCHEDULED = ReadEvent(
    uid="session-1.best-practice-2021@hub.example.com",
    sequence=0,
    status="CONFIRMED",
    starts_at=datetime(2021, 12, 6, 5, 0, tzinfo=UTC),
    ends_at=datetime(2021, 12, 6, 6, 0, tzinfo=UTC),
    summary="취업알선 시범센터 운영 사례",
    description="구미고용센터의 발표와 질의응답",
    location="온라인",
    url="https://hub.example.com/c/best-practice-2021/follow-up#session-1",
)
READ_CANCELLED = ReadEvent(
    uid="session-2.best-practice-2021@hub.example.com",
    sequence=2,
    status="CANCELLED",
    starts_at=datetime(2021, 12, 7, 5, 0, tzinfo=UTC),
    ends_at=datetime(2021, 12, 7, 6, 0, tzinfo=UTC),
    summary="[취소] 20대 구직단념여성 상담사례",
    description="",
    location="온라인",
    url="https://hub.example.com/c/best-practice-2021/follow-up#session-2",
)


@pytest.mark.parametrize("name", CALENDARS)
def test_libical_accepts_what_is_published(name: str) -> None:
    assert libical.complaints(CALENDARS[name]) == []


@pytest.mark.parametrize("name", ["session", "feed-ko"])
@pytest.mark.parametrize(
    ("good", "bad", "complaint"),
    [
        (b"UID:session", b"X-UID:session", "UID property. Expected 1 instances of the property and got 0"),
        (b"DTSTART;", b"X-START;", "DTSTART property. Expected 1 instances of the property and got 0"),
        (b"SEQUENCE:", b"ATTENDEE:", "ATTENDEE property. Expected 0 instances of the property and got 1"),
    ],
)
def test_libical_objects_to_every_broken_event(name: str, good: bytes, bad: bytes, complaint: str) -> None:
    broken = CALENDARS[name].replace(good, bad)
    assert f"Failed iTIP restrictions for {complaint}" in libical.complaints(broken)


def test_libical_objects_to_a_status_of_another_component() -> None:
    broken = CALENDARS["session"].replace(b"STATUS:CONFIRMED", b"STATUS:NEEDS-ACTION")
    complaints = libical.complaints(broken)
    assert complaints[0].startswith("Failed iTIP restrictions for STATUS property.")


def test_libical_objects_to_what_is_no_calendar() -> None:
    assert libical.complaints(b"no calendar") == ["not a calendar"]


@pytest.mark.parametrize("name", ["feed-ko", "feed-utc"])
def test_ical_js_reads_what_was_meant(name: str) -> None:
    assert ical_js.read(CALENDARS[name]) == [READ_SCHEDULED, READ_CANCELLED]


def test_ical_js_reads_awkward_texts_unchanged() -> None:
    assert ical_js.read(CALENDARS["awkward"]) == [
        replace(READ_SCHEDULED, summary=AWKWARD.title.ko.strip(), description="첫 줄\n둘째; 줄, 😀")
    ]


ZONES = ("Europe/London", "America/New_York", "Asia/Seoul")
DST_ENDS = datetime(2021, 11, 7, 5, 30, tzinfo=UTC)
"""Half past one in New York, before the clocks go back: an hour later it is half past one again."""
IN_SUMMER = datetime(2022, 7, 1, 9, 0, tzinfo=UTC)
HOSTILE = ("가" * 40 + "👩\u200d💻", "쉼표, 세미콜론; 빗금\\\n새 줄\r맨 CR")


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("starts_at", [DST_ENDS, IN_SUMMER])
def test_instants_are_the_same_in_every_zone_and_no_zone_is_named_without_its_definition(
    zone: str, starts_at: datetime
) -> None:
    hub = replace(HUB, timezone=zone)
    moved = replace(SCHEDULED, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=90))
    apart = timedelta(days=200)
    later = replace(
        moved, id=SessionId("later"), uid="later", starts_at=starts_at + apart, ends_at=moved.ends_at + apart
    )
    for calendar in (session_calendar(hub, moved, "ko"), feed_calendar(hub, [moved, later], "en", NAME)):
        first, *_ = sorted(ical_js.read(calendar), key=lambda event: event.starts_at)

        assert (first.starts_at, first.ends_at) == (moved.starts_at, moved.ends_at)
        assert libical.complaints(calendar) == []
        named = set(re.findall(rb"TZID=([^:;]+):", calendar))
        assert named == set(re.findall(rb"\r\nTZID:([^\r]+)\r\n", calendar))
        assert named == ({b"Asia/Seoul"} if zone == "Asia/Seoul" else set())


@pytest.mark.parametrize("zone", ZONES)
def test_agenda_has_the_same_instants_in_every_zone(zone: str) -> None:
    calendar = agenda_calendar(replace(HUB, timezone=zone), VERSION, "ko")

    assert [(event.uid, event.starts_at, event.ends_at) for event in ical_js.read(calendar)] == [
        (event.uid, event.starts_at, event.ends_at) for event in ical_js.read(CALENDARS["agenda-ko"])
    ]
    assert (b"TZID" in calendar) == (zone == "Asia/Seoul")


def test_hostile_texts_come_through_every_feed() -> None:
    title, description = HOSTILE
    awkward = replace(SCHEDULED, title=Text.of(title), description=Text.of(description))
    segments = tuple(replace(one, title=Text.of(title)) for one in VERSION.plan.segments)
    version = replace(VERSION, plan=replace(VERSION.plan, segments=segments))
    feeds = (feed_calendar(HUB, [awkward], "ko", title), agenda_calendar(HUB, version, "ko"))
    for calendar in feeds:
        lines = calendar.split(b"\r\n")
        assert max(map(len, lines)) <= 75
        assert all(line.decode() or True for line in lines)  # each is UTF-8 by itself
        assert b"\r" not in b"".join(lines)
        assert {event.summary for event in ical_js.read(calendar)} == {title}
        assert libical.complaints(calendar) == []
    [event] = ical_js.read(feeds[0])
    assert event.description == "쉼표, 세미콜론; 빗금\\\n새 줄\n맨 CR"


def test_ical_js_refuses_a_broken_calendar() -> None:
    with pytest.raises(AssertionError, match="ParserError"):
        ical_js.read(CALENDARS["session"].replace(b"STATUS:", b"STATUS"))


def test_evolution_holds_what_was_published_and_an_update_replaces_it() -> None:
    starts_at, ends_at = datetime(2021, 12, 8, 1, 0, tzinfo=UTC), datetime(2021, 12, 8, 2, 30, tzinfo=UTC)
    moved = reschedule(SCHEDULED, starts_at, ends_at, datetime(2021, 12, 1, tzinfo=UTC))
    called_off = cancel(moved, datetime(2021, 12, 2, tzinfo=UTC))
    read_moved = replace(READ_SCHEDULED, sequence=1, starts_at=starts_at, ends_at=ends_at)
    assert evolution.import_in_turn(
        [
            feed_calendar(HUB, [SCHEDULED, CANCELLED], "ko", NAME),
            session_calendar(HUB, moved, "ko"),
            session_calendar(HUB, called_off, "ko"),
        ]
    ) == [
        [READ_SCHEDULED, READ_CANCELLED],
        [read_moved, READ_CANCELLED],
        [
            replace(read_moved, sequence=2, status="CANCELLED", summary="[취소] 취업알선 시범센터 운영 사례"),
            READ_CANCELLED,
        ],
    ]


def test_evolution_and_ical_js_read_the_same_in_every_calendar() -> None:
    for name in ("feed-utc", "awkward", "agenda-ko", "agenda-en"):
        [held] = evolution.import_in_turn([CALENDARS[name]])
        assert held == sorted(ical_js.read(CALENDARS[name]), key=lambda event: event.uid)


def test_evolution_refuses_what_is_no_calendar() -> None:
    with pytest.raises(AssertionError):
        evolution.import_in_turn([b"no calendar"])
