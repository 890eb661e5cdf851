"""The operator of the model day."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.model_day import FakeNow


@pytest.fixture
def operator(seeded: Hub, sign_in: SignIn, now: FakeNow) -> FlaskClient:
    """An operator at the console when the model day begins."""
    del seeded
    now.forward(minutes=20)
    return sign_in(Role.OPERATOR, name="김감독")
