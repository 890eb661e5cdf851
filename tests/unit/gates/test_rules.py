"""Whether a point is open, whom a gate is for, and to which day something belongs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference_hub.core.text import Text
from conference_hub.gates.model import Gate, GateId, Window
from conference_hub.gates.rules import (
    Closed,
    ForGroups,
    ForModes,
    NotYet,
    Open,
    day_ends_at,
    day_of,
    fitting,
    opening,
    unfit,
)
from conference_hub.people.model import GroupId, Mode

SEOUL = "Asia/Seoul"
SECOND = timedelta(seconds=1)
AWARDED, STAFF = GroupId("awarded"), GroupId("staff")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def window(opens: str, closes: str) -> Window:
    return Window(opens_at=at(opens), closes_at=at(closes))


FIRST = window("2021-12-02T09:00+09:00", "2021-12-02T18:00+09:00")
SECOND_DAY = window("2021-12-03T09:00+09:00", "2021-12-03T12:00+09:00")


def gate(gate_id: str, *, groups: Iterable[GroupId] = (), modes: Iterable[Mode] = ()) -> Gate:
    return Gate(
        id=GateId(gate_id),
        title=Text.of(gate_id),
        position=1,
        groups=frozenset(groups),
        modes=frozenset(modes),
    )


@pytest.mark.parametrize(
    "moment", [FIRST.opens_at, FIRST.closes_at, SECOND_DAY.opens_at, SECOND_DAY.closes_at]
)
def test_both_ends_of_a_window_belong_to_it(moment: datetime) -> None:
    assert opening([SECOND_DAY, FIRST], moment) == Open()


def test_before_and_between_windows_the_next_one_is_told() -> None:
    before, between = FIRST.opens_at - SECOND, FIRST.closes_at + SECOND

    assert [opening([SECOND_DAY, FIRST], one) for one in (before, between)] == [
        NotYet(opens_at=FIRST.opens_at, closes_at=FIRST.closes_at),
        NotYet(opens_at=SECOND_DAY.opens_at, closes_at=SECOND_DAY.closes_at),
    ]


def test_after_the_last_window_the_last_one_is_told() -> None:
    after = SECOND_DAY.closes_at + SECOND

    expected = Closed(opens_at=SECOND_DAY.opens_at, closes_at=SECOND_DAY.closes_at)
    assert opening([SECOND_DAY, FIRST], after) == expected


def test_windows_that_overlap_are_open_from_the_first_to_the_last_end() -> None:
    long = window("2021-12-02T08:00+09:00", "2021-12-02T20:00+09:00")

    assert [opening([long, FIRST], long.closes_at), opening([FIRST, long], long.opens_at)] == [Open(), Open()]


def test_window_that_is_never_open_is_refused() -> None:
    with pytest.raises(ValueError, match="window from"):
        Window(opens_at=FIRST.closes_at, closes_at=FIRST.opens_at)


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 20)), min_size=1, max_size=5), st.integers(-5, 80)
)
def test_a_point_is_open_just_in_its_windows(spans: list[tuple[int, int]], minute: int) -> None:
    start = FIRST.opens_at
    windows = [
        Window(opens_at=start + timedelta(minutes=a), closes_at=start + timedelta(minutes=a + n))
        for a, n in spans
    ]

    found = opening(windows, start + timedelta(minutes=minute))

    if any(a <= minute <= a + n for a, n in spans):
        assert found == Open()
    elif any(a > minute for a, _ in spans):
        assert isinstance(found, NotYet)
        assert found.opens_at == start + timedelta(minutes=min(a for a, _ in spans if a > minute))
    else:
        assert isinstance(found, Closed)
        assert found.closes_at == start + timedelta(minutes=max(a + n for a, n in spans))


def test_a_show_over_midnight_is_one_day() -> None:
    moments = [
        "2021-12-02T23:59+09:00",
        "2021-12-03T00:20+09:00",
        "2021-12-03T03:59+09:00",
        "2021-12-03T04:00+09:00",
    ]

    assert [day_of(at(one), SEOUL).day for one in moments] == [2, 2, 2, 3]


def test_a_day_is_that_of_the_window_that_opened_last() -> None:
    night = window("2021-12-02T20:00+09:00", "2021-12-03T06:00+09:00")
    windows = [SECOND_DAY, night]
    moments = [
        "2021-12-02T08:00+09:00",
        "2021-12-03T05:00+09:00",
        "2021-12-03T09:00+09:00",
        "2021-12-04T09:00+09:00",
    ]

    assert [day_of(at(one), SEOUL, windows).day for one in moments] == [2, 2, 3, 3]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-03-29T03:30+02:00", date(2026, 3, 28)),
        ("2026-03-29T06:30+02:00", date(2026, 3, 29)),
        ("2026-10-25T02:30+01:00", date(2026, 10, 24)),
        ("2026-10-25T04:30+01:00", date(2026, 10, 25)),
    ],
)
def test_a_day_begins_at_four_by_the_clock_also_when_the_clocks_change(moment: str, day: date) -> None:
    assert day_of(at(moment), "Europe/Berlin") == day


def test_a_gate_names_whom_it_is_for_the_group_first() -> None:
    door = gate("door", groups={AWARDED}, modes={Mode.ONSITE})

    assert [
        unfit(door, AWARDED, Mode.ONSITE),
        unfit(door, STAFF, Mode.ZOOM),
        unfit(door, None, Mode.ONSITE),
        unfit(door, AWARDED, Mode.METAVERSE),
        unfit(gate("all"), None, Mode.ZOOM),
    ] == [
        None,
        ForGroups(groups=frozenset({AWARDED})),
        ForGroups(groups=frozenset({AWARDED})),
        ForModes(modes=frozenset({Mode.ONSITE})),
        None,
    ]


def test_the_gates_that_fit_are_told_in_their_order() -> None:
    gates = [gate("staff", groups={STAFF}), gate("hall", modes={Mode.ONSITE}), gate("all")]

    assert [one.id for one in fitting(gates, AWARDED, Mode.ONSITE)] == ["hall", "all"]


@pytest.mark.parametrize(
    ("came", "gone"),
    [
        ("2021-12-02T13:30+09:00", "2021-12-03T04:00+09:00"),
        ("2021-12-03T00:20+09:00", "2021-12-03T04:00+09:00"),
        ("2021-12-03T03:59+09:00", "2021-12-03T04:00+09:00"),
        ("2021-12-03T04:00+09:00", "2021-12-04T04:00+09:00"),
    ],
)
def test_a_day_ends_at_four_in_the_morning(came: str, gone: str) -> None:
    assert day_ends_at(at(came), SEOUL, [FIRST, SECOND_DAY]) == day_ends_at(at(came), SEOUL) == at(gone)


def test_a_night_ends_when_the_doors_close_that_are_open_at_four() -> None:
    night = window("2021-12-02T20:00+09:00", "2021-12-03T06:00+09:00")

    assert day_ends_at(at("2021-12-03T05:00+09:00"), SEOUL, [FIRST, night]) == night.closes_at
    assert day_ends_at(at("2021-12-02T21:00+09:00"), SEOUL, [FIRST, night]) == night.closes_at
    assert day_ends_at(night.closes_at, SEOUL, [night]) == at("2021-12-04T04:00+09:00")


@pytest.mark.parametrize("day", ["2026-03-28", "2026-10-24"])
def test_a_day_ends_at_four_on_the_clock_when_the_clock_is_changed(day: str) -> None:
    ends = day_ends_at(at(f"{day}T23:00+01:00"), "Europe/Berlin")

    assert ends.astimezone(ZoneInfo("Europe/Berlin")).hour == 4
    assert day_of(ends - SECOND, "Europe/Berlin") == date.fromisoformat(day)
    assert day_of(ends, "Europe/Berlin") == date.fromisoformat(day) + timedelta(days=1)
