"""Transactions that several writers share: each works in a savepoint of its own, and one commit makes all durable.

Writers take turns at a `WriteQueue`. Who finds no transaction begins one and, after its own work, lets those who came
meanwhile join before it commits. Who waits says what their work will look up, and those before read it along. Each
works in its own thread or greenlet and goes on when the commit is done: nobody is answered before.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from conference_hub.core import outage
from conference_hub.core.deferred import OPTION, Deferred, Expected
from conference_hub.core.errors import Unavailable

MOST_WRITERS = 64
"""Writers that share one transaction at most."""
MOST_AGE_S = 0.2
"""A transaction takes nobody in who comes later than this after its begin: longer than a crowd of so many needs."""

let_others_run = time.sleep
"""Gives a turn to every thread, or in the server to every greenlet, that is ready."""

let_others_come = time.sleep
"""Does the same before a transaction begins, for those who have something to write by then."""

Notes = dict[str, Any]
"""What one transaction noted, by what it is about; it ends with the transaction."""


class Share:
    """One writer's part of a batch: a session on its connection, and the savepoint that undoes this part alone."""

    def __init__(self, connection: Connection, info: Notes) -> None:
        self._connection = connection
        self._savepoint = connection.begin_nested()
        self.session = Session(
            connection,
            join_transaction_mode="rollback_only",  # its transaction is the savepoint
            expire_on_commit=False,
            info=info,
        )

    def start_over(self) -> None:
        """Undo what this writer wrote so far; the session goes on, empty."""
        self.undo()
        self._savepoint = self._connection.begin_nested()

    def undo(self) -> None:
        """Undo what this writer wrote."""
        self.session.rollback()  # undoes the savepoint where the session has used its connection
        if self._savepoint.is_active:
            self._savepoint.rollback()
        self.session.close()

    def keep(self) -> None:
        """Make what this writer wrote part of the transaction."""
        self.session.flush()
        self._savepoint.commit()
        self.session.close()


class Batch:
    """One transaction and those who write in it; `notes` are theirs together.

    `before_commit` is called in order right before the commit: what it raises fails the transaction. `after_commit` is
    called in order, when the commit is done and before the next transaction begins.
    """

    def __init__(self, connection: Connection, expected: Expected) -> None:
        self.deferred = Deferred(expected)
        self.connection = connection.execution_options(**{OPTION: self.deferred})
        self.notes: Notes = {}
        self.writers = 0
        self.before_commit: list[Callable[[], None]] = []
        self.after_commit: list[Callable[[], None]] = []
        self._began_at = time.monotonic()
        self._ended = threading.Event()
        self._failure: Exception | None = None

    def takes_more(self) -> bool:
        """Return whether another writer may join."""
        young = time.monotonic() - self._began_at < MOST_AGE_S
        return young and self.writers < MOST_WRITERS and self._failure is None

    @contextmanager
    def shared(self, info: Notes, prepare: Prepare) -> Iterator[Share]:
        """Give a writer a share whose work is undone when the block raises, without the work of others.

        Where that cannot be done (the connection or the whole transaction is gone), the transaction fails for all.
        What `prepare` does stays.
        """
        self.writers += 1
        prepare(self)
        share = Share(self.connection, {**info, "notes": self.notes, OPTION: self.deferred})
        done = False
        try:
            yield share
            done = True
            share.keep()
        except BaseException as error:
            self._undo(share, error, done)
            reason = reason_of(error)
            if self._failure is not None and reason is not None:
                raise Unavailable(reason=reason) from error
            raise

    def end(self) -> None:
        """Commit, or roll back what failed, and let everybody go on; called once, by who has the turn."""
        try:
            if self._failure is None:
                self._commit()
        finally:
            self._close()
            self._ended.set()

    def _commit(self) -> None:
        try:
            for call in self.before_commit:
                call()
            self.deferred.send(self.connection)
            self.connection.commit()
        except Exception as error:  # noqa: BLE001 - each of those who wait raises it
            self._failure = error
            return
        except BaseException as error:
            self.fail(error)
            raise
        for call in self.after_commit:
            call()

    def wait(self) -> None:
        """Wait for the end of the transaction; raises Unavailable when the storage failed."""
        self._ended.wait()
        if self._failure is None:
            return
        raise Unavailable(reason=reason_of(self._failure) or "lost") from self._failure

    def abandon(self) -> None:
        """Roll back a transaction whose only writer failed."""
        self._close()

    def fail(self, error: BaseException) -> None:
        """Note that nothing of this transaction can be committed."""
        self._failure = error if isinstance(error, Exception) else Unavailable(reason="lost")

    def _undo(self, share: Share, error: BaseException, done: bool) -> None:  # noqa: FBT001 - what its caller knows
        """Undo one writer's work. What ended well and could not be released is nobody's to judge: all of it goes.

        So it is with an error of the database before it knew where the writer began.
        """
        known = self.deferred.undoable or not _of_database(error)
        try:
            share.undo()
            whole = known and not done and _in_transaction(self.connection)
        except Exception:  # noqa: BLE001 - whatever it is, the savepoint is not there any more
            whole = False
        if not whole:
            self.fail(error)

    def _close(self) -> None:
        """Give the connection back, or throw it away where nobody knows what it still holds."""
        if self._failure is not None:
            self.connection.invalidate()
        self.connection.close()


