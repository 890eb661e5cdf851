"""What operators are told of the screens that are up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from conference_hub.access.model import Credential
from conference_hub.core.entries import Entry
from conference_hub.core.stream import Stream
from conference_hub.live.followers import Followers
from conference_hub.live.screens_up import MOST_REVEALS, ScreensUp, read_report

AT = datetime(2021, 12, 2, 0, 20, tzinfo=UTC)
STAGE = {"kind": "stage", "lane": "hall", "shown": 7}
PUBLIC, OPERATOR, SEALED = ("day", Stream.PUBLIC), ("day", Stream.OPERATOR), ("day", Stream.SEALED)
SEALED_HEAD = 41


@dataclass
class House:
    """One operator, one screen and two browsers of one conference."""

    followers: Followers = field(default_factory=Followers)
    sent: list[tuple[str, str, Any]] = field(default_factory=list)
    head: int = 7

    def __post_init__(self) -> None:
        self.followers.add("operator", OPERATOR, Credential(kind="session", id="o"))
        self.followers.add("screen", PUBLIC, Credential(kind="screen", id="s"))
        self.followers.add("one", PUBLIC)
        self.followers.add("two", PUBLIC)
        self.up = ScreensUp(
            followers=self.followers,
            send=lambda room, event, data: self.sent.append((room, event, data)),
            head=lambda key: self.head if key[1] is Stream.PUBLIC else SEALED_HEAD,
            now=lambda: AT,
        )


def test_operators_are_told_once_for_each_change() -> None:
    house = House()
    house.up.report("screen", "무대 왼쪽", STAGE)
    house.up.tell()
    house.up.tell()
    (told,) = house.sent
    (screen,) = told[2]["screens"]

    assert told[:2] == ("day:operator", "screens")
    assert {key: value for key, value in screen.items() if key != "id"} == {
        **STAGE,
        "name": "무대 왼쪽",
        "head": 7,
        "at": "2021-12-02T00:20:00.000Z",
    }
    assert (told[2]["head"], told[2]["browsers"]) == (7, 2)


def test_screens_of_the_people_at_the_stage_count_by_their_own_stream_and_are_no_browsers() -> None:
    house = House()
    house.followers.add("emcee", SEALED, Credential(kind="screen", id="e"))
    house.followers.add("account", SEALED, Credential(kind="session", id="a"))
    house.up.report("emcee", "사회자석", {"kind": "emcee", "lane": "hall", "shown": 40})
    told = house.up.document("day")

    assert [(one["name"], one["shown"], one["head"]) for one in told["screens"]] == [
        ("사회자석", 40, SEALED_HEAD)
    ]
    assert (told["head"], told["browsers"], house.up.identify("day")) == (7, 3, 1)
    assert house.sent == [("emcee", "identify", {"name": "사회자석"})]


def test_a_screen_keeps_its_id_and_leaves_with_its_socket() -> None:
    house = House()
    house.up.report("screen", "무대", STAGE)
    first = house.up.document("day")["screens"]
    house.up.report("screen", "무대", {**STAGE, "shown": 8})
    later = house.up.document("day")["screens"]
    house.up.remove("screen")

    assert [one["id"] for one in first] == [one["id"] for one in later]
    assert [one["shown"] for one in later] == [8]
    assert house.up.document("day")["screens"] == []


def test_where_no_operator_listens_nothing_is_sent() -> None:
    house = House()
    house.followers.remove("operator")
    house.up.tell()

    assert house.sent == []


def test_every_screen_shows_its_own_name() -> None:
    house = House()
    house.up.report("screen", "무대", STAGE)

    assert (house.up.identify("day"), house.up.identify("other")) == (1, 0)
    assert house.sent == [("screen", "identify", {"name": "무대"})]


def entry(seq: int, docs: dict[str, Any]) -> Entry:
    return Entry(stream=Stream.PUBLIC, seq=seq, topic="AwardRevealed", at=AT, body={"docs": docs})


def test_the_number_of_a_reveal_is_that_of_its_first_entry() -> None:
    house = House()
    house.up.relayed(
        PUBLIC, [entry(8, {"award/a": {}, "ceremony": {}}), entry(9, {"award/a": {}, "award/b": {}})]
    )
    house.up.relayed(OPERATOR, [entry(40, {"award/c": {}})])
    house.up.relayed(("other", Stream.PUBLIC), [entry(3, {"award/d": {}})])

    assert house.up.document("day")["reveals"] == {"a": 8, "b": 9}


def test_a_name_that_was_taken_back_and_revealed_again_has_its_new_number() -> None:
    house = House()
    house.up.relayed(PUBLIC, [entry(8, {"award/a": {}}), entry(9, {"award/a": None})])
    gone = house.up.document("day")["reveals"]
    house.up.relayed(PUBLIC, [entry(12, {"award/a": {}})])

    assert (gone, house.up.document("day")["reveals"]) == ({}, {"a": 12})


def test_the_numbers_of_the_last_reveals_are_kept() -> None:
    house = House()
    for seq in range(1, MOST_REVEALS + 3):
        house.up.relayed(PUBLIC, [entry(seq, {f"award/{seq}": {}})])

    assert list(house.up.document("day")["reveals"].values()) == list(range(3, MOST_REVEALS + 3))


@pytest.mark.parametrize(
    "said",
    [
        None,
        [],
        {},
        {**STAGE, "kind": "poster"},
        {**STAGE, "kind": None},
        {**STAGE, "lane": ""},
        {**STAGE, "lane": "x" * 81},
        {**STAGE, "lane": 3},
        {**STAGE, "shown": -1},
        {**STAGE, "shown": True},
        {**STAGE, "shown": 2**53},
        {**STAGE, "shown": "7"},
    ],
)
def test_what_does_not_fit_is_ignored(said: object) -> None:
    assert read_report(said) is None


def test_a_screen_of_no_lane_in_particular_fits() -> None:
    assert read_report({**STAGE, "lane": None}) is not None
