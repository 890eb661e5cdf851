"""Which database errors mean that the storage does not work at present, and why; every other error is a defect."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
import psycopg2.errors
import sqlalchemy.exc as sa_exc

from conference_hub.core.errors import Unavailable, msg

log = logging.getLogger(__name__)

QUIET_S = 10.0
"""One line of warning for each reason in this time: every request of a hall may meet the same trouble."""

SQLITE_REASONS = {
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_PROTOCOL: "locked",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_PERM: "read_only",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_IOERR: "lost",
    sqlite3.SQLITE_CANTOPEN: "lost",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
}
POSTGRES_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (psycopg2.errors.ReadOnlySqlTransaction, "read_only"),
    (psycopg2.errors.DiskFull, "full"),
    (psycopg2.errors.LockNotAvailable, "locked"),
    (psycopg2.errors.QueryCanceled, "locked"),
    (psycopg2.errors.DeadlockDetected, "locked"),
    (psycopg2.OperationalError, "lost"),
    (psycopg2.InterfaceError, "lost"),
)
IN_WORDS = {
    "locked": msg("다른 프로세스가 데이터베이스를 쓰고 있습니다. 끝난 뒤에 다시 해 주세요."),
    "full": msg("데이터베이스를 쓸 자리가 없습니다. 자리를 만든 뒤에 다시 해 주세요."),
    "read_only": msg("이 사용자는 데이터베이스를 읽을 수만 있습니다."),
    "damaged": msg("데이터베이스가 손상되었습니다. 백업으로 바꿔 주세요: restore FILE --replace"),
    "lost": msg("데이터베이스를 열거나 읽거나 쓸 수 없거나, 데이터베이스 서버가 대답하지 않습니다."),
}
"""Each reason for somebody at a command line."""
_warned_at: dict[str, float] = {}


def reason_of(error: BaseException) -> str | None:
    """Return `locked`, `full`, `read_only`, `damaged` or `lost`; None when the storage is not to blame."""
    if isinstance(error, sa_exc.TimeoutError):
        return "locked"
    if isinstance(error, sa_exc.DBAPIError):
        if error.connection_invalidated:
            return "lost"
        return reason_of(error.orig) if error.orig is not None else None
    if isinstance(error, sqlite3.Error):
        return SQLITE_REASONS.get((getattr(error, "sqlite_errorcode", None) or 0) & 0xFF)
    return next((reason for kind, reason in POSTGRES_REASONS if isinstance(error, kind)), None)


@contextmanager
def reported() -> Iterator[None]:
    """Turn an error of the storage inside the block into Unavailable, and warn at most every ten seconds."""
    try:
        yield
    except (sa_exc.SQLAlchemyError, sqlite3.Error, psycopg2.Error) as error:
        reason = reason_of(error)
        if reason is None:
            raise
        raise unavailable(reason, error) from error


def unavailable(reason: str, error: Exception) -> Unavailable:
    """Return the refusal for `reason`, after a warning at most every ten seconds."""
    _warn(reason, error)
    return Unavailable(reason=reason)


def _warn(reason: str, error: Exception) -> None:
    now = time.monotonic()
    if now - _warned_at.get(reason, -QUIET_S) < QUIET_S:
        return
    _warned_at[reason] = now
    cause = getattr(error, "orig", None) or error
    log.warning("the database is unavailable", extra={"reason": reason, "error": type(cause).__name__})
