"""Whether this process can do its work, for load balancers and supervisors."""

from __future__ import annotations

import errno
import logging
import os
import tempfile
import threading
import time
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from conference_hub.core import migrate, outage
from conference_hub.core.db import Database
from conference_hub.core.errors import Unavailable
from conference_hub.live.relay import Relay
from conference_hub.web.hub import Hub

log = logging.getLogger(__name__)

MAX_LAG = timedelta(seconds=5)
"""A committed fact that waits longer for the relay makes the process not ready."""
PROBE_WAIT_S = 0.5
"""How long a probe waits for the lock."""
ANSWER_S = 0.9
"""A storage that does not answer for longer counts as lost."""
FRESH_S = 1.0
"""How long a verdict is reused: health checks must not keep the database busy."""
FREE_BYTES = 64 * 1024 * 1024
"""With less free space than this beside an SQLite file it is reported: its log alone grows by some megabytes."""
TRIAL_BYTES = 64 * 1024
OVERFLOWING = "INSERT INTO alembic_version VALUES (zeroblob(65536))"
"""Needs new pages in the file; rolled back."""
TOUCHING = "UPDATE alembic_version SET version_num = version_num"
"""Needs a new row version in PostgreSQL; rolled back."""
FILE_REASONS = {errno.ENOSPC: "full", errno.EDQUOT: "full", errno.EFBIG: "full"}


class StorageProbe:
    """Tries reading and writing beside the request, at most once per second however often it is asked."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._starting = threading.Lock()
        self._finished = threading.Event()
        self._finished.set()
        self._at: float | None = None
        self._found: list[str] = []

    def reasons(self) -> list[str]:
        """Return what is wrong with the storage now or a second ago; answers within a second.

        `locked`, `full`, `disk_space`, `read_only`, `lost`, `damaged`, `database` or `migrations`; empty: nothing.
        """
        with self._starting:
            due = self._at is None or time.monotonic() - self._at > FRESH_S
            if due and self._finished.is_set():
                self._finished.clear()
                threading.Thread(target=self._try, daemon=True).start()
        return self._found if self._finished.wait(ANSWER_S) else ["lost"]

    def _try(self) -> None:
        try:
            self._found = _try_storage(self._database)
        finally:
            self._at = time.monotonic()
            self._finished.set()


def reasons_against(hub: Hub, relay: Relay, storage: StorageProbe) -> list[str]:
    """Return why the process is not ready: those of the storage, else `relay` and `relay_lag`."""
    found = storage.reasons()
    if found:
        return found
    try:
        with hub.database.reading() as db:
            backlog = relay.backlog(db)
    except Unavailable as error:
        return [error.reason]
    except SQLAlchemyError as error:
        log.warning("the database does not answer: %s", type(error).__name__)
        return ["database"]
    reasons = [] if relay.alive() else ["relay"]
    if backlog.oldest is not None and hub.now() - backlog.oldest > MAX_LAG:
        reasons.append("relay_lag")
    return reasons


def room_trouble(directory: Path, free_bytes: int = FREE_BYTES) -> str | None:
    """Return `disk_space`, `full` or `read_only` when files cannot be written in `directory`, else None."""
    try:
        room = os.statvfs(directory)
        with tempfile.TemporaryFile(dir=directory, buffering=0) as trial:
            trial.write(bytes(TRIAL_BYTES))
    except OSError as error:
        return FILE_REASONS.get(error.errno or 0, "read_only")
    return "disk_space" if room.f_bavail * room.f_frsize < free_bytes else None


def _try_storage(database: Database) -> list[str]:
    try:
        _try_writing(database)
        with outage.reported():
            if not migrate.at_head(database):
                return ["migrations"]
    except Unavailable as error:
        return [error.reason]
    except SQLAlchemyError as error:
        log.warning("the database does not answer: %s", type(error).__name__)
        return ["database"]
    trouble = room_trouble(database.file.parent) if database.file else None
    return [trouble] if trouble else []


def _try_writing(database: Database) -> None:
    with database.writing(wait_s=PROBE_WAIT_S) as db:
        if not database.sqlite:
            db.execute(sa.text(f"SET LOCAL statement_timeout = {int(PROBE_WAIT_S * 1000)}"))
        db.execute(sa.text(OVERFLOWING if database.sqlite else TOUCHING))
        db.rollback()
