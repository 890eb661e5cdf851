"""Rehearsals of the ceremony."""

from __future__ import annotations

import pytest

from conference_hub.access.model import Role
from conference_hub.web.hub import Hub
from tests.integration.awards.rehearsed import Rehearsal
from tests.integration.conftest import SignIn
from tests.law import Watch
from tests.model_day import CONF, FakeNow


@pytest.fixture
def day(seeded: Hub, now: FakeNow, sign_in: SignIn) -> Rehearsal:
    browser = sign_in(Role.OPERATOR, name="김감독")
    return Rehearsal(hub=seeded, now=now, browser=browser, watch=Watch(seeded, CONF))


@pytest.fixture
def rehearsal(day: Rehearsal) -> Rehearsal:
    day.begin()
    return day
