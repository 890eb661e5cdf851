"""The day in which every fact occurs, for the tests that hold something over all of it."""

from __future__ import annotations

import pytest
from flask import Flask

from conference_hub.web.hub import Hub
from tests import small_conference as small
from tests.integration.conftest import SignIn
from tests.integration.whole_day import WholeDay
from tests.model_day import FakeNow


@pytest.fixture
def day(hub: Hub, app: Flask, sign_in: SignIn, now: FakeNow) -> WholeDay:
    """The small conference before its first part is added."""
    assert app is not None
    small.found(hub)
    return WholeDay(hub=hub, now=now, sign_in=sign_in)
