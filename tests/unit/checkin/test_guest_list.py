"""The guest list of the desk: filters, order and pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from conference_hub.checkin.badge_design import BadgeDesign, BadgeState, Shown
from conference_hub.checkin.guest_list import (
    Came,
    Filters,
    Given,
    Page,
    Printed,
    Sort,
    Standing,
    chosen,
    in_sequence,
    page_of,
)
from conference_hub.checkin.model import Moment, Place, Presence
from conference_hub.core.sighted import mark_of
from conference_hub.core.text import Text
from conference_hub.people.model import GroupId, Guest, GuestId, Mode

AT = datetime(2021, 12, 2, tzinfo=UTC)


def guest(number: int, **fields: object) -> Guest:
    bare = Guest(
        id=GuestId(f"g{number}"),
        number=str(number),
        name=f"손님 {number}",
        label=None,
        organisation=None,
        group=None,
        mode=Mode.ONSITE,
    )
    return replace(bare, **fields)  # type: ignore[arg-type]


def here(place: Place | None, guest_id: str) -> Presence:
    return Presence(guest_id=GuestId(guest_id), place=place, since=AT, first=Moment(at=AT, gate_id=None))


GUESTS = [
    guest(1, group=GroupId("staff"), seat="A-10", email="a@example.com"),
    guest(2, mode=Mode.ZOOM, seat="A-2", needs="휠체어"),
    guest(3, organisation="나 기관", group=GroupId("press")),
    guest(10, organisation="가 기관", seat="B-1"),
]
STANDING = Standing(
    presences={GuestId("g1"): here(Place.HALL, "g1"), GuestId("g2"): here(None, "g2")},
    badges={
        GuestId("g1"): BadgeState(token="1", printed_at=AT, reprint=False),
        GuestId("g2"): BadgeState(token="2", printed_at=AT, reprint=True),
        GuestId("g3"): BadgeState(token="3", printed_at=None, reprint=False),
    },
    groups={"press": 1, "staff": 2},
)


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        (Filters(), [1, 2, 3, 10]),
        (Filters(group="staff"), [1]),
        (Filters(group="none"), [2, 10]),
        (Filters(mode=Mode.ZOOM), [2]),
        (Filters(came=Came.HERE), [1]),
        (Filters(came=Came.LEFT), [2]),
        (Filters(came=Came.NEVER), [3, 10]),
        (Filters(badge=Printed.DONE), [1]),
        (Filters(badge=Printed.AGAIN), [2]),
        (Filters(badge=Printed.TO_PRINT), [2, 3]),
        (Filters(badge=Printed.MISSING), [10]),
        (Filters(email=Given.YES), [1]),
        (Filters(email=Given.NO, seat=Given.YES), [2, 10]),
        (Filters(needs=Given.YES), [2]),
    ],
)
def test_filters_choose(filters: Filters, numbers: list[int]) -> None:
    assert [int(one.number) for one in chosen(GUESTS, filters, STANDING)] == numbers


@pytest.mark.parametrize(
    ("sort", "numbers"),
    [
        (Sort.NUMBER, [1, 2, 3, 10]),
        (Sort.NAME, [1, 10, 2, 3]),
        (Sort.ORGANISATION, [10, 3, 1, 2]),
        (Sort.GROUP, [3, 1, 2, 10]),
        (Sort.SEAT, [2, 1, 10, 3]),
    ],
)
def test_what_is_empty_comes_last_and_numbers_decide(sort: Sort, numbers: list[int]) -> None:
    assert [int(one.number) for one in in_sequence(GUESTS[::-1], sort, STANDING)] == numbers


def test_a_page_behind_the_last_is_the_last() -> None:
    many = [guest(number) for number in range(120)]

    assert page_of(many, 9) == Page(guests=many[100:], number=3, pages=3, found=120, first=101)
    assert page_of(many, 0) == Page(guests=many[:50], number=1, pages=3, found=120)
    assert page_of([], 1) == Page(guests=[], number=1, pages=1, found=0)


def test_every_field_of_a_guest_is_part_of_what_was_seen() -> None:
    one = GUESTS[0]
    others = [
        replace(one, notes="메모"),
        replace(one, label=Text(ko="팀장")),
        replace(one, group=None),
        replace(one, language="en"),
    ]

    assert mark_of(one) == mark_of(replace(one))
    assert len({mark_of(one), *map(mark_of, others)}) == 5


def test_a_face_is_what_the_design_shows() -> None:
    one = GUESTS[0]
    plain = BadgeDesign(shown=frozenset({Shown.QR}), colours=False)
    full = BadgeDesign(shown=frozenset(Shown))
    others = {
        "seat": replace(one, seat="Z-1"),
        "number": replace(one, number="7"),
        "group": replace(one, group=None),
        "pronunciation": replace(one, pronunciation="Sonnim"),
        "organisation": replace(one, organisation="기관"),
        "role": replace(one, label=Text(ko="팀장")),
    }

    assert {name for name, other in others.items() if plain.face(other) != plain.face(one)} == set()
    assert {name for name, other in others.items() if full.face(other) != full.face(one)} == set(others)
    assert plain.face(replace(one, name="다른 이름")) != plain.face(one)
    assert full.face(replace(one, notes="메모", phone="010")) == full.face(one)
