"""The numbers that the guest list gives, and their order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conference_hub.people.model import Guest, GuestId, Mode, offered_modes
from conference_hub.people.numbering import in_order, with_numbers

KIM = Guest(
    id=GuestId("a"), name="김민수", label=None, organisation=None, group=None, mode=Mode.ONSITE, number=""
)


@pytest.mark.parametrize(
    ("stated", "taken", "given"),
    [
        (["", ""], [], ["1", "2"]),
        (["", "9", ""], ["3"], ["10", "9", "11"]),
        (["VIP-1", ""], ["7", "VIP-9", "07"], ["VIP-1", "8"]),
        (["", ""], ["2"], ["3", "4"]),
        ([], ["2"], []),
    ],
)
def test_guests_without_a_number_get_whole_numbers_above_all_others(
    stated: list[str], taken: list[str], given: list[str]
) -> None:
    guests = [replace(KIM, number=number) for number in stated]

    assert list(with_numbers(guests, taken)) == [replace(KIM, number=number) for number in given]


def test_numbers_are_sorted_by_size_before_words() -> None:
    assert sorted(["10", "VIP-1", "9", "A", "100"], key=in_order) == ["9", "10", "100", "A", "VIP-1"]


@pytest.mark.parametrize(
    ("channels", "modes"),
    [
        ([], list(Mode)),
        (["broadcast", "hall"], [Mode.ONSITE, Mode.ONLINE]),
        (["hall", "hall", "something new"], [Mode.ONSITE]),
        (["something new"], list(Mode)),
    ],
)
def test_channels_offer_ways_to_take_part(channels: list[str], modes: list[Mode]) -> None:
    assert list(offered_modes(channels)) == modes
