"""Rows wait until somebody might read them, and never longer than their transaction."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Session

from conference_hub.core import deferred
from conference_hub.core.deferred import BESIDE, OPTION, Deferred, read_once, sees, send_later, waiting

TABLE = sa.Table("thing", sa.MetaData(), sa.Column("name", sa.String, primary_key=True))
INSERT = sa.insert(TABLE)
NAMES = sa.select(TABLE.c.name).order_by(TABLE.c.name)
NAMES_BESIDE = NAMES.execution_options(**BESIDE)


@pytest.fixture
def engine() -> Iterator[Engine]:
    made = sa.create_engine("sqlite://")
    deferred.send_what_waits(made.dialect)
    TABLE.metadata.create_all(made)
    yield made
    made.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.connect().execution_options(**{OPTION: Deferred()}) as opened:
        yield opened


@pytest.fixture
def session(connection: Connection) -> Session:
    return Session(connection, info={OPTION: connection.get_execution_options()[OPTION]})


def later(session: Session, name: str) -> None:
    send_later(session, INSERT, name, {"name": name})


def names(session: Session, statement: sa.Select[tuple[str]]) -> list[str]:
    return list(session.connection().scalars(statement))


def test_row_waits_for_the_first_statement_that_does_not_read_beside_it(session: Session) -> None:
    later(session, "a")

    assert names(session, NAMES_BESIDE) == []
    assert names(session, NAMES) == ["a"]
    assert names(session, NAMES_BESIDE) == ["a"]


def test_statement_beside_sees_the_row_that_it_names(session: Session) -> None:
    later(session, "a")

    sees(session, INSERT, "b")
    unsent = names(session, NAMES_BESIDE)
    sees(session, INSERT, "a")

    assert (unsent, names(session, NAMES_BESIDE)) == ([], ["a"])


def test_rows_that_wait_are_known_by_what_they_are_about(session: Session) -> None:
    later(session, "a")
    later(session, "b")
    known = waiting(session, INSERT)
    names(session, NAMES)

    assert (known, waiting(session, INSERT)) == ({"a": {"name": "a"}, "b": {"name": "b"}}, {})


def test_what_was_undone_is_never_sent_and_what_came_before_is(
    session: Session, connection: Connection
) -> None:
    shared: Deferred = session.info[OPTION]
    shared.savepoint("one")
    later(session, "a")
    shared.release(connection, "one")
    shared.savepoint("two")
    later(session, "b")
    shared.roll_back(connection, "two")

    assert names(session, NAMES) == ["a"]


def test_writer_who_sent_something_is_undone_by_the_database(
    session: Session, connection: Connection
) -> None:
    shared: Deferred = session.info[OPTION]
    shared.savepoint("one")
    later(session, "a")
    shared.release(connection, "one")
    shared.savepoint("two")
    later(session, "b")
    sent = names(session, NAMES)
    shared.roll_back(connection, "two")

    assert (sent, names(session, NAMES)) == (["a", "b"], ["a"])


def test_writer_within_another_one_is_refused() -> None:
    shared = Deferred()
    shared.savepoint("one")

    with pytest.raises(RuntimeError, match="savepoint two within one"):
        shared.savepoint("two")


def test_what_was_read_once_is_read_again_when_something_was_sent(session: Session) -> None:
    def read() -> list[str]:
        return names(session, NAMES_BESIDE)

    first = read_once(session, "names", read)
    later(session, "a")
    again = read_once(session, "names", read)
    names(session, NAMES)

    assert (first, again, read_once(session, "names", read)) == ([], [], ["a"])


def test_rows_of_a_transaction_of_its_own_are_inserted_at_once(engine: Engine) -> None:
    with Session(engine) as alone:
        later(alone, "a")
        assert names(alone, NAMES_BESIDE) == ["a"]
