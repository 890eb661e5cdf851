"""Certificates: who gets one, what stands on it, and the codes by which they are verified."""

from __future__ import annotations

import pytest

from conference_hub.attendance.certificates import (
    Code,
    Way,
    needed_minutes,
    printed_name,
    read_code,
    shown_code,
    ways_of,
)
from conference_hub.attendance.model import AttendanceSetup, Source
from conference_hub.attendance.spans import Attended
from conference_hub.core.text import Text
from conference_hub.people.model import Guest, GuestId, Mode


@pytest.mark.parametrize(
    ("minutes", "percent", "needed"),
    [(None, None, 1), (60, None, 60), (None, 50, 121), (60, 50, 121), (200, 50, 200), (None, 100, 241)],
)
def test_a_certificate_needs_minutes_and_a_share_of_the_event(
    minutes: int | None, percent: int | None, needed: int
) -> None:
    assert needed_minutes(AttendanceSetup(min_minutes=minutes, min_percent=percent), 241) == needed


def test_ways_are_those_of_the_sources() -> None:
    found = [
        ways_of(Attended(sources=frozenset(sources)))
        for sources in ((Source.SCAN,), (Source.ZOOM, Source.STAFF), (Source.SOCKET, Source.SCAN), ())
    ]
    assert found == [(Way.HALL,), (Way.ONLINE,), (Way.HALL, Way.ONLINE), ()]


@pytest.mark.parametrize(
    ("name", "pronunciation", "printed"),
    [
        ("홍길동", "Hong Gildong", "홍길동"),
        ("محمد", "Muhammad", "Muhammad"),
        ("محمد", None, None),
        ("محمد", "مح", None),
        (None, "Hong", None),
    ],
)
def test_a_name_that_the_type_cannot_set_stands_as_it_is_read(
    name: str | None, pronunciation: str | None, printed: str | None
) -> None:
    guest = Guest(
        id=GuestId("a"),
        name=name,
        label=Text.of("대표"),
        organisation=None,
        group=None,
        mode=Mode.ONLINE,
        pronunciation=pronunciation,
    )
    assert (
        printed_name(guest, lambda text: all(ord(one) < 0x600 or ord(one) > 0x700 for one in text)) == printed
    )


def test_codes_are_read_as_people_type_them() -> None:
    code = Code("ABCDEFGH23456789")
    assert shown_code(code) == "ABCD-EFGH-2345-6789"
    assert {read_code(typed) for typed in (code, "abcd-efgh-2345-6789", " ABCD EFGH 2345–6789 ")} == {code}
    assert {read_code(typed) for typed in ("", "ABCD", f"{code}A", "ABCDEFGH2345678O", "가" * 16)} == {None}
