"""What a crowd looks up is read for all in one statement, and never older than what their transaction sent."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from conference_hub.core import deferred
from conference_hub.core.batches import Batch, WriteQueue, Writer
from conference_hub.core.deferred import BESIDE, OPTION, Deferred
from conference_hub.core.gathered import Gathered

TABLE = sa.Table(
    "thing",
    sa.MetaData(),
    sa.Column("conf", sa.String, primary_key=True),
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("size", sa.Integer),
)
ASKED: list[list[str]] = []


def read(session: Session, conf: str, names: Collection[str]) -> dict[str, int]:
    ASKED.append(sorted(names))
    found = sa.select(TABLE.c.name, TABLE.c.size).where(TABLE.c.conf == conf, TABLE.c.name.in_(names))
    return {row.name: row.size for row in session.connection().execute(found, execution_options=BESIDE)}


SIZES = Gathered(read)


@pytest.fixture
def engine() -> Iterator[Engine]:
    made = sa.create_engine("sqlite://")
    deferred.send_what_waits(made.dialect)
    TABLE.metadata.create_all(made)
    with made.begin() as connection:
        rows = [{"conf": "one", "name": name, "size": size} for size, name in enumerate("abc")]
        connection.execute(sa.insert(TABLE), [*rows, {"conf": "two", "name": "a", "size": 7}])
    ASKED.clear()
    yield made
    made.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """Return the session of a transaction that others may share."""
    with engine.connect().execution_options(**{OPTION: Deferred()}) as connection:
        yield Session(connection, info={OPTION: connection.get_execution_options()[OPTION]})


def test_first_who_asks_reads_for_all_who_are_expected(session: Session) -> None:
    SIZES.expect(session, "one", ["b", "c", "unknown"])

    found = [SIZES.of(session, "one", name) for name in ("a", "b", "c", "unknown")]

    assert found == [0, 1, 2, None]
    assert ASKED == [["a", "b", "c", "unknown"]]


def test_who_was_not_expected_asks_for_themselves(session: Session) -> None:
    SIZES.of(session, "one", "a")

    assert SIZES.of(session, "one", "b") == 1
    assert ASKED == [["a"], ["b"]]


def test_each_conference_has_its_own(session: Session) -> None:
    SIZES.expect(session, "two", ["a"])

    assert (SIZES.of(session, "one", "a"), SIZES.of(session, "two", "a")) == (0, 7)


def test_what_was_read_is_read_again_when_something_was_sent(session: Session) -> None:
    SIZES.expect(session, "one", ["b"])
    before = SIZES.of(session, "one", "a")
    session.connection().execute(sa.update(TABLE).values(size=9))

    assert (before, SIZES.of(session, "one", "a"), SIZES.of(session, "one", "b")) == (0, 9, 9)


def test_transaction_of_its_own_reads_anew_each_time(engine: Engine) -> None:
    with Session(engine) as alone:
        SIZES.expect(alone, "one", ["b"])
        assert [SIZES.of(alone, "one", "a") for _ in range(2)] == [0, 0]

    assert ASKED == [["a"], ["a"]]


def share(queue: WriteQueue, engine: Engine, name: str, work: Callable[[Session], None]) -> None:
    def nothing(_batch: Batch) -> None:
        """Need nothing of the transaction."""

    writer = Writer(prepare=nothing, info={}, expects=[((SIZES, "one"), name)])
    with queue.sharing(1.0, lambda: begun(engine), writer) as (_, part):
        work(part.session)


def begun(engine: Engine) -> sa.engine.Connection:
    connection = engine.connect()
    connection.begin()
    return connection


def test_who_had_their_turn_and_did_not_look_is_expected_no_more(engine: Engine) -> None:
    queue = WriteQueue()
    engine.dialect.do_savepoint = engine.dialect.do_release_savepoint = lambda *_: None  # type: ignore[method-assign]

    share(queue, engine, "a", lambda _session: None)
    share(queue, engine, "b", lambda session: ASKED.append([f"found {SIZES.of(session, 'one', 'b')}"]))

    assert ASKED == [["b"], ["found 1"]]
