"""What the writers of one transaction have not sent to the database yet: rows that nobody reads before the commit.

A scan inserts rows of four tables, and its transaction is shared by those who came with it. Their rows go together, one
statement for each table, right before the first statement that might read them, at the latest before the commit. A
command of a lane changes rows in the same way. So does the savepoint of a writer: who sends nothing else of their own
needs none.

A statement that reads nothing of what waits says so (`BESIDE`). Every other one sends what waits first, whoever asks:
what is forgotten here costs a statement, never a wrong answer.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import partial
from typing import Any, TypeVar

from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from conference_hub.core.stream import Doc

T = TypeVar("T")

BESIDE: dict[str, Any] = {"hub_beside": True}
"""The execution options of a statement that reads nothing of what may wait."""
OPTION = "hub_deferred"
"""The option by which a connection knows what waits in its transaction, and the name of it in a session's `info`."""

Rows = dict[Any, dict[Hashable, Doc]]
"""By statement, in the order in which they were first used: the rows, by what they are about."""


class Expected:
    """Keys that writers will look up who wait for their turn, by what is looked up."""

    def __init__(self) -> None:
        self._keys: dict[Hashable, set[str]] = {}

    def add(self, about: Hashable, keys: Iterable[str]) -> None:
        """Take note of keys."""
        self._keys.setdefault(about, set()).update(keys)

    def take(self, about: Hashable) -> set[str]:
        """Return the keys noted for `about`, and forget them."""
        return self._keys.pop(about, set())

    def drop(self, about: Hashable, key: str) -> None:
        """Forget a key, if it is still there."""
        self._keys.get(about, set()).discard(key)  # one step: another thread may take them meanwhile


class Deferred:
    """The rows of one transaction that wait, and the savepoint of the writer who is at work in it.

    `readings` is what writers read beside and keep for those after them; it ends when anything else is sent. `expected`
    is what those will look up who wait to share.
    """

    def __init__(self, expected: Expected | None = None) -> None:
        self.expected = expected or Expected()
        self.readings: dict[Hashable, Any] = {}
        self._kept: Rows = {}
        self._own: Rows = {}
        self._savepoint: str | None = None
        self._sent = False

    @property
    def undoable(self) -> bool:
        """Return whether the database knows where the writer at work began, or has undone what they did."""
        return self._sent or self._savepoint is None

    def add(self, statement: Any, about: Hashable, row: Doc) -> None:
        """Let a row of the writer at work wait; there is none yet under `about`."""
        self._own.setdefault(statement, {})[about] = row

    def holds(self, statement: Any, about: Hashable) -> bool:
        """Return whether a row waits for `statement` under `about`."""
        return any(about in rows.get(statement, ()) for rows in (self._kept, self._own))

    def rows(self, statement: Any) -> dict[Hashable, Doc]:
        """Return the rows that wait for `statement` by what they are about, in their order."""
        return {**self._kept.get(statement, {}), **self._own.get(statement, {})}

    def send(self, connection: Connection) -> None:
        """Send what waits: rows of the writers before, the savepoint of the one at work, then their own rows."""
        self.readings.clear()
        _write(connection, self._kept)
        if self._savepoint is not None and not self._sent:
            self._sent = True
            _order(connection, f"SAVEPOINT {self._savepoint}")
        _write(connection, self._own)

    def savepoint(self, name: str) -> None:
        """Begin the part of one writer; raises RuntimeError within that of another."""
        if self._savepoint is not None:
            message = f"savepoint {name} within {self._savepoint}: writers that share have one each"
            raise RuntimeError(message)
        self._savepoint, self._sent = name, False

    def release(self, connection: Connection, name: str) -> None:
        """End the part of a writer, which counts: its rows are those of the transaction."""
        if self._sent:
            _order(connection, f"RELEASE SAVEPOINT {name}")
        for statement, rows in self._own.items():
            self._kept.setdefault(statement, {}).update(rows)
        self._end_part()

    def roll_back(self, connection: Connection, name: str) -> None:
        """End the part of a writer, of which nothing counts."""
        self._own.clear()
        if self._sent:
            self.readings.clear()
            _order(connection, f"ROLLBACK TO SAVEPOINT {name}")
        self._end_part()

    def _end_part(self) -> None:
        self._own, self._savepoint, self._sent = {}, None, False


def send_later(session: Session, statement: Any, about: Hashable, row: Doc) -> None:
    """Insert or update a row before anybody could read it: at once where the transaction is nobody else's.

    `statement` writes one row for each set of values, whatever the others are; statements go in the order in which they
    were first used, so a row must not depend on what another statement that waits writes. `about` tells the rows of one
    statement apart, for `sees`; what waits under it already goes first.
    """
    deferred = deferred_of(session)
    if deferred is None:
        session.connection().execute(statement, row)
        return
    sees(session, statement, about)
    deferred.add(statement, about, row)


def sees(session: Session, statement: Any, about: Hashable) -> None:
    """Make sure that a statement `BESIDE` what waits sees the rows of `statement` under `about`."""
    deferred = deferred_of(session)
    if deferred is not None and deferred.holds(statement, about):
        deferred.send(session.connection())


def waiting(session: Session, statement: Any) -> dict[Hashable, Doc]:
    """Return the rows that wait for `statement` by what they are about, in order: what a statement beside misses."""
    deferred = deferred_of(session)
    return deferred.rows(statement) if deferred is not None else {}


def read_once(session: Session, about: Hashable, read: Callable[[], T]) -> T:
    """Return what `read` returns, or returned to a writer before, as long as those who share have changed nothing."""
    deferred = deferred_of(session)
    if deferred is None:
        return read()
    if about not in deferred.readings:
        deferred.readings[about] = read()
    found: T = deferred.readings[about]
    return found


def deferred_of(session: Session) -> Deferred | None:
    """Return what waits in a session's transaction, None in one that nobody shares."""
    return session.info.get(OPTION)


def send_what_waits(dialect: Any) -> None:
    """Have a dialect, once, send what waits before each statement that does not say it reads beside it.

    As an event of the engine it would cost each statement a search for listeners of all events.
    """
    for name in ("do_execute", "do_executemany", "do_execute_no_params"):
        setattr(dialect, name, partial(_send_before, getattr(dialect, name)))


def _send_before(execute: Callable[..., None], cursor: object, statement: str, *given: Any) -> None:
    """Send what waits and then `execute` the statement; the last of `given` is its context."""
    context = given[-1]
    options = context.execution_options
    deferred: Deferred | None = options.get(OPTION)
    if deferred is not None and "hub_beside" not in options:
        deferred.send(context.root_connection)
    execute(cursor, statement, *given)


def _write(connection: Connection, waiting: Rows) -> None:
    """Send rows, one statement for each table, and let them wait no more."""
    sent = list(waiting.items())
    waiting.clear()
    for statement, rows in sent:
        connection.execute(statement, list(rows.values()), execution_options=BESIDE)


def _order(connection: Connection, words: str) -> None:
    connection.exec_driver_sql(words, execution_options=BESIDE)
