"""Migration 0007 parts the plan from the run, and its downgrade puts them together again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from conference_hub.agenda import store
from conference_hub.core import migrate
from conference_hub.core.db import Database
from conference_hub.core.files import MIGRATIONS
from tests.model_day import CONF
from tests.services.templates import Content
from tests.upgrade import half_a_day

TOGETHER = ("segment", "lane", "cue")
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def database_content() -> Content:
    """Every database begins empty: the older version makes its own tables."""
    return Content.EMPTY


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database of 82fd37d, half of a day run."""
    found = Database(database_url)
    half_a_day.load(found)
    yield found
    found.close()


def rows(database: Database) -> Rows:
    with database.engine.connect() as connection:
        tables = {name: sa.Table(name, sa.MetaData(), autoload_with=connection) for name in TOGETHER}
        return {
            name: [dict(row) for row in connection.execute(sa.select(table).order_by(table.c.id)).mappings()]
            for name, table in tables.items()
        }


def test_plan_is_the_first_version_dated_when_it_was_laid(database: Database) -> None:
    migrate.upgrade(database)

    with database.reading() as db:
        version = store.published_plan(db, CONF)
        working = store.working_plan(db, CONF)
    assert version is not None
    assert (version.number, version.published_at.isoformat()) == (1, "2021-11-29T01:00:00+00:00")
    assert version.plan == working
    assert [(lane.id, len(working.lane_cues[lane.id])) for lane in working.lanes] == [
        ("hall", 9),
        ("metaverse", 2),
    ]


def test_downgrade_gives_back_every_row(database: Database) -> None:
    migrate.upgrade(database, "0006")
    before = rows(database)
    migrate.upgrade(database, "0007")

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0006")

    assert rows(database) == before


def test_conference_without_a_plan_stays_without_one(database: Database) -> None:
    migrate.upgrade(database, "0006")
    with database.writing() as db:
        db.execute(
            sa.text(
                "INSERT INTO conference SELECT 'bare', title, host, venue, timezone, starts_at, ends_at, "
                "accent, channels, revision, people_revision FROM conference"
            )
        )

    migrate.upgrade(database)

    with database.reading() as db:
        assert store.working_plan(db, "bare").revision == 0
        assert store.published_plan(db, "bare") is None
