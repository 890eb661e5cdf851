"""Invitations before judges who do not know our code: libical by METHOD, Evolution, ical.js, khal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from conference_hub.calendars import itip
from tests.judges import evolution, ical_js, khal, libical
from tests.judges.calendar_samples import HUB
from tests.judges.invitation_samples import ATTENDEE, CALLED_OFF, INVITED, MOVED, ORGANIZER
from tests.judges.read_event import ReadEvent

AWKWARD = replace(
    INVITED, summary='하나; 둘, "셋" \\넷 ' + "긴 제목 " * 60, description="첫 줄\n둘째; 줄, 😀"
)
BERLIN = replace(HUB, timezone="Europe/Berlin")
MESSAGES = {
    "request": itip.request(HUB, INVITED, ORGANIZER, ATTENDEE, "ko"),
    "request-en": itip.request(HUB, INVITED, ORGANIZER, ATTENDEE, "en"),
    "moved": itip.request(HUB, MOVED, ORGANIZER, ATTENDEE, "ko"),
    "cancel": itip.cancel(HUB, CALLED_OFF, ORGANIZER, ATTENDEE, "ko"),
    "awkward": itip.request(HUB, AWKWARD, ORGANIZER, replace(ATTENDEE, name='김; "민수", 팀장: 😀'), "ko"),
    "utc": itip.request(BERLIN, INVITED, ORGANIZER, ATTENDEE, "ko"),
}
READ = ReadEvent(
    uid=INVITED.uid,
    sequence=0,
    status="CONFIRMED",
    starts_at=INVITED.starts_at,
    ends_at=INVITED.ends_at,
    summary=INVITED.summary,
    description=INVITED.description or "",
    location="온라인 (meet.example.com)",
    url=INVITED.url,
)
READ_MOVED = replace(READ, sequence=1, starts_at=MOVED.starts_at, ends_at=MOVED.ends_at)


@pytest.mark.parametrize("name", MESSAGES)
def test_libical_accepts_each_message_for_its_method(name: str) -> None:
    assert libical.complaints(MESSAGES[name]) == []


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        *(("request", name) for name in (b"ATTENDEE", b"ORGANIZER", b"DTSTAMP", b"UID", b"SUMMARY")),
        *(("cancel", name) for name in (b"SEQUENCE", b"ORGANIZER", b"DTSTAMP", b"UID")),
    ],
)
def test_libical_objects_where_a_method_misses_something(name: str, broken: bytes) -> None:
    message = MESSAGES[name].replace(b"\r\n" + broken, b"\r\nX-" + broken)

    assert libical.complaints(message) != []


def test_evolution_makes_moves_and_removes_one_event() -> None:
    assert evolution.import_in_turn([MESSAGES[name] for name in ("request", "moved", "cancel")]) == [
        [READ],
        [READ_MOVED],
        [],
    ]


def test_evolution_takes_an_invitation_again_after_it_was_taken_back() -> None:
    again = itip.request(HUB, replace(MOVED, sequence=3), ORGANIZER, ATTENDEE, "ko")

    held = evolution.import_in_turn([MESSAGES["moved"], MESSAGES["cancel"], again])

    assert held == [[READ_MOVED], [], [replace(READ_MOVED, sequence=3)]]


def test_ical_js_reads_what_was_meant() -> None:
    assert ical_js.read(MESSAGES["moved"]) == [READ_MOVED]
    assert ical_js.read(MESSAGES["utc"]) == [READ]
    assert ical_js.read(MESSAGES["awkward"]) == [
        replace(READ, summary=AWKWARD.summary.strip(), description="첫 줄\n둘째; 줄, 😀")
    ]


def test_khal_moves_one_event_and_marks_it_as_cancelled() -> None:
    def held(starts: str, ends: str, *, cancelled: bool = False) -> khal.Held:
        return khal.Held(
            uid=INVITED.uid,
            cancelled=cancelled,
            starts_at=datetime.fromisoformat(starts),
            ends_at=datetime.fromisoformat(ends),
            title=("[취소] " if cancelled else "") + INVITED.summary,
            location="온라인 (meet.example.com)",
        )

    assert khal.import_in_turn(
        [MESSAGES[name] for name in ("request", "moved", "cancel")], first_day="2021-12-01"
    ) == [
        [held("2021-12-06 05:00", "2021-12-06 06:00")],
        [held("2021-12-08 01:00", "2021-12-08 02:30")],
        [held("2021-12-08 01:00", "2021-12-08 02:30", cancelled=True)],
    ]


def test_khal_refuses_what_is_no_calendar() -> None:
    with pytest.raises(AssertionError):
        khal.import_in_turn([b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n"], first_day="2021-12-01")
