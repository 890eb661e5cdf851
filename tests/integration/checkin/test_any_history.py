"""Whatever devices did without a network and in whatever order the hub hears of it, it knows what happened.

Made-up days go through the real routes: devices with wrong clocks ask, overrule, act by themselves, hang, upload in
part, at the same time and again; badges are withdrawn and issued anew, devices ended, scans undone, doubted times
accepted or dropped; nights pass. People come in once or again after they went out, counted anew each day or not, and
are counted at lunch. After each step presence, counts and conflicts must be those of `what_happened`, each scan
answered once and each repeat like the first time.
"""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from conference_hub.web.hub import Hub
from tests.integration.checkin.doors import Doors
from tests.integration.checkin.history import History
from tests.integration.checkin.history_steps import STORIES, Step
from tests.integration.kinds import ON_POSTGRES, ON_SQLITE
from tests.model_day import FakeNow


def check(doors: Doors, *, examples: int) -> None:
    """Let so many histories happen, the same ones each time; making a failing one smaller takes minutes."""

    @settings(
        max_examples=examples,
        derandomize=True,
        phases=[Phase.generate],
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(steps=STORIES, once=st.booleans(), daily=st.booleans())
    def any_history(steps: list[Step], *, once: bool, daily: bool) -> None:
        history = History(doors, once=once, daily=daily)
        for step in steps:
            history.take(step)
        history.end()

    any_history()


@pytest.fixture
def doors(seeded: Hub, app: Flask, desk: FlaskClient, staff: FlaskClient, now: FakeNow) -> Doors:
    return Doors(seeded, app, desk, staff, now)


@ON_SQLITE
def test_any_history_is_known_as_it_was(doors: Doors) -> None:
    check(doors, examples=25)


@ON_POSTGRES
def test_any_history_is_known_as_it_was_on_a_shared_database(doors: Doors) -> None:
    check(doors, examples=5)
