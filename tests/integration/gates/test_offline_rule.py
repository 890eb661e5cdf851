"""What devices do with a known badge without a network: decided on the desk, by one organiser at a time."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.gates.blue import Blue
from conference_hub.gates.blue_store import blue_of
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF

pytestmark = ON_SQLITE

PAGE = f"/c/{CONF}/desk/gates/offline"


@pytest.fixture
def desk(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    """An organiser's browser that asks for pages in Korean."""
    browser = sign_in(Role.ORGANISER, name="김주최")
    browser.get(f"{PAGE}?lang=ko")
    return browser


def rule(hub: Hub) -> Blue:
    with hub.database.reading() as db:
        return blue_of(db, CONF)


def seen(browser: FlaskClient) -> str:
    return browser.get(PAGE).text.partition('name="seen" value="')[2].partition('"')[0]


def test_known_badges_let_people_in_until_somebody_decides_otherwise(desk: FlaskClient, seeded: Hub) -> None:
    assert rule(seeded) is Blue.ADMIT

    answer = desk.post(PAGE, data={"blue": "hold", "seen": seen(desk)})

    assert (answer.status_code, rule(seeded)) == (302, Blue.HOLD)
    assert 'value="hold" checked' in desk.get(PAGE).text


def test_organiser_who_saw_the_earlier_rule_is_told_who_changed_it(desk: FlaskClient, seeded: Hub) -> None:
    before = seen(desk)
    desk.post(PAGE, data={"blue": "hold", "seen": before})

    answer = desk.post(PAGE, data={"blue": "admit", "seen": before})

    assert (answer.status_code, rule(seeded)) == (409, Blue.HOLD)
    assert "김주최" in answer.text
    assert 'value="admit" checked' in answer.text


def test_rule_that_is_none_is_refused_at_its_field(desk: FlaskClient, seeded: Hub) -> None:
    answer = desk.post(PAGE, data={"blue": "green", "seen": seen(desk)})

    assert (answer.status_code, rule(seeded)) == (422, Blue.ADMIT)
    assert 'id="blue-error"' in answer.text
