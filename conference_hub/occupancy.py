"""Who uses the database as a whole: `serve` shares it for as long as it runs, `restore` needs it alone."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from conference_hub import outage
from conference_hub.db import Database

ADVISORY_KEY = 0x48554231
"""PostgreSQL's advisory lock of a hub: per database, held by a connection of its own."""


class Occupied(Exception):
    """The database is in use in a way that does not go together with what was asked."""


@contextmanager
def occupying(database: Database, *, alone: bool) -> Iterator[None]:
    """Hold the database until the block ends: shared with others, or alone.

    Raises Occupied at once when that is not possible. The system gives the lock back when the process dies.
    """
    message = (
        "a server is running on this database; stop it first"
        if alone
        else "the database is being restored; start again when that is done"
    )
    with (
        _file(database, message, alone=alone)
        if database.sqlite
        else _advisory(database, message, alone=alone)
    ):
        yield


@contextmanager
def _file(database: Database, message: str, *, alone: bool) -> Iterator[None]:
    path = Path(f"{database.url.database}.lock")
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Occupied(message) from error
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _advisory(database: Database, message: str, *, alone: bool) -> Iterator[None]:
    take = "pg_try_advisory_lock" if alone else "pg_try_advisory_lock_shared"
    with outage.reported():
        own = database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    with own:
        own.detach()
        with outage.reported():
            taken = own.scalar(sa.text(f"SELECT {take}({ADVISORY_KEY})"))
        if not taken:
            raise Occupied(message)
        yield
