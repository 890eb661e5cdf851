"""Fonts of a few letters: what is in them, and how pages name them."""

from __future__ import annotations

import gzip

import uharfbuzz

from conference_hub.web.typeface import digest_of, face_of, letters_of, packed_font

RARE = frozenset("샌텔뚫뚬")


def _face(letters: frozenset[str]) -> uharfbuzz.Face:
    return uharfbuzz.Face(gzip.decompress(packed_font(letters)))


def test_letters_of_a_text_are_those_that_the_interface_does_not_say() -> None:
    assert letters_of("샌텔 2021 안내, 실시간 abc") == frozenset("샌텔")


def test_a_letter_that_no_font_has_is_left_to_the_device() -> None:
    assert letters_of("\u0e01 \U0001f600") == frozenset()


def test_a_font_has_its_letters_and_no_others_in_every_weight() -> None:
    face = _face(RARE)

    [weight] = face.axis_infos
    assert {chr(code) for code in face.unicodes} == RARE
    assert (weight.tag, weight.min_value, weight.max_value) == ("wght", 400, 800)


def test_a_font_of_nothing_is_a_font() -> None:
    assert list(_face(frozenset()).unicodes) == []


def test_an_address_says_which_letters() -> None:
    assert digest_of(RARE) == digest_of(frozenset("뚬샌텔뚫"))
    assert digest_of(RARE) != digest_of(frozenset("샌텔"))


def test_css_names_letters_by_ranges() -> None:
    css = face_of(frozenset("가각갂힣"), "/c/a/letters/public/b.ttf")

    assert "font-family:'Hub Letters'" in css
    assert "src:url('/c/a/letters/public/b.ttf') format('truetype')" in css
    assert "unicode-range:U+ac00-ac02,U+d7a3}" in css
