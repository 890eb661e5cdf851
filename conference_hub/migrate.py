"""Bring the database to the newest schema, and tell whether it is there (Alembic, batch mode for SQLite)."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from conference_hub.db import Database
from conference_hub.files import MIGRATIONS


def upgrade(database: Database, revision: str = "head") -> None:
    """Apply every migration up to `revision` that is not applied yet."""
    with database.engine.begin() as connection:
        command.upgrade(_config(connection), revision)


def at_head(database: Database) -> bool:
    """Tell whether the schema is the newest one this code knows."""
    with database.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return current == ScriptDirectory.from_config(_config(None)).get_current_head()


def _config(connection: object) -> Config:
    config = Config()
    config.set_main_option(
        "script_location", str(MIGRATIONS).replace("%", "%%")
    )  # the value is a template there
    config.attributes["connection"] = connection
    return config
