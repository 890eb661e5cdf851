"""Who uses the database as a whole: `serve` shares it for as long as it runs, `restore` needs it alone."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from conference_hub.core import outage
from conference_hub.core.db import Database
from conference_hub.core.errors import HubError, msg

ADVISORY_KEY = 0x48554231
"""PostgreSQL's advisory lock of a hub: per database, held by a connection of its own."""


class Occupied(HubError):
    """The database is in use in a way that does not go together with what was asked."""

    code = "occupied"


Keep = Callable[[], None]
"""Take the lock again when it was lost with its connection; raises Occupied or Unavailable when that fails."""


@contextmanager
def occupying(database: Database, *, alone: bool) -> Iterator[Keep]:
    """Hold the database until the block ends: shared with others, or alone. Gives a `Keep` to call now and then.

    Raises Occupied at once when that is not possible. The system gives the lock back when the process dies.
    """
    message = (
        msg("이 데이터베이스로 서버가 돌고 있습니다. 먼저 서버를 멈춰 주세요.")
        if alone
        else msg("데이터베이스를 복원하고 있습니다. 끝난 뒤에 다시 시작해 주세요.")
    )
    if database.file is not None:
        with _file(database.file, message, alone=alone):
            yield lambda: None
        return
    lock = _AdvisoryLock(database, message, alone=alone)
    try:
        lock.keep()
        yield lock.keep
    finally:
        lock.release()


@contextmanager
def _file(database: Path, message: str, *, alone: bool) -> Iterator[None]:
    path = database.with_name(f"{database.name}.lock")
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Occupied(message) from error
        yield
    finally:
        os.close(descriptor)


class _AdvisoryLock:
    """A lock in PostgreSQL; it lives as long as the connection that took it."""

    def __init__(self, database: Database, message: str, *, alone: bool) -> None:
        self._database = database
        self._message = message
        self._take = "pg_try_advisory_lock" if alone else "pg_try_advisory_lock_shared"
        self._connection: Connection | None = None

    def keep(self) -> None:
        """Take the lock unless it is held."""
        with outage.reported():
            if self._connection is not None and self._works(self._connection):
                return
            connection = self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            connection.detach()
            taken = connection.scalar(sa.text(f"SELECT {self._take}({ADVISORY_KEY})"))
        if not taken:
            connection.close()
            raise Occupied(self._message)
        self._connection = connection

    def release(self) -> None:
        """Give the lock back."""
        if self._connection is not None:
            with suppress(sa.exc.SQLAlchemyError):
                self._connection.close()
            self._connection = None

    def _works(self, connection: Connection) -> bool:
        try:
            connection.execute(sa.text("SELECT 1"))
        except sa.exc.SQLAlchemyError:
            self.release()
            return False
        return True
