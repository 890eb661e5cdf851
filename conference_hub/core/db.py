"""The database: engine, typed columns, `reading()` and `writing()`, the same on SQLite and PostgreSQL.

SQLite has one writer: every `writing()` waits for its turn in this process and then says `BEGIN IMMEDIATE`; those that
come together by `sharing()` have one transaction and one commit (`core/batches.py`). A file that another
process has locked is asked again and again, with pauses in which others are served: SQLite itself never waits, its wait
would stop the event loop. Errors of the storage come out as Unavailable. Nothing slow (mail, HTTP, an emit) belongs
inside a transaction.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Dialect, Engine, make_url
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import PoolProxiedConnection

from conference_hub.core import deferred, outage
from conference_hub.core.batches import Batch, Notes, Prepare, Share, WriteQueue, Writer
from conference_hub.core.deferred import Deferred
from conference_hub.core.gathered import Expectation

LOCK_WAIT_S = 2.0
"""How long a transaction asks for a database that another process has locked."""
QUEUE_WAIT_S = 8.0
"""How long a writer waits for the writers of this process before it; its browser gives up after ten seconds."""
PAUSE_S = 0.02
TOLD = "hub_told"
"""Where a pooled connection keeps how its next transaction begins."""
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    "secure_delete=ON",
)
"""In memory are the pages by which a savepoint is undone: a command changes more of them than SQLite keeps there.
What is deleted is overwritten in the file."""
POOL: dict[str, Any] = {"pool_size": 10, "max_overflow": 20, "pool_timeout": 5}
POSTGRES_LIMITS: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
POSTGRES_OPTIONS = (
    "-c statement_timeout=10000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=30000"
)


class Instant(sa.TypeDecorator[datetime]):
    """An aware UTC datetime; refuses naive values, and gives aware ones back on SQLite too."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Convert to UTC; SQLite has no zones, so there the zone is dropped after the conversion."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"naive datetime for the database: {value!r}"
            raise ValueError(message)
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - inherited
        """Give an aware UTC datetime back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The parent of every table; `dict` columns are JSON, `datetime` columns are instants."""

    metadata = sa.MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar = {
        datetime: Instant,
        dict[str, Any]: sa.JSON,
        list[Any]: sa.JSON,
    }


def database_of(session: Session) -> Database:
    """Return the database that opened a session."""
    found: Database = session.info["database"]
    return found


def notes_of(session: Session) -> Notes:
    """Return the notes of a session's transaction."""
    found: Notes = session.info["notes"]
    return found


