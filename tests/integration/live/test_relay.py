"""The relay hands on what was committed, all of it, in order, once."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa

from conference_hub.core.entries import JournalEntryRow, JournalStreamRow, head
from conference_hub.core.journal import Journal
from conference_hub.core.stream import Stream
from conference_hub.live import relay as relaying
from conference_hub.live.catchup import REPLAY_LIMIT, STORED_LIMIT, missed
from conference_hub.live.relay import BATCH, Backlog, Relay
from conference_hub.live.snapshot import States
from conference_hub.web.hub import Hub
from tests.integration.live.conftest import BARE, Heard, say
from tests.model_day import FakeNow

PLACE = (BARE, Stream.PUBLIC)


@contextmanager
def running(hub: Hub, heard: Heard) -> Iterator[Relay]:
    """Run a relay that hears of every commit of the hub, until the block ends."""
    relay = Relay(hub, heard, States(hub).forget)
    relay.begin()
    hub.journal.listeners.append(relay.hand_over)
    thread = threading.Thread(target=relay.run)
    thread.start()
    while not relay._running:
        time.sleep(0.01)
    try:
        yield relay
    finally:
        relay.stop()
        thread.join()


def relayed_up_to(relay: Relay, seq: int) -> None:
    while relay.position(PLACE) != seq:
        time.sleep(0.01)


def test_committed_entries_are_sent_to_the_room_of_their_stream(
    bare: Hub, relay: Relay, heard: Heard
) -> None:
    say(bare, "hello", stream=Stream.STAFF)

    assert relay.step() is True
    assert relay.step() is False
    at = "2021-12-02T00:00:00.000Z"
    body = {"docs": {"word": {"said": "hello"}}}
    entry = {"stream": "staff", "seq": 1, "topic": "Said", "at": at, "body": body}
    assert heard.events == [("bare:staff", "entries", [entry])]


def test_entries_committed_before_the_start_are_not_sent(bare: Hub, heard: Heard) -> None:
    say(bare, "old")
    relay = Relay(bare, heard, States(bare).forget)
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


def test_entries_of_concurrent_writers_are_sent_once_and_in_order(bare: Hub, heard: Heard) -> None:
    with running(bare, heard) as relay:
        with ThreadPoolExecutor(max_workers=8) as pool:
            list(pool.map(lambda n: say(bare, f"{n}a", f"{n}b"), range(40)))
        relayed_up_to(relay, 80)

    assert heard.seqs == list(range(1, 81))


def test_entries_that_follow_are_relayed_without_reading_them_again(
    bare: Hub, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relaying, "GLANCE_S", 60.0)
    with running(bare, heard) as relay:
        say(bare, "read by the first look")  # the relay looks once, or was handed this
        relayed_up_to(relay, 1)
        asked: list[str] = []
        sa.event.listen(
            bare.database.engine,
            "before_cursor_execute",
            lambda _connection, _cursor, statement, *_: asked.append(statement),
        )
        say(bare, "two", "three")
        relayed_up_to(relay, 3)

    assert heard.seqs == [1, 2, 3]
    assert [statement for statement in asked if "FROM journal_entry" in statement] == []


def test_entries_of_another_process_are_read_before_those_that_follow_them(
    bare: Hub, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relaying, "GLANCE_S", 60.0)
    other = Hub(
        settings=bare.settings,
        database=bare.database,
        journal=Journal(bare.database, bare.now),
        now=bare.now,
    )
    with running(bare, heard) as relay:
        say(bare, "here")
        relayed_up_to(relay, 1)
        say(other, "elsewhere")
        say(bare, "here again")
        relayed_up_to(relay, 3)

    assert heard.seqs == [1, 2, 3]


def test_fact_is_with_its_followers_before_its_command_is_answered(bare: Hub, heard: Heard) -> None:
    with running(bare, heard) as relay:
        relayed_up_to(relay, 0)
        say(bare, "one", "two")
        heard_by_then = heard.seqs

    assert heard_by_then == [1, 2]
    assert [len(data) for _, event, data in heard.events if event == "entries"] == [2]  # type: ignore[arg-type]


def test_fact_of_who_commits_while_others_are_relayed_follows_them(bare: Hub, heard: Heard) -> None:
    others, go_on = threading.Event(), threading.Event()

    class Slow(Heard):
        def __call__(self, room: str, event: str, text: str) -> None:
            others.set()
            assert go_on.wait(20)
            super().__call__(room, event, text)

    slow = Slow()
    with running(bare, slow) as relay, ThreadPoolExecutor(1) as pool:
        first = pool.submit(say, bare, "one")
        assert others.wait(20)
        say(bare, "two")  # answered although somebody is in the middle of sending
        before = slow.seqs
        go_on.set()
        first.result(20)
        relayed_up_to(relay, 2)

    assert (before, slow.seqs) == ([], [1, 2])


def test_sending_that_fails_fails_no_command_and_loses_no_later_fact(
    bare: Hub, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(Heard):
        def __call__(self, room: str, event: str, text: str) -> None:
            if "one" in text:
                raise ValueError("a defect")
            super().__call__(room, event, text)

    broken = Broken()
    with running(bare, broken) as relay:
        say(bare, "one")
        say(bare, "two")
        relayed_up_to(relay, 2)

    with bare.database.reading() as db:
        assert head(db, *PLACE) == 2
    assert broken.seqs == [2]
    assert "relay failed; it looks again at once" in [record.message for record in caplog.records]


def test_a_relay_that_does_not_run_keeps_nothing(bare: Hub, relay: Relay) -> None:
    bare.journal.listeners.append(relay.hand_over)

    say(bare, "hello")

    assert not relay._handed


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


def test_replay_holds_exactly_the_missed_entries(bare: Hub) -> None:
    say(bare, "one", "two", "three")

    with bare.database.reading() as db:
        since_one = missed(db, PLACE, 1)
        assert since_one is not None
        assert [entry.seq for entry in since_one] == [2, 3]
        assert missed(db, PLACE, 3) == []


def test_reader_ahead_or_too_far_behind_needs_a_snapshot(bare: Hub) -> None:
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
