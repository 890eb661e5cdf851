"""Invitations as messages: what RFC 5546 wants in them, byte for byte where we mean each byte."""

from __future__ import annotations

from dataclasses import replace

import pytest
from icalendar import Calendar, Event

from conference_hub.calendars import itip
from conference_hub.followup.outputs.ics import session_calendar
from tests.judges.calendar_samples import HUB, SCHEDULED
from tests.judges.golden import golden
from tests.judges.invitation_samples import ATTENDEE, CALLED_OFF, INVITED, ORGANIZER

ENGLISH = replace(
    INVITED,
    summary="Running a pilot placement centre",
    description="A talk by Gumi job centre\n\nJoin: https://hub.example.com/invited/secret",
    location="Online (meet.example.com)",
)


def event_of(message: bytes) -> Event:
    [event] = Calendar.from_ical(message).walk("VEVENT")
    assert isinstance(event, Event)
    return event


def test_a_request_is_the_golden_one() -> None:
    assert itip.request(HUB, INVITED, ORGANIZER, ATTENDEE, "ko") == golden("invitation.ko.ics")


def test_a_request_in_english_is_the_golden_one() -> None:
    organizer = replace(ORGANIZER, name="Best Practice Conference")
    assert itip.request(HUB, ENGLISH, organizer, ATTENDEE, "en") == golden("invitation.en.ics")


def test_a_cancellation_is_the_golden_one() -> None:
    assert itip.cancel(HUB, CALLED_OFF, ORGANIZER, ATTENDEE, "ko") == golden("invitation-cancelled.ko.ics")


def test_a_request_asks_its_one_reader_for_an_answer() -> None:
    event = event_of(itip.request(HUB, INVITED, ORGANIZER, ATTENDEE, "ko"))

    assert dict(event["ATTENDEE"].params) == {
        "CN": "김민수",
        "CUTYPE": "INDIVIDUAL",
        "PARTSTAT": "NEEDS-ACTION",
        "ROLE": "REQ-PARTICIPANT",
        "RSVP": "TRUE",
    }
    assert (event["ATTENDEE"], event["ORGANIZER"]) == ("mailto:kim@example.com", "mailto:hub@example.com")


def test_a_cancellation_asks_for_nothing_and_names_the_same_two() -> None:
    event = event_of(itip.cancel(HUB, CALLED_OFF, ORGANIZER, ATTENDEE, "ko"))

    assert {"RSVP", "PARTSTAT"}.isdisjoint(event["ATTENDEE"].params)
    assert (event["ATTENDEE"], event["ORGANIZER"]) == ("mailto:kim@example.com", "mailto:hub@example.com")
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 2)
    assert event["SUMMARY"] == "[취소] 취업알선 시범센터 운영 사례"


def test_an_invitation_has_the_uid_the_times_and_the_zone_of_the_feed() -> None:
    feed = event_of(session_calendar(HUB, SCHEDULED, "ko"))
    mail = event_of(itip.request(HUB, INVITED, ORGANIZER, ATTENDEE, "ko"))

    assert [mail[name].to_ical() for name in ("UID", "DTSTART", "DTEND")] == [
        feed[name].to_ical() for name in ("UID", "DTSTART", "DTEND")
    ]
    assert mail["DTSTART"].params == feed["DTSTART"].params == {"TZID": "Asia/Seoul"}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ('김; "민수", 팀장', "김 민수 팀장"),
        ("O'Brien: 1팀\r\nX-EVIL:1", "O'Brien: 1팀 X-EVIL:1"),
        ("홍\x00길동", "홍길동"),
    ],
)
def test_a_name_is_one_parameter_whatever_stands_in_it(name: str, shown: str) -> None:
    message = itip.request(HUB, INVITED, ORGANIZER, replace(ATTENDEE, name=name), "ko")

    assert event_of(message)["ATTENDEE"].params["CN"] == shown
    assert b"\nX-EVIL" not in message


def test_somebody_without_a_name_has_none() -> None:
    message = itip.request(HUB, INVITED, ORGANIZER, replace(ATTENDEE, name=""), "ko")

    assert "CN" not in event_of(message)["ATTENDEE"].params


def test_an_address_is_a_mailto_address_whatever_stands_in_it() -> None:
    message = itip.request(HUB, INVITED, ORGANIZER, replace(ATTENDEE, address="a+b%c?d@example.com"), "ko")

    assert event_of(message)["ATTENDEE"] == "mailto:a+b%25c%3Fd@example.com"


def test_every_line_holds_at_most_75_octets() -> None:
    long = replace(INVITED, summary="가나다라마바사 " * 60, description="설명😀" * 300)
    lines = itip.request(HUB, long, ORGANIZER, replace(ATTENDEE, name="가" * 200), "ko").split(b"\r\n")

    assert max(map(len, lines)) == 75
    assert [line.decode() for line in lines]
