"""Whole-database copies: SQLite's online backup, or PostgreSQL's own pg_dump and pg_restore."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from conference_hub.core import migrate, outage
from conference_hub.core.db import Database
from conference_hub.core.errors import HubError, msg
from conference_hub.core.now import iso, parse_iso
from conference_hub.data.numbers import Numbers, given_out, raise_above

LAST_BACKUP = "last-backup"
"""The file in the data directory that says when the last backup was made."""
PAGES_AT_A_TIME = 200
PAUSE_S = 0.01
PSQL = (
    "psql",
    "--no-psqlrc",
    "--quiet",
    "--single-transaction",
    "--set=ON_ERROR_STOP=1",
    "--output=/dev/null",
)
DROP_TABLES = """DO $$ DECLARE name text; BEGIN
FOR name IN SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' LOOP
EXECUTE 'DROP TABLE public.' || name || ' CASCADE'; END LOOP; END $$"""


class BackupError(HubError):
    """The copy cannot be made or put back; the message says why and what to do."""

    code = "backup"


def backup(database: Database, target: Path) -> None:
    """Write a consistent copy to `target`, which must not exist.

    Nothing stands under that name before the copy is whole. Raises BackupError when it is not sound.
    """
    if target.exists():
        raise BackupError(msg("%(file)s 파일이 이미 있습니다. 다른 이름을 골라 주세요."), file=target)
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".partial", dir=target.parent)
    os.close(descriptor)
    partial = Path(name)
    try:
        _write_copy(database, partial)
        _make_durable(partial)
        partial.rename(target)
    finally:
        partial.unlink(missing_ok=True)


def note_backup(data_dir: Path, at: datetime) -> None:
    """Write down when a backup was made, beside the data; where that is not possible, nobody knows of it."""
    with suppress(OSError):
        (data_dir / LAST_BACKUP).write_text(iso(at), encoding="utf-8")


def last_backup(data_dir: Path) -> datetime | None:
    """Return when the last backup was made, None when none is known."""
    try:
        return parse_iso((data_dir / LAST_BACKUP).read_text(encoding="utf-8").strip())
    except (OSError, ValueError):
        return None


def restore(database_url: str, source: Path, *, replace: bool) -> Path | None:
    """Put `source` in place of the database and bring it up to date; returns where the earlier SQLite file is kept.

    Its numbers go on above all that were given out (`data/numbers.py`): followers start over, feeds are fetched anew.
    Raises BackupError when `source` is no sound backup, or when a conference is there and `replace` is False.
    """
    if not source.is_file():
        raise BackupError(msg("%(file)s 파일이 없습니다."), file=source)
    if not replace and _holds_conference(database_url):
        raise BackupError(
            msg("데이터베이스에 이미 행사가 있습니다. 백업으로 바꾸려면 --replace를 붙여 주세요.")
        )
    url = make_url(database_url)
    earlier = _numbers_given_out(database_url)
    if url.get_backend_name() == "sqlite":
        return _restore_sqlite(source, Path(url.database or ""), earlier)
    _restore_postgres(source, url)
    _bring_up_to_date(database_url, earlier)
    return None


def _write_copy(database: Database, target: Path) -> None:
    if database.sqlite:
        _copy_sqlite(Path(database.url.database or ""), target)
        _check_sqlite(target)
        return
    _run(["pg_dump", "--format=custom", f"--file={target}", f"--dbname={_dsn(database.url)}"], database.url)


def _make_durable(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _copy_sqlite(source: Path, target: Path) -> None:
    if not source.exists():
        raise BackupError(msg("데이터베이스가 없습니다: %(file)s"), file=source)
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy, pages=PAGES_AT_A_TIME, sleep=PAUSE_S)


def _check_sqlite(path: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as copy:
            verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
            known = copy.execute(
                "SELECT count(*) FROM sqlite_master WHERE name = 'journal_entry'"
            ).fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise BackupError(
            msg("%(file)s 파일은 온전한 백업이 아닙니다: %(why)s"), file=path, why=error
        ) from error
    if verdict != "ok" or not known:
        raise BackupError(msg("%(file)s 파일은 온전한 백업이 아닙니다: %(why)s"), file=path, why=verdict)


def _restore_sqlite(source: Path, target: Path, earlier: Numbers) -> Path | None:
    """Make the new file whole beside the database, then swap by one rename: a failure leaves the earlier one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as directory:
        fresh = Path(directory) / target.name
        shutil.copyfile(source, fresh)
        _check_sqlite(fresh)
        _bring_up_to_date(f"sqlite:///{fresh}", earlier)
        _make_durable(fresh)
        kept = _keep_earlier(target) if target.exists() else None
        for leftover in ("-wal", "-shm"):
            target.with_name(target.name + leftover).unlink(missing_ok=True)
        fresh.replace(target)
    return kept


