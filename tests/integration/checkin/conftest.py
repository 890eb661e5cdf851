"""Browsers of gate staff and of an organiser."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn


@pytest.fixture
def staff(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    assert seeded is not None
    return sign_in(Role.STAFF, name="접수 1")


@pytest.fixture
def desk(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    assert seeded is not None
    return sign_in(Role.ORGANISER, name="주최자")
