"""The migrations make exactly the tables that the code maps, and know when they have not run."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from conference_hub import migrate
from conference_hub.db import Base, Database
from conference_hub.hub import Hub


def test_the_migrated_schema_is_the_mapped_one(hub: Hub) -> None:
    with hub.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, Base.metadata) == []


def test_a_migrated_database_is_at_head_and_an_empty_one_is_not(hub: Hub) -> None:
    assert migrate.at_head(hub.database)
    empty = Database("sqlite://")
    assert not migrate.at_head(empty)
    empty.close()


def test_migrating_twice_changes_nothing(hub: Hub) -> None:
    migrate.upgrade(hub.database)

    assert migrate.at_head(hub.database)


def test_a_database_of_a_newer_hub_is_refused(hub: Hub) -> None:
    with hub.database.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(migrate.NewerSchema, match="9999"):
        migrate.upgrade(hub.database)
