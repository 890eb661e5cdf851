"""A hub on a database of version 82fd37d, half of a day run, that was migrated."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from conference_hub.app import make_hub
from conference_hub.core import migrate
from conference_hub.core.config import load
from conference_hub.web.hub import Hub
from tests.integration.upgrade.morning import API, Command
from tests.model_day import FakeNow
from tests.services.templates import Content
from tests.upgrade import half_a_day
from tests.upgrade.half_a_day import ENDS_AT, TOKENS


@pytest.fixture
def now() -> FakeNow:
    """The moment after which that version did no more."""
    return FakeNow(instant=ENDS_AT)


@pytest.fixture
def database_content() -> Content:
    """Every database begins empty: that version makes its own tables."""
    return Content.EMPTY


@pytest.fixture
def hub(database_url: str, tmp_path: Path, now: FakeNow) -> Iterator[Hub]:
    """A hub on that version's database, migrated."""
    settings = load({"HUB_DATABASE_URL": database_url, "HUB_DATA_DIR": str(tmp_path / "data")}, demo=True)
    hub = make_hub(settings, now=now)
    half_a_day.load(hub.database)
    migrate.upgrade(hub.database)
    yield hub
    hub.database.close()


@pytest.fixture
def command(client: FlaskClient) -> Command:
    """Return `command(path, by="stream-deck", **body)`, which posts to the API as a machine."""

    def post(path: str, *, by: str = "stream-deck", **body: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {TOKENS[by]}"}
        return client.post(f"{API}/{path}", json=body, headers=headers)

    return post
