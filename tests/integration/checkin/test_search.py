"""The gate's search and the desk's filter find the same guests."""

from __future__ import annotations

import re
import unicodedata

import pytest
from flask.testing import FlaskClient

from conference_hub.checkin.guest_actions import register_guests
from conference_hub.core.actor import Actor
from conference_hub.people.model import GroupId, Guest, GuestId, Mode
from conference_hub.web.hub import Hub
from tests.integration.checkin.guest_desk import DESK
from tests.model_day import CONF

NAMES = {
    "jose": "José Álvarez",
    "siobhan": "Siobhán O’Brien-Smythe",
    "naruto": "Naruto Uzumaki",
    "nguyen": "Nguyễn Văn An",
    "muller": "Müller",
    "yerin": "황보 예린",
    "minsu": unicodedata.normalize("NFD", "김민수"),
}
SEARCH = f"/api/v1/c/{CONF}/checkin/search"


@pytest.fixture
def listed(seeded: Hub) -> None:
    """Put people of many countries on the list."""
    guests = [
        Guest(
            id=GuestId(guest_id),
            name=name,
            label=None,
            organisation=None,
            group=GroupId("attendee"),
            mode=Mode.ONSITE,
        )
        for guest_id, name in NAMES.items()
    ]
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        register_guests(write, guests)


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize(
    ("wanted", "guest"),
    [
        ("Jose", "jose"),
        ("O'Brien", "siobhan"),
        ("obrien", "siobhan"),
        ("brien smythe", "siobhan"),
        ("Uzumaki Naruto", "naruto"),
        ("Nguyen", "nguyen"),
        ("muller", "muller"),
        ("ㅎㅂㅇㄹ", "yerin"),
        ("황보ㅇ", "yerin"),
        ("황보예린", "yerin"),
        ("김민수", "minsu"),
    ],
)
def test_gate_and_desk_find_the_same(desk: FlaskClient, wanted: str, guest: str) -> None:
    at_the_gate = desk.get(SEARCH, query_string={"q": wanted}).get_json()["guests"]
    on_the_desk = desk.get(f"{DESK}/people", query_string={"q": wanted}).text

    assert [one["guest"] for one in at_the_gate] == [guest]
    assert re.findall(r'data-guest="([^"]+)"', on_the_desk) == [guest]
