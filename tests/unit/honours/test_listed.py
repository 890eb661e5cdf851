"""Pasted lists of guests of honour: lines of text and cells of a sheet."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest

from conference_hub.core.errors import Invalid
from conference_hub.core.text import Text
from conference_hub.honours.listed import read_lines
from conference_hub.honours.model import Honour, HonourId


def ids() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"h{next(numbers)}"


@pytest.mark.parametrize(
    "text",
    [
        "김내빈 | 차관 | 고용노동부 | 먼저 소개\n\n | 정책관\n이내빈",
        "김내빈\t차관\t고용노동부\t먼저 소개\n\t정책관\t\t\n\t\t\n이내빈\t\t\t",
    ],
)
def test_lines_and_cells_are_read_in_their_order(text: str) -> None:
    assert read_lines(text, "ko", ids()) == (
        Honour(
            id=HonourId("h1"),
            name="김내빈",
            office=Text(ko="차관"),
            organisation="고용노동부",
            note="먼저 소개",
        ),
        Honour(id=HonourId("h2"), office=Text(ko="정책관")),
        Honour(id=HonourId("h3"), name="이내빈"),
    )


@pytest.mark.parametrize("line", ["| | 고용노동부", "김 | a | b | c | d", "김" * 81])
def test_unreadable_line_is_named(line: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_lines(f"김내빈\n{line}", "ko", ids())

    assert (refusal.value.detail["field"], refusal.value.detail["line"]) == ("lines", line[:80])


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(Invalid) as refusal:
        read_lines("김\n" * 201, "ko", ids())

    assert refusal.value.detail == {"field": "lines", "most": 200}
