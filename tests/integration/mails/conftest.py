"""An organiser who writes to many."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.people.store import all_guests, save_guests
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.mails.bulk import SYSTEM
from tests.model_day import CONF


@pytest.fixture
def organiser(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    """Return an organiser's browser; only the guests of a test have addresses."""
    with seeded.journal.writing(CONF, actor=SYSTEM) as write:
        guests = all_guests(write.session, CONF)
        save_guests(write.session, CONF, [replace(one, email=None) for one in guests if one.email])
    return sign_in(Role.ORGANISER, name="김주최")
