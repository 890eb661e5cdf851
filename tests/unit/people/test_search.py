"""Finding guests at the gate."""

from __future__ import annotations

import pytest

from conference_hub.core.text import Text
from conference_hub.people.model import Group, Guest, GuestId, Mode
from conference_hub.people.search import find, initials, searchable


def guest(number: int, name: str | None, organisation: str | None = None, seat: str | None = None) -> Guest:
    return Guest(
        id=GuestId(f"guest-{number:03}"),
        name=name,
        label=None if name else Text(ko="장려상 수상자 01", en="Encouragement Award recipient 01"),
        organisation=organisation,
        group=Group.RECIPIENT,
        mode=Mode.ONSITE,
        seat=seat,
    )


LIST = [
    guest(1, "이용주", "천안고용센터"),
    guest(2, "석용주", "천안고용센터", "D-05"),
    guest(3, "John Smith", "㈜한국커리어잡스"),
    guest(4, None),
    guest(5, "용주희", None),
]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("석용주", [2]),
        ("용주", [5, 1, 2]),
        ("천안 고용", [1, 2]),
        ("ㅅㅇㅈ", [2]),
        ("ㅇㅈ", [5, 1, 2]),
        ("d-05", [2]),
        ("smith", [3]),
        ("johnsmith", [3]),
        ("장려상", [4]),
        ("encouragement", [4]),
        ("없는이름", []),
        ("   ", []),
        ("", []),
    ],
)
def test_finds_by_part_initials_organisation_and_seat(wanted: str, found: list[int]) -> None:
    assert [int(one.id[-3:]) for one in find(map(searchable, LIST), wanted)] == found


def test_initials_leave_other_letters_alone() -> None:
    assert initials("㈜한국 IT") == "㈜ㅎㄱ IT"


def test_a_guest_without_name_and_label_is_refused() -> None:
    with pytest.raises(ValueError, match="neither name nor label"):
        Guest(
            id=GuestId("guest-1"),
            name=None,
            label=None,
            organisation=None,
            group=Group.STAFF,
            mode=Mode.ONSITE,
        )
