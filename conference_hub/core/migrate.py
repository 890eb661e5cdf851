"""Bring the database to the newest schema, and say whether it is there (Alembic, batch mode for SQLite)."""

from __future__ import annotations

from functools import cache

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from conference_hub.core import outage
from conference_hub.core.db import Database
from conference_hub.core.errors import HubError, msg
from conference_hub.core.files import MIGRATIONS


class NewerSchema(HubError):
    """The database was brought up to date by a newer hub; this one does not know its schema."""

    code = "newer_schema"


def upgrade(database: Database, revision: str = "head") -> None:
    """Apply every migration up to `revision` that is not applied yet.

    Raises NewerSchema for a database of a newer hub, Unavailable when the storage does not work.
    """
    with outage.reported(), database.engine.begin() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
        _check_known(current)
        if current != _scripts().as_revision_number(revision):
            command.upgrade(_config(connection), revision)


def _check_known(current: str | None) -> None:
    if current is not None and not knows(current):
        raise NewerSchema(
            msg("데이터베이스가 더 새로운 허브의 것입니다 (스키마 %(revision)s). 그 버전을 설치해 주세요."),
            revision=current,
        )


def knows(revision: str) -> bool:
    """Return whether `revision` is one of this hub's own."""
    return revision in {script.revision for script in _scripts().walk_revisions()}


def at_head(database: Database) -> bool:
    """Return whether the schema is the newest one this code knows."""
    with database.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return current == _scripts().get_current_head()


@cache
def _scripts() -> ScriptDirectory:
    """Return the migrations of this hub; their files are read once in each process."""
    return ScriptDirectory.from_config(_config())


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option(
        "script_location", str(MIGRATIONS).replace("%", "%%")
    )  # the value is a template there
    config.attributes["connection"] = connection
    return config
