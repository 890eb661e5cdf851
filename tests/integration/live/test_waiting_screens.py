"""The screens of a lane before any plan runs: they can be opened and put up, and wait."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.integration.live.conftest import BARE

pytestmark = ON_SQLITE


@pytest.mark.parametrize("asked", ["", "?lane=hall"])
def test_the_stage_shows_the_title_while_no_plan_runs(bare: Hub, client: FlaskClient, asked: str) -> None:
    answer = client.get(f"/c/{BARE}/screen/stage{asked}")

    assert (answer.status_code, '<p class="idle-title">시험</p>' in answer.text) == (200, True)


def test_the_emcee_is_told_that_no_plan_runs_yet(bare: Hub, sign_in: SignIn) -> None:
    answer = sign_in(Role.EMCEE, conf=BARE).get(f"/c/{BARE}/screen/emcee?lang=ko", follow_redirects=True)

    assert (answer.status_code, "아직 진행할 계획이 없습니다." in answer.text) == (200, True)
