"""Groups of guests on the desk."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from conference_hub.people.group_store import all_groups
from conference_hub.web.hub import Hub
from tests.integration.checkin.guest_desk import PEOPLE
from tests.model_day import CONF


def titles(hub: Hub) -> list[str]:
    with hub.database.reading() as db:
        return [group.title.ko for group in all_groups(db, CONF).values()]


def test_groups_are_added_changed_moved_and_removed(seeded: Hub, desk: FlaskClient) -> None:
    groups = f"{PEOPLE}/groups"
    desk.post(groups, data={"title_ko": "기자", "title_en": "Press", "striped": "on", "stripe": "#336699"})
    assert titles(seeded) == ["수상자", "신규 공무원", "내빈", "운영진", "참석자", "기자"]
    (press,) = (one for one in re.findall(r'groups/(\w+)">', desk.get(groups).text) if len(one) == 10)
    seen = re.findall(r'name="seen" value="(\w+)"', desk.get(f"{groups}/{press}").text)[0]

    for direction in ("up", "up", "down"):
        assert desk.post(f"{groups}/{press}/move", data={"to": direction}).status_code == 302
    assert desk.post(f"{groups}/{press}", data={"seen": seen, "title_ko": "취재진"}).status_code == 302
    assert titles(seeded) == ["수상자", "신규 공무원", "내빈", "운영진", "취재진", "참석자"]

    stale = desk.post(f"{groups}/{press}", data={"seen": seen, "title_ko": "언론"})
    assert (stale.status_code, "지금 값: 취재진" in stale.text, 'value="언론"' in stale.text) == (
        409,
        True,
        True,
    )
    assert desk.post(groups, data={"title_ko": "취재진"}).status_code == 422
    assert desk.post(groups, data={"title_en": "Press"}).status_code == 422
    assert desk.post(f"{groups}/recipient/remove").status_code == 409
    assert desk.post(f"{groups}/{press}/remove").status_code == 302
    assert titles(seeded) == ["수상자", "신규 공무원", "내빈", "운영진", "참석자"]