Prepare = Callable[[Batch], None]
"""What a writer needs of the transaction before its share begins, such as locks, which undoing would give back."""


@dataclass(frozen=True, kw_only=True)
class Writer:
    """Who wants to share a transaction: `info` is that of its session, `expects` what their work will look up."""

    prepare: Prepare
    info: Notes
    expects: Sequence[tuple[Hashable, str]] = ()


class WriteQueue:
    """Those who write to one SQLite file, or to one conference in PostgreSQL: one at a time, in this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: Batch | None = None
        self._expected = Expected()

    @contextmanager
    def alone(self, wait_s: float) -> Iterator[None]:
        """Have the turn for a transaction of one's own; raises Unavailable when it does not come within `wait_s`."""
        self._take(wait_s)
        try:
            self._end_open()
            yield
        finally:
            self._lock.release()

    @contextmanager
    def sharing(
        self, wait_s: float, begin: Callable[[], Connection], writer: Writer
    ) -> Iterator[tuple[Batch, Share]]:
        """Write in the transaction that is open, or in one that `begin` begins; after the block it is committed.

        Raises Unavailable when the turn does not come within `wait_s` or the storage fails, and what the block
        raises.
        """
        self._wait(writer.expects, wait_s)
        first = False
        try:
            batch, first = self._joined(begin)
            try:
                with batch.shared(writer.info, writer.prepare) as share:
                    yield batch, share
            except BaseException:
                if first:
                    self._open = None
                    batch.abandon()
                raise
        finally:
            self._lock.release()
        if first:
            self._let_others_join(batch)
        batch.wait()

    def _wait(self, expects: Sequence[tuple[Hashable, str]], wait_s: float) -> None:
        """Take the turn; what is looked up then is known to those before, who read it for all."""
        try:
            for about, key in expects:
                self._expected.add(about, (key,))
            if self._open is None and not self._lock.locked():
                let_others_come(0)
            self._take(wait_s)
        finally:
            for about, key in expects:
                self._expected.drop(about, key)

    def _joined(self, begin: Callable[[], Connection]) -> tuple[Batch, bool]:
        if self._open is not None and self._open.takes_more():
            return self._open, False
        self._end_open()
        self._open = Batch(begin(), self._expected)
        return self._open, True

    def _let_others_join(self, batch: Batch) -> None:
        """Give turns to those who come now, and commit when nobody comes any more."""
        try:
            writers = 0
            while batch.takes_more() and batch.writers > writers:
                writers = batch.writers
                let_others_run(0)
        finally:
            with self._lock:
                if self._open is batch:
                    self._end_open()

    def _end_open(self) -> None:
        batch, self._open = self._open, None
        if batch is not None:
            batch.end()

    def _take(self, wait_s: float) -> None:
        if not self._lock.acquire(timeout=wait_s):
            raise Unavailable(reason="locked")


def reason_of(error: BaseException | None) -> str | None:
    """Return why the storage failed: of the error, or of the first one behind it that says so."""
    while error is not None:
        if isinstance(error, Unavailable):
            return error.reason
        reason = outage.reason_of(error)
        if reason is not None:
            return reason
        error = error.__cause__ or error.__context__
    return None


def _of_database(error: BaseException | None) -> bool:
    """Return whether the database raised an error, or one behind it."""
    while error is not None:
        if isinstance(error, DBAPIError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _in_transaction(connection: Connection) -> bool:
    """Return whether SQLite still has the transaction: some errors end it as a whole."""
    driver: Any = connection.connection.driver_connection
    return bool(getattr(driver, "in_transaction", True))
