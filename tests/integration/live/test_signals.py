"""Two processes on one PostgreSQL: a fact of the one wakes the relay of the other, without waiting for its look."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
import sqlalchemy as sa

from conference_hub.core.db import Database
from conference_hub.core.journal import Journal
from conference_hub.core.stream import Stream
from conference_hub.live import relay as relaying
from conference_hub.live import signals as signalling
from conference_hub.live.relay import Relay
from conference_hub.live.signals import Signals
from conference_hub.live.snapshot import States
from conference_hub.web.hub import Hub
from tests.integration.live.conftest import BARE, Heard, say

pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)

PLACE = (BARE, Stream.PUBLIC)
PATIENCE_S = 20.0


@contextmanager
def signalled(signals: Signals) -> Iterator[None]:
    """Run both directions beside the test."""
    threads = [threading.Thread(target=work, daemon=True) for work in (signals.tell, signals.hear)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        signals.stop()


@pytest.fixture
def elsewhere(bare: Hub) -> Iterator[Hub]:
    """Another process on the same database."""
    database = Database(bare.database.url.render_as_string(hide_password=False))
    yield Hub(settings=bare.settings, database=database, journal=Journal(database, bare.now), now=bare.now)
    database.close()


def until(done: threading.Event) -> None:
    assert done.wait(PATIENCE_S)


def test_fact_of_another_process_is_relayed_when_it_is_told(
    bare: Hub, elsewhere: Hub, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relaying, "GLANCE_S", 600.0)
    relay = Relay(bare, heard, States(bare).forget)
    relay.begin()
    listening, relayed = threading.Event(), threading.Event()

    def news() -> None:
        relay.look()
        listening.set()

    relay.listeners.append(lambda _key, _entries: relayed.set())
    here, there = Signals(bare.database, news), Signals(elsewhere.database, lambda: None)
    elsewhere.journal.listeners.append(there.commit_seen)
    with ExitStack() as stack:
        stack.enter_context(signalled(here))
        stack.enter_context(signalled(there))
        running = threading.Thread(target=relay.run, daemon=True)
        running.start()
        until(listening)
        say(elsewhere, "hello")
        until(relayed)
        relay.stop()
        running.join()

    assert heard.seqs == [1]


def test_own_commits_are_no_news(bare: Hub, elsewhere: Hub) -> None:
    news: list[str] = []
    told = threading.Semaphore(0)

    def note(whose: str) -> None:
        news.append(whose)
        told.release()

    here = Signals(bare.database, lambda: note("here"))
    there = Signals(elsewhere.database, lambda: note("there"))
    with signalled(here), signalled(there):
        for _ in range(2):
            assert told.acquire(timeout=PATIENCE_S)  # both listen
        del news[:]
        here.commit_seen(BARE, [])
        say_through(here, bare)
        assert told.acquire(timeout=PATIENCE_S)

    assert news == ["there"]


def say_through(signals: Signals, hub: Hub) -> None:
    hub.journal.listeners.append(signals.commit_seen)
    say(hub, "hello")


def test_connection_that_was_lost_is_opened_again(
    bare: Hub, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(signalling, "AGAIN_S", 0.01)
    heard = threading.Semaphore(0)
    signals = Signals(bare.database, heard.release)
    with signalled(signals):
        assert heard.acquire(timeout=PATIENCE_S)
        ended = sa.text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE query LIKE 'LISTEN %' AND datname = current_database()"
        )
        with bare.database.engine.connect() as connection:
            assert len(list(connection.execute(ended))) == 1
        assert heard.acquire(timeout=PATIENCE_S)  # it listens anew, and looks at what it may have missed

    assert "no signals from or to other processes" in [record.message for record in caplog.records]
