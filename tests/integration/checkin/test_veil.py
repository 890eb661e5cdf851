"""What the gate, a badge and a recipient's own page show of guests whose role names an award."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.awards.sealing import set_gate_order
from conference_hub.core.actor import Actor
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.model_day import CONF

UNNAMED = "guest-015"
SEARCH = f"/api/v1/c/{CONF}/checkin/search"
RANK, PLAIN = {"ko": "장려상 수상자 01", "en": "Encouragement Award recipient 01"}, "수상자 84"


@pytest.fixture
def staff(sign_in: SignIn, seeded: Hub) -> FlaskClient:
    assert seeded is not None
    return sign_in(Role.STAFF)


def tell(hub: Hub) -> None:
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        set_gate_order(write, told=True)


def found(staff: FlaskClient, words: str) -> list[dict[str, Any]]:
    guests: list[dict[str, Any]] = staff.get(SEARCH, query_string={"q": words}).get_json()["guests"]
    return guests


def test_unnamed_recipient_is_known_by_group_and_number(staff: FlaskClient) -> None:
    (guest,) = found(staff, "H-04")

    assert (guest["name"], guest["role"]) == ({"ko": PLAIN, "en": "Award recipient 84"}, None)


@pytest.mark.parametrize("words", ["장려상", "장려상 수상자", "ㅈㄹㅅ", "encouragement"])
def test_nobody_is_found_by_the_level_of_their_award(staff: FlaskClient, words: str) -> None:
    assert found(staff, words) == []


def test_organisers_may_tell_the_gate(seeded: Hub, staff: FlaskClient) -> None:
    tell(seeded)

    (guest,) = found(staff, "H-04")

    assert guest["name"] == RANK
    assert len(found(staff, "장려상")) == 12


def test_badge_names_no_level(sign_in: SignIn, seeded: Hub) -> None:
    assert seeded is not None
    sheet = sign_in(Role.ORGANISER).get(f"/c/{CONF}/desk/badges").text

    assert "장려상" not in sheet
    assert PLAIN in sheet


def test_own_page_names_no_level(sign_in: SignIn, seeded: Hub) -> None:
    assert seeded is not None
    page = sign_in(Role.ATTENDEE, guest_id=UNNAMED).get(f"/c/{CONF}/me").text

    assert "장려상" not in page
    assert PLAIN in page
