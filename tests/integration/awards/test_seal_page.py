"""The desk's page of the seal."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.awards.sealing import Seal, seal_of
from conference_hub.core.sighted import mark_of
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.model_day import CONF

PAGE = f"/c/{CONF}/desk/awards/seal"


@pytest.fixture
def desk(sign_in: SignIn, seeded: Hub) -> FlaskClient:
    assert seeded is not None
    return sign_in(Role.ORGANISER, name="이주최")


def sealed(hub: Hub) -> Seal:
    with hub.database.reading() as db:
        return seal_of(db, CONF)


def test_gate_is_told_and_not_told_again(seeded: Hub, desk: FlaskClient) -> None:
    assert sealed(seeded) == Seal()

    assert desk.post(f"{PAGE}/gate", data={"told": "on", "seen": mark_of(False)}).status_code == 302  # noqa: FBT003
    assert sealed(seeded) == Seal(gate_order=True)
    assert "checked" in desk.get(PAGE).text

    assert desk.post(f"{PAGE}/gate", data={"seen": mark_of(True)}).status_code == 302  # noqa: FBT003
    assert sealed(seeded) == Seal()


def test_form_that_is_out_of_date_changes_nothing(seeded: Hub, desk: FlaskClient) -> None:
    desk.post(f"{PAGE}/gate", data={"told": "on", "seen": mark_of(False)})  # noqa: FBT003

    answer = desk.post(f"{PAGE}/gate", data={"seen": mark_of(False)})  # noqa: FBT003

    assert answer.status_code == 409
    assert "이주최" in answer.text
    assert sealed(seeded) == Seal(gate_order=True)


def test_organisers_hear_where_seats_and_numbers_tell_the_gate(desk: FlaskClient) -> None:
    """In the model day recipients sit, and are numbered, as they are called."""
    warned = desk.get(f"{PAGE}?lang=ko").text
    desk.post(f"{PAGE}/gate", data={"told": "on", "seen": mark_of(False)})  # noqa: FBT003

    told = desk.get(PAGE).text

    assert ("좌석이 호명 순서나" in warned, "참석자 번호가 호명 순서나" in warned) == (True, True)
    assert ("좌석이 호명 순서나" in told, "참석자 번호가 호명 순서나" in told) == (False, False)
