"""How names are written where strangers can read them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference_hub.people.masking import mask


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("홍길동", "홍*동"),
        ("정철", "정*"),
        ("남궁민수", "남**수"),
        ("김", "*"),
        ("王小明", "王*明"),
        ("John Smith", "J*** S****"),
        ("Nguyễn Thị Ánh", "N***** T** Á**"),
        ("J. R. Smith", "J* R* S****"),
        ("Madonna", "M******"),
        ("  홍길동  ", "홍*동"),
        (unicodedata.normalize("NFD", "홍길동"), "홍*동"),
        ("", ""),
    ],
)
def test_mask_keeps_first_and_last_letters(name: str, masked: str) -> None:
    assert mask(name) == masked


@given(st.text(alphabet=st.characters(categories=["Lo", "Lu", "Ll"]), min_size=1, max_size=60))
def test_a_word_keeps_at_most_two_letters(name: str) -> None:
    word = unicodedata.normalize("NFC", name)

    masked = mask(name)

    assert len(masked) == len(word)
    assert len(masked.replace("*", "")) <= min(2, len(word) - 1)
