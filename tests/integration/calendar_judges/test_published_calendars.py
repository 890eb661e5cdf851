"""What we publish, before judges who do not know our code: libical, evolution-data-server, ical.js."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from conference_hub.agenda.outputs.ics import agenda_calendar
from conference_hub.core.text import Text
from conference_hub.followup.model import cancel, reschedule
from conference_hub.followup.outputs.ics import feed_calendar, session_calendar
from tests.judges import evolution, ical_js, libical
from tests.judges.calendar_samples import CANCELLED, HUB, SCHEDULED, VERSION
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
