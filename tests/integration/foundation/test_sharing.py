"""Commands that come together share one commit: each is whole or not there, and none is answered before."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection

from conference_hub.core import batches
from conference_hub.core.actor import Actor
from conference_hub.core.commands import Command, CommandRow, run_once
from conference_hub.core.entries import Entry, JournalStreamRow, head, since
from conference_hub.core.errors import HubError, Refused, Unavailable
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc, Stream
from conference_hub.web.hub import Hub
from tests.appending import append
from tests.model_day import CONF

PATIENCE_S = 20.0
Run = Callable[[Write], Doc]


@dataclass
class Gathering:
    """Holds the commit of the first command back until `expected` commands have run."""

    expected: int = 1
    commits: int = 0
    ran: list[str] = field(default_factory=list)
    meanwhile: Callable[[], object] | None = None
    _all: threading.Event = field(default_factory=threading.Event)

    def note(self, name: str) -> None:
        self.ran.append(name)
        if len(self.ran) >= self.expected:
            self._all.set()

    def pause(self, _seconds: float) -> None:
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            meanwhile()
        assert self._all.wait(PATIENCE_S)

    def count(self, _connection: Connection) -> None:
        self.commits += 1


@pytest.fixture
def gathering(seeded: Hub, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gathering]:
    found = Gathering()
    monkeypatch.setattr(batches, "MOST_AGE_S", PATIENCE_S)
    monkeypatch.setattr(batches, "let_others_run", found.pause)
    event.listen(seeded.database.engine, "commit", found.count)
    yield found
    event.remove(seeded.database.engine, "commit", found.count)


def entries(hub: Hub, after: int) -> list[Entry]:
    with hub.database.reading() as db:
        return since(db, CONF, Stream.OPERATOR, after, 1_000)


def now_at(hub: Hub) -> int:
    with hub.database.reading() as db:
        return head(db, CONF, Stream.OPERATOR)


def send(hub: Hub, gathering: Gathering, name: str, run: Run | None = None) -> Doc:
    def noted(write: Write) -> Doc:
        try:
            append(write, Stream.OPERATOR, "CueStarted", "lane/hall", {}, name=name)
            return run(write) if run else {"name": name}
        finally:
            gathering.note(name)

    command = Command(id=name, action="run/next", request={}, run=noted)
    return run_once(hub.journal, CONF, Actor.system(name), command)


def together(hub: Hub, gathering: Gathering, commands: dict[str, Run | None]) -> dict[str, object]:
    """Send commands at the same time and return their answers, or what they raised, by name."""
    gathering.expected = len(commands)
    with ThreadPoolExecutor(max_workers=len(commands)) as pool:
        sent: dict[str, Future[Doc]] = {
            name: pool.submit(send, hub, gathering, name, run) for name, run in commands.items()
        }
    return {name: future.exception() or future.result() for name, future in sent.items()}


def refuse(_write: Write) -> Doc:
    raise Refused("아직 시작하지 않았습니다.", code="not_started")


def break_down(_write: Write) -> Doc:
    raise RuntimeError


def test_commands_that_come_together_share_a_commit_and_are_told_in_their_order(
    seeded: Hub, gathering: Gathering
) -> None:
    before = now_at(seeded)
    told: list[list[int]] = []
    seeded.journal.listeners.append(lambda _conf, new: told.append([entry.seq for entry in new]))

    answers = together(seeded, gathering, {f"c{n}": None for n in range(5)})

    assert answers == {f"c{n}": {"name": f"c{n}"} for n in range(5)}
    assert gathering.commits == 1
    assert [entry.body["name"] for entry in entries(seeded, before)] == gathering.ran
    assert told == [[before + 1, before + 2, before + 3, before + 4, before + 5]]
    assert now_at(seeded) == before + 5


def test_a_command_that_fails_or_is_refused_undoes_only_its_own_work(
    seeded: Hub, gathering: Gathering
) -> None:
    before = now_at(seeded)

    answers = together(seeded, gathering, {"a": None, "b": break_down, "c": refuse, "d": None})

    assert (answers["a"], answers["d"]) == ({"name": "a"}, {"name": "d"})
    assert isinstance(answers["b"], RuntimeError)
    assert isinstance(answers["c"], HubError)
    new = entries(seeded, before)
    assert sorted(entry.body["name"] for entry in new) == ["a", "d"]
    assert [entry.seq for entry in new] == [before + 1, before + 2]
    assert stored(seeded) == {"a", "c", "d"}


def test_a_command_alone_that_fails_leaves_nothing_and_the_next_one_works(
    seeded: Hub, gathering: Gathering
) -> None:
    before = now_at(seeded)

    with pytest.raises(RuntimeError):
        send(seeded, gathering, "a", break_down)

    assert entries(seeded, before) == []
    assert send(seeded, gathering, "a") == {"name": "a"}
    assert gathering.commits == 1


def stored(hub: Hub) -> set[str]:
    with hub.database.reading() as db:
        return set(db.scalars(sa.select(CommandRow.command_id)))


def test_a_row_that_the_database_refuses_undoes_only_its_own_work(seeded: Hub, gathering: Gathering) -> None:
    before = now_at(seeded)

    def twice(write: Write) -> Doc:
        row = {"conf": CONF, "name": Stream.PUBLIC, "last_seq": 0}
        write.session.connection().execute(
            sa.text("INSERT INTO journal_stream VALUES (:conf, :name, :last_seq)"), row
        )
        return {}

    answers = together(seeded, gathering, {"a": None, "b": twice, "c": None})

    assert isinstance(answers["b"], sa.exc.IntegrityError)
    assert sorted(entry.body["name"] for entry in entries(seeded, before)) == ["a", "c"]


def test_object_that_the_database_refuses_undoes_only_its_own_work(seeded: Hub, gathering: Gathering) -> None:
    before = now_at(seeded)

    def twice(write: Write) -> Doc:
        write.session.add(JournalStreamRow(conf=CONF, name=Stream.PUBLIC, last_seq=0))
        write.session.flush()
        return {}

    answers = together(seeded, gathering, {"a": None, "b": twice, "c": None})

    assert isinstance(answers["b"], sa.exc.IntegrityError)
    assert sorted(entry.body["name"] for entry in entries(seeded, before)) == ["a", "c"]


def test_refused_command_leaves_no_object_behind(seeded: Hub, gathering: Gathering) -> None:
    def add(write: Write) -> None:
        write.session.add(JournalStreamRow(conf=CONF, name="another", last_seq=0))

    def refused_before_the_flush(write: Write) -> Doc:
        add(write)
        return refuse(write)

    def refused_after_the_flush(write: Write) -> Doc:
        add(write)
        write.session.flush()
        return refuse(write)

    answers = together(seeded, gathering, {"a": refused_before_the_flush, "b": refused_after_the_flush})

    assert {getattr(answer, "code", None) for answer in answers.values()} == {"not_started"}
    assert stored(seeded) == {"a", "b"}
    with seeded.database.reading() as db:
        assert set(db.scalars(sa.select(JournalStreamRow.name))) == set(Stream)


def test_when_the_commit_fails_nobody_is_told_that_it_was_done(seeded: Hub, gathering: Gathering) -> None:
    before, told = now_at(seeded), []
    seeded.journal.listeners.append(lambda _conf, new: told.extend(new))

    def full(_connection: Connection) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    event.listen(seeded.database.engine, "commit", full)
    answers = together(seeded, gathering, {"a": None, "b": None, "c": None})
    event.remove(seeded.database.engine, "commit", full)

    assert {name: code_of(answer) for name, answer in answers.items()} == {
        "a": "full",
        "b": "full",
        "c": "full",
    }
    assert (entries(seeded, before), told) == ([], [])
    assert send(seeded, gathering, "a") == {"name": "a"}


def code_of(answer: object) -> str | None:
    return answer.reason if isinstance(answer, Unavailable) else None


def test_when_the_transaction_is_lost_all_who_share_it_hear_of_it(seeded: Hub, gathering: Gathering) -> None:
    before = now_at(seeded)

    def lose(write: Write) -> Doc:
        driver: Any = write.session.connection().connection.driver_connection
        if seeded.database.sqlite:
            driver.execute("ROLLBACK")
        else:
            driver.close()
        raise sqlite3.OperationalError

    gathering.expected = 2
    with ThreadPoolExecutor(max_workers=1) as pool:
        late: list[Future[Doc]] = []
        gathering.meanwhile = lambda: late.append(pool.submit(send, seeded, gathering, "b", lose))
        with pytest.raises(Unavailable):
            send(seeded, gathering, "a")
    assert late[0].exception() is not None
    assert entries(seeded, before) == []
    gathering.expected = 1
    assert send(seeded, gathering, "a") == {"name": "a"}


def test_a_writer_of_its_own_does_not_wait_for_others_to_join(seeded: Hub, gathering: Gathering) -> None:
    def alone() -> None:
        with seeded.database.writing() as session:
            session.execute(sa.text("UPDATE conference SET people_revision = 7"))

    gathering.meanwhile = alone

    assert send(seeded, gathering, "a") == {"name": "a"}
    with seeded.database.reading() as db:
        assert db.scalar(sa.text("SELECT people_revision FROM conference")) == 7


def test_only_so_many_share_a_transaction(
    seeded: Hub, gathering: Gathering, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "MOST_WRITERS", 2)
    before = now_at(seeded)

    together(seeded, gathering, {f"c{n}": None for n in range(4)})

    assert gathering.commits >= 2
    assert [entry.seq for entry in entries(seeded, before)] == [before + n for n in range(1, 5)]
