"""Guests who come together: the gate names those who are expected, and lets all of them in with scans of their own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.core.now import iso
from conference_hub.web.hub import Hub
from tests.integration.access.test_admitting import machine
from tests.integration.checkin.gate import REDEEM, presence, redeem, token_of
from tests.integration.checkin.guest_desk import PEOPLE, change, found, guest
from tests.integration.checkin.test_batch import send
from tests.integration.checkin.test_door import walk_in
from tests.integration.checkin.test_guest_editor import edited
from tests.integration.checkin.test_paired_devices import device, waiting
from tests.model_day import CONF, FakeNow

__all__ = ["device"]

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


def test_those_of_a_party_and_those_inside_are_told_apart_from_others(party: Hub, staff: FlaskClient) -> None:
    change(party, ELSEWHERE, organisation=guest(party, FIRST).organisation, mode=guest(party, FIRST).mode)
    redeem(staff, "scan-1", token=token_of(party, SECOND))

    found_ones = staff.get(f"{DOOR}/companions/{FIRST}").get_json()["guests"]

    told = {one["guest"]: (one["together"], one["inside"]) for one in found_ones}
    assert told[FIRST] == told[THIRD] == (True, False)
    assert (told[SECOND], told[ELSEWHERE]) == ((True, True), (False, False))


def test_who_comes_without_a_party_is_together_with_nobody(seeded: Hub, staff: FlaskClient) -> None:
    change(seeded, ELSEWHERE, organisation=guest(seeded, FIRST).organisation, mode=guest(seeded, FIRST).mode)

    found_ones = staff.get(f"{DOOR}/companions/{FIRST}").get_json()["guests"]

    assert [one["guest"] for one in found_ones if one["together"]] == [FIRST]
    assert ELSEWHERE in [one["guest"] for one in found_ones]


def test_a_device_lets_a_party_in_by_name_and_each_counts_once(
    party: Hub, device: FlaskClient, staff: FlaskClient
) -> None:
    at = iso(party.now() - timedelta(minutes=20))
    done = {"gate": "main", "at": at, "acted": "admitted"}
    scans = [
        {**done, "scan_id": "1", "token": token_of(party, FIRST)},
        {**done, "scan_id": "2", "guest": SECOND},
        {**done, "scan_id": "3", "guest": THIRD},
    ]

    first = send(device, *scans, sent_at=iso(party.now()))
    again = send(device, *scans, sent_at=iso(party.now()))

    assert [(one["ok"], one["verdict"], one["at"]["used"]) for one in first] == [(True, "admitted", at)] * 3
    assert [one["person"]["guest"] for one in first] == [FIRST, SECOND, THIRD]
    assert [(one["scan_id"], one["verdict"]) for one in again] == [
        (one["scan_id"], one["verdict"]) for one in first
    ]
    assert presence(party)["inside"] == 3
    assert waiting(party) == []
    assert others(redeem(staff, "later", token=token_of(party, FIRST))["person"]) == {
        SECOND: True,
        THIRD: True,
    }


def test_who_was_let_in_by_name_here_and_by_badge_elsewhere_is_a_conflict(
    party: Hub, device: FlaskClient, staff: FlaskClient
) -> None:
    redeem(staff, "elsewhere", token=token_of(party, SECOND), gate="recipients")
    named = {"scan_id": "1", "gate": "main", "guest": SECOND, "at": iso(party.now()), "acted": "admitted"}

    (answer,) = send(device, named)

    assert (answer["verdict"], answer["conflict"]["kind"]) == ("admitted", "double")
    assert presence(party)["inside"] == 1


def test_who_was_taken_off_the_list_before_they_were_let_in_by_name_waits_for_somebody(
    party: Hub, device: FlaskClient, staff: FlaskClient, desk: FlaskClient
) -> None:
    guest_id = walk_in(staff)["guest"]
    desk.post(f"{PEOPLE}/{guest_id}/remove")
    named = {"scan_id": "1", "gate": "main", "guest": guest_id, "at": iso(party.now()), "acted": "admitted"}

    (answer,) = send(device, named)

    assert answer == {"scan_id": "1", "ok": True, "quarantined": True}


def test_nobody_but_a_paired_device_lets_in_by_name(
    party: Hub, staff: FlaskClient, app: Flask, now: FakeNow
) -> None:
    turnstile = machine(party, app, Role.STAFF)
    named = {"scan_id": "1", "gate": "main", "guest": SECOND, "at": iso(now()), "acted": "admitted"}

    answers = [one.post(REDEEM, json=named) for one in (staff, turnstile)]

    assert [(one.status_code, one.get_json()["error"]["code"]) for one in answers] == [
        (403, "not_a_device")
    ] * 2


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
