"""Finding guests at the gate."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from conference_hub.core.text import Text
from conference_hub.people.model import GroupId, Guest, GuestId, Mode
from conference_hub.people.search import find, holds, initials, searchable


def guest(number: int, name: str | None, organisation: str | None = None, seat: str | None = None) -> Guest:
    return Guest(
        id=GuestId(f"guest-{number:03}"),
        name=name,
        label=None if name else Text(ko="장려상 수상자 01", en="Encouragement Award recipient 01"),
        organisation=organisation,
        group=GroupId("recipient"),
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


def named(name: str) -> Guest:
    return guest(1, name)


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("Jose", "José Álvarez"),
        ("alvarez jose", "José Álvarez"),
        ("O'Brien", "Siobhán O’Brien-Smythe"),
        ("obrien", "Siobhán O’Brien-Smythe"),
        ("brien smythe", "Siobhán O’Brien-Smythe"),
        ("Uzumaki Naruto", "Naruto Uzumaki"),
        ("Nguyen", "Nguyễn Văn An"),
        ("muller", "Müller"),
        ("MÜLLER", "Müller"),
        ("Soren", "Søren Łukasz"),
        ("ㅎㅂㅇㄹ", "황보 예린"),
        ("황보예린", "황보 예린"),
        ("예린 황보", "황보 예린"),
        ("황보ㅇ", "황보 예린"),
        ("ㅎ보예ㄹ", "황보 예린"),
        ("김민수", unicodedata.normalize("NFD", "김민수")),
        (unicodedata.normalize("NFD", "민수"), "김민수"),
        ("주", "㈜한국"),
        ("吉野家", "吉野家"),
    ],
)
def test_accents_case_punctuation_and_order_of_words_do_not_matter(wanted: str, name: str) -> None:
    entries = [searchable(named(name)), searchable(named("다른 사람"))]

    assert find(entries, wanted) == [named(name)]


@pytest.mark.parametrize("wanted", ["...", "' -", "\u200b"])
def test_nothing_but_punctuation_finds_nobody(wanted: str) -> None:
    assert find(map(searchable, LIST), wanted) == []


def test_only_the_desk_finds_by_address_and_phone() -> None:
    kim = replace(named("김민수"), email="kim@example.com", phone="010-0000-0001", number="A-7")
    entries = [searchable(kim)]

    assert [find(entries, wanted) for wanted in ("kim@ex", "0000-0001", "a7")] == [[], [], [kim]]
    assert [find(entries, wanted, private=True) for wanted in ("kim@ex", "0000-0001")] == [[kim], [kim]]


@pytest.mark.parametrize(
    ("wanted", "held"),
    [("jose", True), ("고용 센터", True), ("센터 jose", True), ("ㅈ", False), ("없음", False), ("", False)],
)
def test_texts_of_anything_are_found_by_the_same_rules(wanted: str, held: bool) -> None:  # noqa: FBT001 - a case
    assert holds(("José Álvarez", None, "천안고용센터"), wanted) is held


def test_initials_leave_other_letters_alone() -> None:
    assert initials("㈜한국 IT") == "㈜ㅎㄱ IT"


def test_a_guest_without_name_and_label_is_refused() -> None:
    with pytest.raises(ValueError, match="neither name nor label"):
        Guest(
            id=GuestId("guest-1"),
            name=None,
            label=None,
            organisation=None,
            group=None,
            mode=Mode.ONSITE,
        )
