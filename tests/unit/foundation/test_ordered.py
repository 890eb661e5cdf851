"""Ordered lists: numbers follow the order, a full list takes no more, and two things are not called the same."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from conference_hub.core.errors import Invalid, Refused
from conference_hub.core.ordered import numbered, refuse_more, refuse_taken
from conference_hub.core.text import Text


@dataclass(frozen=True, kw_only=True)
class Thing:
    id: str
    title: Text
    position: int = 0


def thing(name: str, position: int = 0, *, called: str = "") -> Thing:
    return Thing(id=name, title=Text.of(called or name), position=position)


def test_numbers_follow_the_order_from_one() -> None:
    assert numbered([thing("b", 2), thing("a", 2), thing("c", 9)]) == (
        thing("b", 1),
        thing("a", 2),
        thing("c", 3),
    )


def test_a_full_list_takes_no_more() -> None:
    refuse_more([thing("a")], 2)

    with pytest.raises(Refused) as refusal:
        refuse_more([thing("a"), thing("b")], 2)
    assert refusal.value.code == "full"


def test_a_title_is_given_once_whatever_its_case_and_spaces() -> None:
    things = [thing("a", called="Main Hall"), thing("b", called="Lobby")]
    refuse_taken(things, thing("b", called="lobby"), "ko")

    with pytest.raises(Invalid) as refusal:
        refuse_taken(things, thing("c", called="main  hall"), "ko")
    assert refusal.value.detail == {"field": "title_ko"}
