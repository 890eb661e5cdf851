"""Guests who come together: the gate names those who are expected, and lets all of them in with scans of their own."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from conference_hub.web.hub import Hub
from tests.integration.checkin.gate import redeem, token_of
from tests.integration.checkin.guest_desk import PEOPLE, change, found, guest
from tests.integration.checkin.test_door import walk_in
from tests.integration.checkin.test_guest_editor import edited
from tests.model_day import CONF

DOOR = f"/api/v1/c/{CONF}/door"
FIRST, SECOND, THIRD = "guest-001", "guest-002", "guest-003"
ELSEWHERE = "guest-088"
PARTY = "세종 일행"


@pytest.fixture
def party(seeded: Hub) -> Hub:
    for one in (FIRST, SECOND, THIRD):
        change(seeded, one, party=PARTY)
    return seeded


def others(person: dict[str, dict[str, list[dict[str, object]]]]) -> dict[object, object]:
    return {one["guest"]: one["inside"] for one in person["party"]["others"]}


def test_first_badge_of_a_party_names_the_others(party: Hub, staff: FlaskClient) -> None:
    answer = redeem(staff, "scan-1", token=token_of(party, FIRST))

    assert answer["verdict"] == "admitted"
    assert answer["person"]["party"]["name"] == PARTY
    assert others(answer["person"]) == {SECOND: False, THIRD: False}
    later = redeem(staff, "scan-2", token=token_of(party, SECOND))
    assert others(later["person"]) == {FIRST: True, THIRD: False}


def test_who_comes_alone_has_no_party(seeded: Hub, staff: FlaskClient) -> None:
    change(seeded, FIRST, party=PARTY)

    answers = [redeem(staff, one, token=token_of(seeded, one)) for one in (FIRST, SECOND)]

    assert [one["person"]["party"] for one in answers] == [None, None]


def test_companions_are_the_party_first_then_the_organisation(party: Hub, staff: FlaskClient) -> None:
    change(party, SECOND, organisation="다른 기관")
    change(party, ELSEWHERE, organisation=guest(party, FIRST).organisation, mode=guest(party, FIRST).mode)

    found_ones = staff.get(f"{DOOR}/companions/{FIRST}").get_json()["guests"]

    ids = [one["guest"] for one in found_ones]
    assert ids[0] == FIRST
    assert set(ids[1:3]) == {SECOND, THIRD}
    assert ELSEWHERE in ids[3:]
    assert len(ids) == len(set(ids))


def test_party_is_written_and_taken_away_on_the_desk(seeded: Hub, desk: FlaskClient) -> None:
    assert edited(desk, FIRST, party=f"  {PARTY} ").status_code == 302
    assert guest(seeded, FIRST).party == PARTY
    assert FIRST in found(desk, q="세종 일행")
    edited(desk, FIRST, party="")
    assert guest(seeded, FIRST).party is None


def test_who_is_taken_off_the_list_is_expected_no_more(
    seeded: Hub, staff: FlaskClient, desk: FlaskClient
) -> None:
    guest_id = walk_in(staff)["guest"]
    for one in (FIRST, guest_id):
        change(seeded, one, party=PARTY)

    before = redeem(staff, "scan-1", token=token_of(seeded, FIRST))
    desk.post(f"{PEOPLE}/{guest_id}/remove")
    after = redeem(staff, "scan-2", token=token_of(seeded, FIRST))

    assert others(before["person"]) == {guest_id: False}
    assert after["person"]["party"] is None
