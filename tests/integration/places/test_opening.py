"""A link is nobody's before its time, everybody's from then on, and nobody's again once it is closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from conference_hub.conferences.place_store import all_channels, all_rooms
from conference_hub.conferences.places import Channel, Room, closed, opened
from conference_hub.core.actor import Actor
from conference_hub.core.entries import JournalEntryRow
from conference_hub.core.errors import NotFound, Refused
from conference_hub.core.journal import Write
from conference_hub.core.stream import Stream
from conference_hub.core.text import Text
from conference_hub.places.actions import open_due_everywhere, remove_room, set_channels, set_rooms
from conference_hub.web.hub import Hub
from tests import small_conference as small
from tests.model_day import FakeNow
from tests.small_conference import OTHER

LINK = f"https://example.com/{small.MARK}/broadcast"
VIDEO = "https://www.youtube-nocookie.com/embed/small-main"


def change(hub: Hub, do: Callable[[Write], None]) -> None:
    with hub.journal.writing(OTHER, actor=Actor.system("test")) as write:
        do(write)


@pytest.fixture
def prepared(hub: Hub) -> Hub:
    """The small conference with its rooms and channels."""
    small.found(hub)
    change(hub, lambda write: set_rooms(write, small.rooms()))
    change(hub, lambda write: set_channels(write, small.channels()))
    return hub


def broadcast(hub: Hub) -> Channel:
    with hub.database.reading() as db:
        return all_channels(db, OTHER)[1]


def known(hub: Hub) -> str:
    """Return everything that any stream's snapshot or journal holds."""
    with hub.database.reading() as db:
        bodies = db.scalars(sa.select(JournalEntryRow.body).where(JournalEntryRow.conf == OTHER)).all()
        return str([*bodies, *(hub.snapshot(db, OTHER, stream) for stream in Stream)])


def test_nobody_hears_of_a_link_before_its_time(prepared: Hub, app: object) -> None:
    assert app is not None
    assert LINK not in known(prepared)
    assert VIDEO not in known(prepared)


def test_channel_opens_at_its_time_and_not_before(prepared: Hub, now: FakeNow) -> None:
    opens_at = broadcast(prepared).opens_at
    assert opens_at is not None

    now.instant = opens_at - timedelta(milliseconds=1)
    assert open_due_everywhere(prepared, now.instant) == opens_at
    assert broadcast(prepared).opened_at is None

    now.instant = opens_at
    assert open_due_everywhere(prepared, now.instant) is None
    assert broadcast(prepared).opened_at == opens_at

    now.forward(hours=1)
    assert open_due_everywhere(prepared, now.instant) is None
    assert broadcast(prepared).opened_at == opens_at


@pytest.mark.parametrize(
    "taken_back",
    [
        closed,
        lambda channel: replace(channel, url="https://example.com/another", videos=()),
    ],
)
def test_link_that_is_not_public_any_more_is_in_no_entry(
    prepared: Hub, app: object, taken_back: Callable[[Channel], Channel]
) -> None:
    assert app is not None
    hall, live = small.channels()
    change(prepared, lambda write: set_channels(write, (hall, opened(live, write.at))))
    assert LINK in known(prepared)
    shown = broadcast(prepared)

    change(prepared, lambda write: set_channels(write, (hall, taken_back(shown))))

    assert LINK not in known(prepared)
    assert VIDEO not in known(prepared)


def test_removing_a_channel_takes_its_link_out_of_every_entry(prepared: Hub, app: object) -> None:
    assert app is not None
    hall, live = small.channels()
    change(prepared, lambda write: set_channels(write, (hall, opened(live, write.at))))

    change(prepared, lambda write: set_channels(write, (hall,)))

    assert LINK not in known(prepared)


def test_room_in_use_is_not_removed(prepared: Hub) -> None:
    prepared.room_uses.append(lambda _db, _conf: {"hall": [Text.of("개회식"), Text.of("시상식")]})

    with pytest.raises(Refused) as refused:
        change(prepared, lambda write: remove_room(write, prepared, "hall"))

    assert (refused.value.code, refused.value.detail["name"]) == ("in_use", "개회식, 시상식")
    change(prepared, lambda write: remove_room(write, prepared, "annex"))


def test_unknown_room_is_not_removed(prepared: Hub) -> None:
    with pytest.raises(NotFound):
        change(prepared, lambda write: remove_room(write, prepared, "nowhere"))


def test_what_stays_the_same_publishes_nothing(prepared: Hub) -> None:
    before = known(prepared)

    change(prepared, lambda write: set_rooms(write, small.rooms()))
    change(prepared, lambda write: set_channels(write, small.channels()))

    assert known(prepared) == before


def test_rooms_may_be_swapped(prepared: Hub) -> None:
    hall, annex = small.rooms()

    change(prepared, lambda write: set_rooms(write, (annex, hall)))

    with prepared.database.reading() as db:
        found: tuple[Room, ...] = all_rooms(db, OTHER)
    assert found == (annex, hall)
