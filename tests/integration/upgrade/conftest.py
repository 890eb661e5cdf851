"""A hub on a database of version 82fd37d, half of a day run, that was migrated."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.integration.upgrade.morning import API, Command
from tests.model_day import FakeNow
from tests.services.templates import Content
from tests.upgrade.half_a_day import ENDS_AT, TOKENS


@pytest.fixture
def now() -> FakeNow:
    """The moment after which that version did no more."""
    return FakeNow(instant=ENDS_AT)


@pytest.fixture
def database_content(request: pytest.FixtureRequest) -> Content:
    """Return what `database_url` holds: what `hub` needs, else nothing, where a test makes that version's tables."""
    return Content.UPGRADED if "hub" in request.fixturenames else Content.EMPTY


@pytest.fixture
def command(client: FlaskClient) -> Command:
    """Return `command(path, by="stream-deck", **body)`, which posts to the API as a machine."""

    def post(path: str, *, by: str = "stream-deck", **body: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {TOKENS[by]}"}
        return client.post(f"{API}/{path}", json=body, headers=headers)

    return post
