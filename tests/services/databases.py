"""A database for each test that asks for one, on each of the two kinds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.postgres import Cluster
from tests.services.templates import Content, Templates


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    """Return the templates of this worker."""
    return Templates(directory=tmp_path_factory.mktemp("templates"))


@pytest.fixture
def database_content(request: pytest.FixtureRequest) -> Content:
    """Return what `database_url` holds: what `seeded`, `hub` or `hub_server` of the test needs."""
    if "seeded" in request.fixturenames:
        return Content.SEEDED
    return Content.MIGRATED if {"hub", "hub_server"} & set(request.fixturenames) else Content.EMPTY


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(
    request: pytest.FixtureRequest, tmp_path: Path, templates: Templates, database_content: Content
) -> Iterator[str]:
    """Give a database with `database_content`; a test that uses it runs on SQLite, then on PostgreSQL.

    `@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)` restricts a test to one of them.
    """
    if request.param == "sqlite":
        served = "hub_server" in request.fixturenames  # makes its own file
        yield templates.copy_to(tmp_path / "hub.sqlite3", Content.EMPTY if served else database_content)
        return
    cluster: Cluster = request.getfixturevalue("postgres_cluster")
    with cluster.database(templates.in_cluster(cluster, database_content)) as url:
        yield url
