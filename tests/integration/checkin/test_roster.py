"""The roster of a device: who gets it, what is in it, when it is another one, and that it is written down."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.checkin import actions, store
from conference_hub.checkin.guest_actions import remove_guests
from conference_hub.core.actor import Actor
from conference_hub.core.journal import Write
from conference_hub.core.now import iso
from conference_hub.gates.actions import choose_blue
from conference_hub.gates.blue import Blue
from conference_hub.gates.device_actions import end_device, invite
from conference_hub.gates.device_store import all_devices
from conference_hub.gates.model import GateId, Plan
from conference_hub.people.disclosures import DisclosureKind, disclosures
from conference_hub.people.store import each_guest
from conference_hub.web.hub import Hub
from tests.integration.checkin.guest_desk import change
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF, FakeNow

pytestmark = ON_SQLITE

ROSTER = f"/api/v1/c/{CONF}/checkin/roster"
REDEEM = f"/api/v1/c/{CONF}/checkin/redeem"


@pytest.fixture
def device(seeded: Hub, app: Flask) -> FlaskClient:
    """A browser that was paired for check-in."""
    return paired(seeded, app)


def paired(hub: Hub, app: Flask, plan: Plan | None = None) -> FlaskClient:
    with written(hub) as write:
        code = invite(write, plan or Plan(name="정문 1번")).code
    browser = app.test_client()
    assert browser.post("/checkin/pair", json={"code": code}).status_code == 200
    return browser


def written(hub: Hub) -> Any:
    return hub.journal.writing(CONF, actor=Actor.system("test"))


def roster(browser: FlaskClient) -> dict[str, Any]:
    answer = browser.get(ROSTER)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def salted(doc: dict[str, Any], token: str) -> str:
    """Return what stands for a badge in a roster, as a browser computes it."""
    inner = hashlib.sha256(token.encode()).hexdigest()
    return hashlib.sha256(f"{doc['salt']}{inner}".encode()).hexdigest()[:32]


def token_of(hub: Hub, guest: str) -> str:
    with hub.database.reading() as db:
        badge = store.find_valid_badge(db, CONF, guest)
    assert badge is not None
    return badge.token


def test_device_knows_every_badge_and_nobodys_name(device: FlaskClient, seeded: Hub) -> None:
    doc = roster(device)

    with seeded.database.reading() as db:
        guests = {guest.id: guest for guest in each_guest(db, CONF)}
    people = {person["guest"]: person for person in doc["people"]}
    assert people.keys() == guests.keys()
    assert len(doc["badges"]) == len(guests)
    known = dict(doc["badges"])
    assert doc["people"][known[salted(doc, token_of(seeded, "guest-001"))]]["guest"] == "guest-001"
    text = json.dumps(doc, ensure_ascii=False)
    assert [guest.name for guest in guests.values() if guest.name and guest.name in text] == []
    assert token_of(seeded, "guest-001") not in text
    assert people["guest-001"].keys() == {"guest", "masked", "label", "group", "mode", "seat", "look"}


def test_roster_tells_who_comes_together_without_the_name_of_the_party(
    device: FlaskClient, seeded: Hub
) -> None:
    tag = device.get(ROSTER).headers["ETag"]
    for guest in ("guest-001", "guest-002", "guest-003"):
        change(seeded, guest, party="세종 일행")
    change(seeded, "guest-004", party="혼자 오는 분")

    answer = device.get(ROSTER, headers={"If-None-Match": tag})

    doc = answer.get_json()
    parties = [{doc["people"][place]["guest"] for place in party} for party in doc["parties"]]
    assert parties == [{"guest-001", "guest-002", "guest-003"}]
    assert "일행" not in json.dumps(doc, ensure_ascii=False)


def test_roster_is_for_paired_devices_only(seeded: Hub, sign_in: SignIn, device: FlaskClient) -> None:
    answer = sign_in(Role.STAFF).get(ROSTER)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (403, "not_a_device")

    with written(seeded) as write:
        end_device(write, all_devices(write.session, CONF)[0].id)
    seeded.tell_ended()

    assert device.get(ROSTER).status_code == 401


def test_two_devices_cannot_compare_their_rosters(device: FlaskClient, seeded: Hub, app: Flask) -> None:
    one, other = roster(device), roster(paired(seeded, app))

    assert {digest for digest, _ in one["badges"]}.isdisjoint(digest for digest, _ in other["badges"])


def test_roster_stays_the_same_while_people_come_in_and_changes_with_badges_and_rules(
    device: FlaskClient, seeded: Hub
) -> None:
    tag = device.get(ROSTER).headers["ETag"]

    def changed() -> bool:
        nonlocal tag
        before, answer = tag, device.get(ROSTER, headers={"If-None-Match": tag})
        tag = answer.headers["ETag"]
        assert (answer.status_code == 304) is (tag == before)
        return tag != before

    admitted = device.post(
        REDEEM, json={"scan_id": "s1", "gate": "main", "token": token_of(seeded, "guest-001")}
    )
    assert (admitted.get_json()["verdict"], changed()) == ("admitted", False)

    def revoke(write: Write) -> None:
        actions.revoke_badge(write, "guest-002")

    def reissue(write: Write) -> None:
        actions.reissue_badge(write, "guest-003")

    def remove(write: Write) -> None:
        remove_guests(write, ["guest-121"], ties=(), leaving=())

    def hold(write: Write) -> None:
        choose_blue(write, Blue.HOLD)

    for act in (revoke, reissue, remove, hold):
        with written(seeded) as write:
            act(write)
        assert changed(), act


def test_badges_that_open_no_gate_any_more_are_told_apart_from_unknown_ones(
    device: FlaskClient, seeded: Hub
) -> None:
    tokens = {guest: token_of(seeded, guest) for guest in ("guest-002", "guest-121")}
    with written(seeded) as write:
        actions.revoke_badge(write, "guest-002")
        remove_guests(write, ["guest-121"], ties=(), leaving=())

    doc = roster(device)

    assert sorted(doc["gone"]) == sorted(
        [
            [salted(doc, tokens["guest-002"]), "revoked"],
            [salted(doc, tokens["guest-121"]), "cancelled"],
        ]
    )
    assert {salted(doc, token) for token in tokens.values()}.isdisjoint(digest for digest, _ in doc["badges"])


def test_device_gets_the_rules_of_its_own_gates(seeded: Hub, app: Flask) -> None:
    doc = roster(paired(seeded, app, Plan(name="후문", gates=frozenset({GateId("nowhere")}))))

    assert doc["rules"]["gates"] == []
    assert [point["id"] for point in doc["rules"]["points"]] == ["hall"]
    assert doc["rules"]["blue"] == "admit"


def test_unchanged_roster_is_good_for_longer_and_no_browser_stores_it(
    device: FlaskClient, now: FakeNow
) -> None:
    first = device.get(ROSTER)
    now.forward(minutes=5)
    again = device.get(ROSTER, headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304
    assert first.headers["Cache-Control"] == again.headers["Cache-Control"] == "no-store"
    assert first.headers["X-Roster-As-Of"] == first.get_json()["as_of"]
    assert again.headers["X-Roster-As-Of"] == iso(now())
    assert again.headers["X-Roster-Expires-At"] == first.get_json()["expires_at"]


def test_roster_is_written_down_once_a_day_for_each_device(device: FlaskClient, seeded: Hub) -> None:
    for _ in range(3):
        roster(device)

    with seeded.database.reading() as db:
        (told,) = disclosures(db, CONF, 10)
        count = sum(1 for _ in each_guest(db, CONF))
    assert (told.kind, told.count, told.note.split(" (")[0]) == (DisclosureKind.ROSTER, count, "정문 1번")
