"""Backups taken from a hub that holds the model conference, and put back."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from conference_hub.conferences.store import all_conferences
from conference_hub.core import migrate
from conference_hub.core.actor import Actor
from conference_hub.core.db import Database
from conference_hub.core.errors import HubError
from conference_hub.core.stream import Docs, Stream
from conference_hub.data import backups
from conference_hub.web.hub import Hub
from tests.appending import append
from tests.integration.kinds import ON_POSTGRES, ON_SQLITE
from tests.model_day import CONF

TOPICS = sa.text("SELECT topic FROM journal_entry")


def snapshot(hub: Hub) -> Docs:
    """Return what operators see, without the number of the working plan: a restore raises it."""
    with hub.database.reading() as db:
        docs = hub.snapshot(db, CONF, Stream.OPERATOR)
    return docs | {"plan": {**(docs["plan"] or {}), "revision": None}}


def url_of(hub: Hub) -> str:
    return hub.database.url.render_as_string(hide_password=False)


def test_restored_backup_has_the_same_state(seeded: Hub, tmp_path: Path) -> None:
    before = snapshot(seeded)
    backups.backup(seeded.database, tmp_path / "copy")
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        append(write, Stream.OPERATOR, "CueStarted", "lane/hall", {})
    seeded.database.close()

    backups.restore(url_of(seeded), tmp_path / "copy", replace=True)

    assert snapshot(seeded) == before
    with seeded.database.reading() as db:
        assert "CueStarted" not in [topic for (topic,) in db.execute(TOPICS)]


def test_a_restore_does_not_replace_a_conference_unless_told_to(seeded: Hub, tmp_path: Path) -> None:
    backups.backup(seeded.database, tmp_path / "copy")

    with pytest.raises(backups.BackupError, match="--replace"):
        backups.restore(url_of(seeded), tmp_path / "copy", replace=False)


def test_a_backup_never_overwrites_a_file(seeded: Hub, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("precious", encoding="utf-8")

    with pytest.raises(backups.BackupError, match="이미 있습니다"):
        backups.backup(seeded.database, tmp_path / "copy")
    assert (tmp_path / "copy").read_text(encoding="utf-8") == "precious"


def test_restore_rejects_other_files_and_keeps_the_database(tmp_path: Path) -> None:
    source = tmp_path / "notes.txt"
    source.write_text("these are notes", encoding="utf-8")

    with pytest.raises(backups.BackupError, match="온전한 백업이 아닙니다"):
        backups.restore(f"sqlite:///{tmp_path / 'hub.sqlite3'}", source, replace=True)


@ON_SQLITE
def test_an_earlier_sqlite_database_is_kept_beside_the_restored_one(tmp_path: Path, seeded: Hub) -> None:
    backups.backup(seeded.database, tmp_path / "copy")
    seeded.database.close()

    kept = backups.restore(url_of(seeded), tmp_path / "copy", replace=True)

    assert kept is not None
    earlier = Database(f"sqlite:///{kept}")
    with earlier.reading() as db:
        assert [conference.slug for conference in all_conferences(db)] == [CONF]
    earlier.close()


def test_the_name_given_to_pg_dump_holds_no_password_and_keeps_the_options() -> None:
    url = make_url("postgresql+psycopg2://hub:secret@127.0.0.1:5433/hub?sslmode=require")

    assert backups._dsn(url) == "postgresql://hub@127.0.0.1:5433/hub?sslmode=require"


def test_a_backup_and_a_restore_work_with_a_password_in_the_url(password_url: str, tmp_path: Path) -> None:
    database = Database(password_url)
    migrate.upgrade(database)
    backups.backup(database, tmp_path / "copy")
    with database.engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE of_a_newer_schema (id text)"))
    database.close()

    assert backups.restore(password_url, tmp_path / "copy", replace=True) is None

    assert migrate.at_head(database)
    assert not sa.inspect(database.engine).has_table("of_a_newer_schema")
    database.close()


@ON_POSTGRES
def test_a_restore_that_fails_halfway_leaves_the_earlier_data(tmp_path: Path, seeded: Hub) -> None:
    with seeded.database.engine.begin() as connection:
        connection.execute(sa.text("CREATE SCHEMA extra"))  # stands in the way of the archive's own
    before = snapshot(seeded)
    backups.backup(seeded.database, tmp_path / "copy")
    seeded.database.close()

    with pytest.raises(subprocess.CalledProcessError):
        backups.restore(url_of(seeded), tmp_path / "copy", replace=True)

    assert snapshot(seeded) == before


def test_a_backup_of_a_newer_hub_is_refused_and_nothing_is_lost(seeded: Hub, tmp_path: Path) -> None:
    before = snapshot(seeded)
    revision = set_revision(seeded, "9999")
    backups.backup(seeded.database, tmp_path / "copy")
    set_revision(seeded, revision)
    seeded.database.close()

    with pytest.raises(HubError, match="더 새로운 허브"):
        backups.restore(url_of(seeded), tmp_path / "copy", replace=True)

    assert snapshot(seeded) == before
    assert migrate.at_head(seeded.database)


def set_revision(hub: Hub, revision: str) -> str:
    """Write the schema's revision; return the one before."""
    with hub.database.engine.begin() as connection:
        before = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
        connection.execute(
            sa.text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision}
        )
    return str(before)


@ON_SQLITE
def test_a_backup_can_take_the_place_of_a_damaged_database(tmp_path: Path, seeded: Hub) -> None:
    assert seeded.database.file is not None
    before = snapshot(seeded)
    backups.backup(seeded.database, tmp_path / "copy")
    seeded.database.close()
    seeded.database.file.write_bytes(b"this is no database at all" * 500)

    kept = backups.restore(url_of(seeded), tmp_path / "copy", replace=True)

    assert snapshot(seeded) == before
    assert kept is not None
    assert kept.read_bytes().startswith(b"this is no database at all")
