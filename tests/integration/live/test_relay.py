"""The relay hands on what was committed, all of it, in order, once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import sqlalchemy as sa

from conference_hub.core.entries import JournalEntryRow, JournalStreamRow
from conference_hub.core.stream import Stream
from conference_hub.live.catchup import REPLAY_LIMIT, STORED_LIMIT, missed
from conference_hub.live.followers import Followers
from conference_hub.live.relay import BATCH, Backlog, Relay
from conference_hub.live.snapshot import States
from conference_hub.web.hub import Hub
from tests.integration.live.conftest import BARE, Heard, say
from tests.model_day import FakeNow

PLACE = (BARE, Stream.PUBLIC)


def test_what_was_committed_is_told_to_its_own_room(bare: Hub, relay: Relay, heard: Heard) -> None:
    say(bare, "hello", stream=Stream.STAFF)

    assert relay.step() is True
    assert relay.step() is False
    at = "2021-12-02T00:00:00.000Z"
    body = {"docs": {"word": {"said": "hello"}}}
    entry = {"stream": "staff", "seq": 1, "topic": "Said", "at": at, "body": body}
    assert heard.events == [("bare:staff", "entries", [entry])]


def test_what_was_committed_before_the_start_is_not_told(bare: Hub, heard: Heard) -> None:
    say(bare, "old")
    relay = Relay(bare, Followers(), heard, States(bare).forget)
    relay.begin()
    say(bare, "new")
    relay.step()

    assert heard.seqs == [2]


def test_a_long_backlog_comes_in_batches(bare: Hub, relay: Relay, heard: Heard) -> None:
    say(bare, *(str(n) for n in range(BATCH + 1)))

    while relay.step():
        pass

    assert heard.seqs == list(range(1, BATCH + 2))
    assert len(heard.events) == 2


def test_many_writers_at_once_are_told_in_order_and_once(bare: Hub, heard: Heard) -> None:
    relay = Relay(bare, Followers(), heard, States(bare).forget)
    relay.begin()
    bare.journal.listeners.append(relay.wake)
    running = threading.Thread(target=relay.run)
    running.start()
    with ThreadPoolExecutor(max_workers=8) as pool:
        list(pool.map(lambda n: say(bare, f"{n}a", f"{n}b"), range(40)))
    while relay.position(PLACE) != 80:
        running.join(0.02)
    relay.stop()
    running.join()

    assert heard.seqs == list(range(1, 81))


def test_a_journal_that_went_back_resets_its_followers(bare: Hub, relay: Relay, heard: Heard) -> None:
    say(bare, "one", "two")
    relay.step()
    with bare.database.writing() as db:
        public = JournalStreamRow.name == Stream.PUBLIC
        db.execute(sa.update(JournalStreamRow).where(public).values(last_seq=1))
    relay.step()

    assert heard.events[-1] == ("bare:public", "reset", {"stream": "public"})
    assert relay.position(PLACE) == 1


def test_the_backlog_says_how_much_waits_and_since_when(bare: Hub, relay: Relay, now: FakeNow) -> None:
    first = now()
    say(bare, "one", "two")
    now.forward(seconds=30)
    say(bare, "three")

    with bare.database.reading() as db:
        assert relay.backlog(db) == Backlog(depth=3, oldest=first)
    relay.step()
    with bare.database.reading() as db:
        assert relay.backlog(db) == Backlog(depth=0, oldest=None)
    assert now() - first == timedelta(seconds=30)


def test_who_was_away_misses_exactly_what_came_since(bare: Hub) -> None:
    say(bare, "one", "two", "three")

    with bare.database.reading() as db:
        since_one = missed(db, PLACE, 1)
        assert since_one is not None
        assert [entry.seq for entry in since_one] == [2, 3]
        assert missed(db, PLACE, 3) == []


def test_who_is_ahead_too_far_behind_or_before_the_first_kept_entry_needs_a_snapshot(bare: Hub) -> None:
    say(bare, *(str(n) for n in range(REPLAY_LIMIT + 1)))
    with bare.database.reading() as db:
        assert missed(db, PLACE, REPLAY_LIMIT + 2) is None
        assert missed(db, PLACE, 0) is None
        assert missed(db, PLACE, 1) is not None

    with bare.database.writing() as db:
        db.execute(sa.delete(JournalEntryRow).where(JournalEntryRow.seq < 10))

    with bare.database.reading() as db:
        assert missed(db, PLACE, 1) is None
        assert missed(db, PLACE, 9) is not None


def test_reader_who_missed_a_whole_import_needs_a_snapshot(bare: Hub) -> None:
    say(bare, "before", "가" * (STORED_LIMIT // 6), "after")

    with bare.database.reading() as db:
        assert missed(db, PLACE, 1) is None
        assert [entry.seq for entry in missed(db, PLACE, 2) or []] == [3]
        assert missed(db, PLACE, 3) == []
