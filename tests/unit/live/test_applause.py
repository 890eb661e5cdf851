"""Applause: what taps amount to, how often followers are told, and what one connection can do."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest

from conference_hub.core.stream import Stream
from conference_hub.live.applause import EVERY_S, MOST_AT_ONCE, TAPS, Applause, read_taps
from conference_hub.live.followers import Followers
from conference_hub.live.shapes import ApplauseDoc
from conference_hub.web.counters import LocalCounters

PUBLIC, OPERATOR, STAFF = ("day", Stream.PUBLIC), ("day", Stream.OPERATOR), ("day", Stream.STAFF)
START = 1_638_400_000.0


@dataclass
class Hall:
    """One operator, one gate and some browsers of one conference; the clock stands still until it is moved."""

    browsers: int = 2
    wanted: bool = True
    sent: list[tuple[str, str, Any]] = field(default_factory=list)
    at: float = START
    set_by: float = 0.0

    def __post_init__(self) -> None:
        followers = Followers()
        followers.add("operator", OPERATOR)
        followers.add("gate", STAFF)
        for number in range(self.browsers):
            followers.add(f"b{number}", PUBLIC)
        storage = LocalCounters()
        self.applause = Applause(
            followers=followers,
            send=lambda room, event, text_of: self.sent.append((room, event, json.loads(text_of()))),
            storage=lambda: storage,
            wanted=lambda _conf: self.wanted,
            clock=lambda: self.at + self.set_by,
            steady=lambda: self.at,
        )

    def told(self) -> list[tuple[str, int]]:
        """Tell, and return what was sent: to which room, and the number."""
        self.sent.clear()
        self.applause.tell()
        return sorted((room, data["claps"]) for room, _, data in self.sent)


def test_taps_of_all_are_one_number_for_the_audience_and_the_console() -> None:
    hall = Hall()
    hall.applause.clap("b0", {"taps": 3})
    hall.applause.clap("b1", {"taps": 2})

    assert (hall.told(), hall.told()) == ([("day:operator", 5), ("day:public", 5)], [])
    assert (hall.applause.told("day"), hall.applause.told("other")) == ({"claps": 5}, None)


def test_nothing_is_sent_while_nobody_claps() -> None:
    hall = Hall()

    assert (hall.told(), hall.applause.document("day"), hall.applause.told("day")) == ([], {"claps": 0}, None)


def test_applause_dies_away_by_itself() -> None:
    hall = Hall()
    hall.applause.clap("b0", {"taps": 3})
    hall.told()
    hall.at += 11

    assert hall.told() == [("day:operator", 0), ("day:public", 0)]


def test_what_organisers_do_not_want_is_not_counted() -> None:
    hall = Hall(wanted=False)
    hall.applause.clap("b0", {"taps": 3})

    assert (hall.told(), hall.applause.document("day")) == ([], {"claps": 0})


def test_only_the_audience_claps() -> None:
    hall = Hall()
    for sid in ("operator", "gate", "nobody"):
        hall.applause.clap(sid, {"taps": 3})

    assert hall.told() == []


def test_a_crowd_of_any_size_is_told_at_most_twice_a_second() -> None:
    hall, seconds = Hall(browsers=2_000), 10
    rooms: Counter[str] = Counter()
    for _ in range(round(seconds / EVERY_S)):
        for number in range(hall.browsers):
            hall.applause.clap(f"b{number}", {"taps": 2})
        hall.told()
        rooms.update(room for room, _, _ in hall.sent)
        hall.at += EVERY_S

    assert rooms == {"day:public": 2 * seconds, "day:operator": 2 * seconds}
    assert hall.sent[-1][2]["claps"] >= 2 * hall.browsers


def test_a_very_large_audience_is_told_less_often_and_of_every_tap() -> None:
    hall, turns = Hall(browsers=10_000), 14
    times = []
    for turn in range(turns):
        hall.applause.clap(f"b{turn}", {"taps": 1})
        if told := hall.told():
            times.append(turn * EVERY_S)
            assert told == [("day:operator", turn + 1), ("day:public", turn + 1)]
        hall.at += EVERY_S

    assert times == [0, 2, 4, 6]


def test_who_joins_while_the_others_are_told_is_told_the_same_number() -> None:
    hall = Hall()
    joining: list[ApplauseDoc | None] = []
    hall.applause.send = lambda _room, _event, _text_of: joining.append(hall.applause.told("day"))
    hall.applause.clap("b0", {"taps": 3})
    hall.applause.tell()

    assert joining == [{"claps": 3}, {"claps": 3}]


def test_ten_thousand_taps_a_second_count_as_two_hands() -> None:
    hall, seconds = Hall(), 3
    for _ in range(seconds * 10_000):
        hall.applause.clap("b0", {"taps": 1})
        hall.at += 1 / 10_000
    hall.told()

    assert hall.applause.document("day")["claps"] <= TAPS.burst + seconds * TAPS.per_s + 1


def test_one_message_counts_as_many_taps_as_hands_can_make() -> None:
    assert (read_taps({"taps": 10**9}), read_taps({"taps": 1})) == (MOST_AT_ONCE, 1)


def test_what_is_kept_of_a_connection_goes_with_it() -> None:
    hall = Hall()
    hall.applause.clap("b0", {"taps": 1})
    hall.applause.remove("b0")
    hall.applause.remove("b1")

    assert hall.applause._buckets == {}


@pytest.mark.parametrize(
    "said", [None, [], {}, {"taps": 0}, {"taps": -3}, {"taps": True}, {"taps": "3"}, {"taps": 1.5}]
)
def test_what_does_not_fit_is_ignored(said: object) -> None:
    assert read_taps(said) is None


def test_applause_goes_on_after_the_clock_was_set_back() -> None:
    hall = Hall()
    for _ in range(2):
        hall.applause.clap("b0", {"taps": 12})
    hall.set_by = -3600
    hall.at += 2
    hall.applause.clap("b0", {"taps": 12})
    hall.applause.tell()

    assert hall.applause.document("day") == {"claps": 36}
