"""The contrast of an accent colour with white, by WCAG's definition."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference_hub.conferences.colours import READABLE, contrast_with_white


@pytest.mark.parametrize(
    ("accent", "expected"), [("#ffffff", 1.0), ("#000000", 21.0), ("#767676", 4.54), ("#1b4b8f", 8.57)]
)
def test_contrast_is_that_of_wcag(accent: str, expected: float) -> None:
    assert contrast_with_white(accent) == pytest.approx(expected, abs=0.01)


def test_the_least_contrast_of_text_lies_between_two_greys() -> None:
    assert contrast_with_white("#777777") < READABLE <= contrast_with_white("#767676")


@given(st.integers(0, 0xFFFFFF))
def test_no_colour_is_outside_the_scale(colour: int) -> None:
    assert 1.0 <= contrast_with_white(f"#{colour:06x}") <= 21.0 + 1e-9