def _keep_earlier(path: Path) -> Path:
    """Give the database a second name, under which it stays; what its log holds goes with it."""
    kept = path.with_name(f"{path.name}.before-restore")
    for ending in ("", "-wal", "-shm"):
        kept.with_name(kept.name + ending).unlink(missing_ok=True)
    with suppress(sqlite3.DatabaseError):  # a damaged one keeps its log beside it
        _fold_log(path)
    for ending in ("", "-wal"):
        if path.with_name(path.name + ending).exists():
            kept.with_name(kept.name + ending).hardlink_to(path.with_name(path.name + ending))
    return kept


def _fold_log(path: Path) -> None:
    """Move what is still in the write-ahead log into the file, so that the kept copy is whole."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _restore_postgres(source: Path, url: URL) -> None:
    """Put the archive in place of every table in one transaction: a failure leaves the earlier data.

    Tables that the archive does not know, of a newer schema, go too.
    """
    with tempfile.TemporaryDirectory() as directory:
        script = Path(directory) / "restore.sql"
        _run(["pg_restore", "--no-owner", f"--file={script}", str(source)], url)
        _check_known(source, script)
        _run([*PSQL, f"--command={DROP_TABLES}", f"--file={script}", f"--dbname={_dsn(url)}"], url)


def _check_known(source: Path, script: Path) -> None:
    with script.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("COPY public.alembic_version "):
                revision = next(lines).strip()
                if migrate.knows(revision):
                    return
                raise BackupError(
                    msg(
                        "%(file)s 파일은 더 새로운 허브의 것입니다 (스키마 %(revision)s). 그 버전을 설치해 주세요."
                    ),
                    file=source,
                    revision=revision,
                )
    raise BackupError(msg("%(file)s 파일은 허브의 백업이 아닙니다."), file=source)


def _holds_conference(database_url: str) -> bool:
    database = Database(database_url)
    try:
        if database.file is not None and not database.file.exists():
            return False
        with outage.reported():
            known = sa.inspect(database.engine).has_table("conference")
        if not known:
            return False
        with database.reading() as session:
            return bool(session.scalar(sa.text("SELECT count(*) FROM conference")))
    finally:
        database.close()


def _numbers_given_out(database_url: str) -> Numbers:
    database = Database(database_url)
    try:
        return given_out(database)
    finally:
        database.close()


def _bring_up_to_date(database_url: str, earlier: Numbers) -> None:
    database = Database(database_url)
    try:
        migrate.upgrade(database)
        raise_above(database, earlier)
    finally:
        database.close()


def _dsn(url: URL) -> str:
    """Name the database without its password, which every user of the machine could read from the process list."""
    return URL.create(
        "postgresql",
        username=url.username,
        host=url.host,
        port=url.port,
        database=url.database,
        query=url.query,
    ).render_as_string()


def _run(command: list[str], url: URL) -> None:
    if shutil.which(command[0]) is None:
        raise BackupError(
            msg(
                "PostgreSQL에는 %(program)s 프로그램이 필요합니다. postgresql-client 패키지를 설치해 주세요."
            ),
            program=command[0],
        )
    environment = {**os.environ, "PGPASSWORD": str(url.password)} if url.password else None
    subprocess.run(command, check=True, env=environment)
