"""When channels open, and how lists of rooms, channels and videos change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from conference_hub.conferences.places import (
    Channel,
    ChannelKind,
    Room,
    closed,
    opened,
    own_first,
    to_open_at,
)
from conference_hub.core.ordered import changed, moved, put, without
from conference_hub.core.text import Text

NOON = datetime(2026, 12, 2, 3, 0, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
CHANNEL = Channel(
    id="live", kind=ChannelKind.BROADCAST, title=Text.of("생중계"), url="https://example.com/live"
)
TIMED = replace(CHANNEL, opens_at=LATER)
OPEN = replace(CHANNEL, opened_at=NOON)
A, B, C = (Room(id=name, title=Text.of(name)) for name in "abc")


def test_link_is_public_only_while_the_channel_is_open() -> None:
    assert [one.public_url for one in (CHANNEL, TIMED, OPEN)] == [None, None, "https://example.com/live"]


def test_channel_is_due_from_its_time_on_until_it_is_open() -> None:
    at = (NOON, LATER, LATER + timedelta(days=1))

    assert [TIMED.due(moment) for moment in at] == [False, True, True]
    assert [opened(TIMED, LATER).due(moment) for moment in at] == [False, False, False]
    assert CHANNEL.due(LATER) is False


def test_opening_an_open_channel_keeps_since_when_it_is_open() -> None:
    assert opened(OPEN, LATER) == OPEN


def test_closed_channel_does_not_open_again_by_itself() -> None:
    assert closed(replace(OPEN, opens_at=NOON)) == CHANNEL


@pytest.mark.parametrize(
    ("before", "opens_at", "after"),
    [
        (CHANNEL, LATER, TIMED),
        (OPEN, LATER, TIMED),
        (OPEN, None, OPEN),
        (TIMED, None, CHANNEL),
        (TIMED, NOON - timedelta(hours=1), replace(OPEN, opens_at=NOON - timedelta(hours=1))),
        (replace(TIMED, opened_at=NOON), LATER, replace(TIMED, opened_at=NOON)),
    ],
)
def test_another_time_opens_or_closes_a_channel(
    before: Channel, opens_at: datetime | None, after: Channel
) -> None:
    assert to_open_at(before, opens_at, NOON) == after


@pytest.mark.parametrize(
    ("mode", "order"),
    [
        ("online", ["live", "hall"]),
        ("onsite", ["hall", "live"]),
        ("zoom", ["hall", "live"]),
        (None, ["hall", "live"]),
    ],
)
def test_guests_see_their_own_channel_first(mode: str | None, order: list[str]) -> None:
    hall = Channel(id="hall", kind=ChannelKind.HALL, title=Text.of("현장"))

    assert [channel.id for channel in own_first((hall, CHANNEL), mode)] == order


def test_put_replaces_in_place_and_adds_at_the_end() -> None:
    other = replace(A, capacity=10)

    assert put(put((A, B), other), C) == (other, B, C)


@pytest.mark.parametrize(("by", "order"), [(1, "bac"), (2, "bca"), (9, "bca"), (-1, "abc"), (0, "abc")])
def test_moved_stops_at_the_ends(by: int, order: str) -> None:
    assert "".join(room.id for room in moved((A, B, C), "a", by)) == order


def test_without_leaves_the_others_in_order() -> None:
    assert without((A, B, C), {"b"}) == (A, C)


def test_changed_names_what_is_new_other_elsewhere_or_gone() -> None:
    other = replace(B, capacity=10)

    assert changed((A, B), (A, other)) == ("b",)
    assert changed((A, B), (B, A)) == ("b", "a")
    assert changed((A, B), (B, C)) == ("b", "c", "a")
    assert changed((A, B), (A, B)) == ()
