"""What people paste into a field: cleaned, told so, never split (cases 27 and 28)."""

from __future__ import annotations

import unicodedata

import pytest

from conference_hub.people.naming import clean_email, clean_line, clean_text, hid_something


@pytest.mark.parametrize(
    ("pasted", "kept", "hid"),
    [
        ("Sukarno", "Sukarno", False),
        ("  황보  예린 ", "황보 예린", False),
        ("황보\u00a0예린", "황보 예린", False),
        ("Anne-Marie Lê", "Anne-Marie Lê", False),
        ("김\u200b민수", "김민수", True),
        ("\ufeff김민수\u200e", "김민수", True),
        (unicodedata.normalize("NFD", "김민수"), "김민수", False),
        ("\u200b", "", True),
        ("نرگس\u200cآبادی", "نرگس\u200cآبادی", False),
    ],
)
def test_a_name_loses_only_what_nobody_sees(pasted: str, kept: str, hid: bool) -> None:  # noqa: FBT001
    assert (clean_line(pasted), hid_something(pasted)) == (kept, hid)


def test_lines_of_a_text_stay() -> None:
    assert clean_text("\n휠체어  \n\n 통역\u200b\n") == "휠체어\n\n통역"


def test_addresses_are_compared_without_case_and_blanks() -> None:
    assert clean_email(" Kim @Example.COM\u200b") == "kim@example.com"
