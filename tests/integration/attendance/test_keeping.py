"""Who follows the live page is written now and then, counted now and then, and the law holds over it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from conference_hub.attendance import store
from conference_hub.attendance.keeping import Counter, Keeper
from conference_hub.checkin.guest_actions import remove_guests
from conference_hub.conferences.store import get_conference
from conference_hub.core.actor import Actor
from conference_hub.core.entries import since
from conference_hub.core.stream import Doc, Stream
from conference_hub.people.store import all_guests
from conference_hub.web.hub import Hub
from tests.law import Watch
from tests.model_day import CONF, FakeNow

REMOTE = "guest-088"


def docs(hub: Hub, stream: Stream = Stream.OPERATOR) -> dict[str, Doc]:
    with hub.database.reading() as db:
        return {key: dict(doc) for key, doc in hub.snapshot(db, CONF, stream).items() if doc is not None}


def topics(hub: Hub, stream: Stream = Stream.OPERATOR) -> list[str]:
    with hub.database.reading() as db:
        return [entry.topic for entry in since(db, CONF, stream, 0, 1000)]


def elsewhere(hub: Hub) -> dict[str, tuple[str, str]]:
    """Return the state and source of each guest of whom something is known elsewhere."""
    return {
        doc["guest"]: (doc["state"], doc["source"])
        for key, doc in docs(hub).items()
        if key.startswith("elsewhere/")
    }


@pytest.fixture
def keeper(seeded: Hub) -> Keeper:
    """The sockets of one process."""
    return Keeper(seeded, worker="first")


def guests(hub: Hub) -> list[str]:
    with hub.database.reading() as db:
        return [guest.id for guest in all_guests(db, CONF)]


def count(hub: Hub, counter: Counter, now: FakeNow) -> None:
    counter.work(hub, now())


def test_a_crowd_that_connects_is_one_fact_and_one_count(seeded: Hub, keeper: Keeper, now: FakeNow) -> None:
    watch = Watch(seeded, CONF)
    before = len(topics(seeded))
    crowd, counter = guests(seeded), Counter()
    for number, guest in enumerate(crowd):
        keeper.seen(f"sid-{number}", CONF, guest, visible=number % 2 == 0)
    now.forward(seconds=10)
    keeper.write()
    count(seeded, counter, now)
    watch.look()

    assert topics(seeded)[before:] == ["PresenceNoted", "AttendanceCounted"]
    total = docs(seeded)["attendance"]["total"]
    assert total == {"expected": 121, "absent": 0, "hall": 0, "connected": 61, "idle": 60, "left": 0}
    assert docs(seeded, Stream.PUBLIC)["watching"] == {"about": 120}
    assert "attendance" not in docs(seeded, Stream.PUBLIC)
    assert [key for key in docs(seeded, Stream.STAFF) if key.startswith("elsewhere/")] == []


def test_a_guest_connects_hides_the_page_and_leaves(seeded: Hub, keeper: Keeper, now: FakeNow) -> None:
    watch = Watch(seeded, CONF)
    keeper.seen("sid", CONF, REMOTE, visible=True)
    keeper.write()
    assert elsewhere(seeded) == {REMOTE: ("connected", "socket")}
    now.forward(minutes=3)
    keeper.seen("sid", CONF, REMOTE, visible=False)
    keeper.write()
    assert elsewhere(seeded) == {REMOTE: ("idle", "socket")}
    now.forward(minutes=1)
    keeper.gone("sid")
    now.forward(seconds=119)
    keeper.write()
    assert elsewhere(seeded) == {REMOTE: ("idle", "socket")}
    now.forward(seconds=1)
    keeper.write()
    watch.look()

    assert elsewhere(seeded) == {REMOTE: ("left", "socket")}
    with seeded.database.reading() as db:
        spans = [
            (one.watch, one.ended_at and one.ended_at - one.began_at) for one in store.all_spans(db, CONF)
        ]
    assert spans == [("connected", timedelta(minutes=3)), ("idle", timedelta(minutes=1))]


def test_another_process_ends_what_a_dead_one_left_open(seeded: Hub, keeper: Keeper, now: FakeNow) -> None:
    keeper.seen("sid", CONF, REMOTE, visible=True)
    keeper.write()
    now.forward(minutes=1)
    keeper.write()
    other = Keeper(seeded, worker="second")
    now.forward(seconds=121)
    other.seen("new", CONF, REMOTE, visible=True)
    other.write()

    assert elsewhere(seeded) == {REMOTE: ("connected", "socket")}
    with seeded.database.reading() as db:
        ended = [one.ended_at and one.ended_at - one.began_at for one in store.all_spans(db, CONF)]
    assert ended == [timedelta(minutes=1), None]


def test_what_a_living_process_keeps_open_stays(seeded: Hub, keeper: Keeper, now: FakeNow) -> None:
    keeper.seen("sid", CONF, REMOTE, visible=True)
    other = Keeper(seeded, worker="second")
    for _ in range(8):
        keeper.write()
        other.write()
        now.forward(seconds=61)
    assert elsewhere(seeded) == {REMOTE: ("connected", "socket")}


def test_nobody_counts_before_doors_open_and_everybody_leaves_when_they_close(
    seeded: Hub, keeper: Keeper, now: FakeNow
) -> None:
    with seeded.database.reading() as db:
        ends_at = get_conference(db, CONF).ends_at
    doors = now.instant
    now.instant = doors - timedelta(days=1)
    keeper.seen("sid", CONF, REMOTE, visible=True)
    keeper.write()
    assert elsewhere(seeded) == {}
    now.instant = doors
    keeper.write()
    assert elsewhere(seeded) == {REMOTE: ("connected", "socket")}
    now.instant = ends_at + timedelta(hours=4)
    keeper.write()
    assert elsewhere(seeded) == {REMOTE: ("left", "socket")}


def test_the_public_hears_another_number_at_most_once_a_minute(
    seeded: Hub, keeper: Keeper, now: FakeNow
) -> None:
    crowd, counter = guests(seeded), Counter()
    seeded.journal.listeners.append(counter.commit_seen)
    for number, guest in enumerate(crowd[:20]):
        keeper.seen(f"sid-{number}", CONF, guest, visible=True)
    keeper.write()
    count(seeded, counter, now)
    for number, guest in enumerate(crowd[20:40], start=20):
        keeper.seen(f"sid-{number}", CONF, guest, visible=True)
    keeper.write()
    now.forward(seconds=11)
    count(seeded, counter, now)
    assert docs(seeded)["attendance"]["total"]["connected"] == 40
    assert docs(seeded, Stream.PUBLIC)["watching"] == {"about": 20}
    now.forward(seconds=60)
    count(seeded, counter, now)
    assert docs(seeded, Stream.PUBLIC)["watching"] == {"about": 40}


def test_counting_goes_on_after_the_clock_was_set_back(seeded: Hub, keeper: Keeper, now: FakeNow) -> None:
    crowd, counter = guests(seeded), Counter()
    seeded.journal.listeners.append(counter.commit_seen)
    for number, guest in enumerate(crowd[:20]):
        keeper.seen(f"sid-{number}", CONF, guest, visible=True)
    keeper.write()
    count(seeded, counter, now)
    keeper.gone("sid-0")
    now.forward(minutes=-10)
    for number, guest in enumerate(crowd[20:40], start=20):
        keeper.seen(f"sid-{number}", CONF, guest, visible=True)
    keeper.write()
    count(seeded, counter, now)
    assert docs(seeded, Stream.PUBLIC)["watching"] == {"about": 40}

    now.forward(minutes=3)
    keeper.write()
    count(seeded, counter, now)
    assert docs(seeded)["attendance"]["total"]["connected"] == 39


def test_a_guest_who_is_taken_off_the_list_is_gone_everywhere(
    seeded: Hub, keeper: Keeper, now: FakeNow
) -> None:
    watch = Watch(seeded, CONF)
    keeper.seen("sid", CONF, REMOTE, visible=True)
    keeper.write()
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        remove_guests(write, [REMOTE], ties=[], leaving=seeded.guests_leaving)
    keeper.seen("sid", CONF, REMOTE, visible=False)
    now.forward(seconds=10)
    keeper.write()
    watch.look()

    assert elsewhere(seeded) == {}