class Database:
    """One engine and the ways to use it. `memory` holds what was read from it and may be kept until it is closed."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        self.file = Path(self.url.database) if self.sqlite and self.url.database else None
        self._opened: tuple[int, int] | None = None
        self.memory: dict[str, Any] = {}
        if self.file:
            self.file.parent.mkdir(parents=True, exist_ok=True)
        self.engine = _sqlite_engine(url) if self.sqlite else _postgres_engine(url)
        self._queues: dict[str, WriteQueue] = {}

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session on one consistent state of the database; nothing is written by it.

        Raises Unavailable when the storage does not work.
        """
        self._check_file()
        with outage.reported(), self._session() as session:
            if not self.sqlite:
                session.connection(
                    execution_options={
                        "isolation_level": "REPEATABLE READ",
                        "postgresql_readonly": True,
                    }
                )
            yield session  # closing it leaves what was read readable

    @contextmanager
    def writing(self, *, wait_s: float | None = None) -> Iterator[Session]:
        """Open a session that commits at the end of the block, or rolls all of it back when the block raises.

        Raises Unavailable when the storage does not work. All who wait for a locked database have come to the end of
        their wait when the first has: each counts from its own arrival, and then asks once more. `wait_s` bounds every
        wait on SQLite.
        """
        self._check_file()
        until = time.monotonic() + (LOCK_WAIT_S if wait_s is None else wait_s)
        turn = self._turn(QUEUE_WAIT_S if wait_s is None else wait_s)
        with outage.reported(), turn, self._session() as session:
            session.connection(execution_options={"hub_begin": "BEGIN IMMEDIATE", "hub_until": until})
            try:
                yield session
                session.commit()
            except BaseException:
                session.rollback()
                raise

    @contextmanager
    def sharing(
        self, conf: str, prepare: Prepare, expects: Sequence[Expectation] = ()
    ) -> Iterator[tuple[Batch, Share]]:
        """Take part in a transaction that others who write now may share; after the block it is committed.

        When the block raises, only its own work is undone; what `prepare` does before it stays. `expects` is what the
        block will look up: one who has the turn before reads it along. Nothing long belongs here: those who share
        wait for all. Raises Unavailable when the storage does not work.
        """
        self._check_file()
        until = time.monotonic() + LOCK_WAIT_S
        queue = self._queue("" if self.sqlite else conf)
        looked_up = [((what, conf), key) for what, key in expects]
        writer = Writer(prepare=prepare, info={"database": self}, expects=looked_up)
        with outage.reported(), queue.sharing(QUEUE_WAIT_S, lambda: self._begun(until), writer) as found:
            yield found

    def _begun(self, until: float) -> Connection:
        connection = self.engine.connect().execution_options(hub_begin="BEGIN IMMEDIATE", hub_until=until)
        try:
            connection.begin()
        except BaseException:
            connection.close()
            raise
        return connection

    @contextmanager
    def _turn(self, wait_s: float) -> Iterator[None]:
        """Let one writer of this process after the other at an SQLite file; PostgreSQL orders them itself."""
        if not self.sqlite:
            yield
            return
        with self._queue("").alone(wait_s):
            yield

    def _queue(self, name: str) -> WriteQueue:
        return self._queues.setdefault(name, WriteQueue())

    def _session(self) -> Session:
        return Session(self.engine, expire_on_commit=False, info={"database": self, "notes": {}})

    def _check_file(self) -> None:
        """Refuse when the SQLite file is gone or another one: its open connections would write where nobody looks.

        Raises Unavailable (`lost`).
        """
        if self.file is None:
            return
        try:
            found = self.file.stat()
        except OSError as error:
            if self._opened is not None:
                raise outage.unavailable("lost", error) from error
            return
        if self._opened is None:
            self._opened = (found.st_dev, found.st_ino)
        elif self._opened != (found.st_dev, found.st_ino):
            raise outage.unavailable("lost", FileNotFoundError(self.file))

    def forget_deleted(self) -> None:
        """Take what was deleted out of the log beside an SQLite file, as far as no reader still needs it.

        PostgreSQL clears deleted rows by itself (autovacuum).
        """
        if self.sqlite:
            with self.engine.connect() as connection:
                driver: Any = connection.connection.driver_connection
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Close every pooled connection; what is opened afterwards may be another file."""
        self.engine.dispose()
        self.memory.clear()
        self._opened = None


def _with_shared_writes(engine: Engine) -> Engine:
    """Have the dialect of a new engine do what those need who share a transaction."""
    _write_savepoints_plainly(engine.dialect)
    deferred.send_what_waits(engine.dialect)
    return engine


def _write_savepoints_plainly(dialect: Any) -> None:
    """Write savepoints as they are, when they are needed: SQLAlchemy compiles each one anew, 90 µs for a command.

    Only those who share a transaction have one.
    """
    dialect.do_savepoint = lambda connection, name: _waiting(connection).savepoint(name)
    dialect.do_release_savepoint = lambda connection, name: _waiting(connection).release(connection, name)
    dialect.do_rollback_to_savepoint = lambda connection, name: _waiting(connection).roll_back(
        connection, name
    )


def _waiting(connection: Connection) -> Deferred:
    found: Deferred = connection.get_execution_options()[deferred.OPTION]
    return found


def _sqlite_engine(url: str) -> Engine:
    pool = POOL if make_url(url).database else {}
    engine = sa.create_engine(
        url, hide_parameters=True, connect_args={"timeout": 0, "check_same_thread": False}, **pool
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "checkin", _forget_told)
    _begin_as_told(engine.dialect)
    return _with_shared_writes(engine)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    until = time.monotonic() + LOCK_WAIT_S
    for pragma in PRAGMAS:
        _insist(partial(connection.execute, f"PRAGMA {pragma}"), until)


def _begin_as_told(dialect: Any) -> None:
    """Let the options of a connection say how its next transaction begins (`hub_begin`, `hub_until`).

    By the dialect, not by events of the engine: with one event SQLAlchemy looks for listeners of all, 45 calls of
    Python for each statement.
    """
    set_options = dialect.set_connection_execution_options

    def keep(connection: Connection, options: Mapping[str, Any]) -> None:
        set_options(connection, options)
        if "hub_begin" in options:
            connection.connection.info[TOLD] = options

    dialect.set_connection_execution_options = keep
    dialect.do_begin = _begin_sqlite


def _forget_told(_connection: Any, record: Any) -> None:
    """Let the next who takes the connection begin as they say themselves."""
    record.info.pop(TOLD, None)


def _begin_sqlite(connection: PoolProxiedConnection) -> None:
    """Begin, and for a reader fix the state that it reads: from then on nobody's lock is in its way."""
    told = connection.info.pop(TOLD, {})
    begin = told.get("hub_begin", "BEGIN")
    until = told.get("hub_until", time.monotonic() + LOCK_WAIT_S)
    driver: Any = connection.driver_connection
    _insist(lambda: driver.execute(begin), until)
    if begin == "BEGIN":
        _insist(lambda: driver.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall(), until)


def _insist(ask: Callable[[], object], until: float) -> None:
    """Call `ask` until the file is not locked; the pauses are cooperative in the server. Raises sqlite3.Error."""
    while True:
        try:
            ask()
        except sqlite3.OperationalError as error:
            if outage.reason_of(error) != "locked" or time.monotonic() >= until:
                raise
            time.sleep(PAUSE_S)
        else:
            return


def _postgres_engine(url: str) -> Engine:
    given = make_url(url).query.get("options", "")
    options = f"{POSTGRES_OPTIONS} {given if isinstance(given, str) else ' '.join(given)}".strip()
    engine = sa.create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        connect_args={**POSTGRES_LIMITS, "options": options},
        **POOL,
    )
    return _with_shared_writes(engine)
