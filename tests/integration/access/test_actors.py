"""Who acts: decided by stable ids, whatever the label, and never a guest by accident."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.access import accounts, actions
from conference_hub.access.model import Grant, Role
from conference_hub.access.passwords import hash_password
from conference_hub.core.actor import Actor
from conference_hub.core.entries import JournalEntryRow
from conference_hub.core.text import Text
from conference_hub.web.hub import Hub
from tests.gates import add_gate
from tests.integration.conftest import SignIn
from tests.model_day import CONF

API = f"/api/v1/c/{CONF}"
PASSWORD = "correct horse battery"
GUEST = "guest-088"


def account(hub: Hub, app: Flask, login: str, name: str, role: Role = Role.OPERATOR) -> FlaskClient:
    """A browser that is signed in to a new account."""
    with hub.database.writing() as db:
        accounts.add_account(
            db,
            login=login,
            name=name,
            password_hash=hash_password(PASSWORD),
            grants=[Grant(conf=CONF, role=role)],
            at=hub.now(),
        )
    client = app.test_client()
    assert client.post("/sign-in", data={"login": login, "password": PASSWORD}).status_code == 302
    return client


def open_guest_link(hub: Hub, client: FlaskClient, guest_id: str = GUEST) -> None:
    with hub.database.writing() as db:
        secret = actions.make_link(
            db,
            conf=CONF,
            role=Role.ATTENDEE,
            at=hub.now(),
            name="석용주",
            guest_id=guest_id,
            by=Actor.system("test"),
        )
    assert client.post("/link", data={"secret": secret, "sure": "on"}).status_code == 302


def run(client: FlaskClient, command: str, command_id: str, **body: object) -> Any:
    return client.post(f"{API}/run/{command}", json={"command_id": command_id, **body})


def actors(hub: Hub, topic: str) -> list[tuple[str, str]]:
    """The ids and labels of those who did `topic`, in order, as the operator's stream holds them."""
    with hub.database.reading() as db:
        rows = db.execute(
            sa.select(JournalEntryRow.actor, JournalEntryRow.by)
            .where(JournalEntryRow.stream == "operator", JournalEntryRow.topic == topic)
            .order_by(JournalEntryRow.seq)
        )
        return [(actor, label) for actor, label in rows]


def test_an_operator_who_opened_a_guests_link_still_commands_as_the_operator(seeded: Hub, app: Flask) -> None:
    browser = account(seeded, app, "kim", "김감독")
    run(browser, "start", "c1")
    open_guest_link(seeded, browser)
    run(browser, "next", "c2")

    [(before, label_before)], [(after, label_after)] = (
        actors(seeded, "LaneStarted"),
        actors(seeded, "CueStarted"),
    )
    assert before.startswith("account:")
    assert (after, label_after) == (before, label_before) == (before, "김감독")


def test_a_device_signed_in_by_a_link_stays_the_same_actor_when_a_guests_link_is_opened_on_it(
    seeded: Hub, sign_in: SignIn
) -> None:
    browser = sign_in(Role.OPERATOR, name="무대 노트북")
    run(browser, "start", "c1")
    open_guest_link(seeded, browser)
    run(browser, "next", "c2")

    assert actors(seeded, "CueStarted") == actors(seeded, "LaneStarted")
    assert actors(seeded, "CueStarted")[0][1] == "무대 노트북"


def test_a_browser_with_both_roles_acts_as_the_guest_where_guests_act(seeded: Hub, app: Flask) -> None:
    browser = account(seeded, app, "kim", "김감독")
    open_guest_link(seeded, browser)

    browser.post(f"/c/{CONF}/me/mode", data={"mode": "online"})

    assert actors(seeded, "ModeSwitched")[-1] == (f"guest:{GUEST}", GUEST)


@pytest.mark.parametrize(
    ("page", "actor"), [("", "account"), ("live", "account"), ("results", "account"), ("follow-up", "guest")]
)
def test_a_public_page_names_the_worker_except_where_guests_act(
    seeded: Hub, app: Flask, page: str, actor: str
) -> None:
    browser = account(seeded, app, "kim", "김감독")
    open_guest_link(seeded, browser)

    assert f'data-actor="{actor}"' in browser.get(f"/c/{CONF}/{page}").text


def test_a_device_without_a_name_is_called_by_its_role(seeded: Hub, sign_in: SignIn) -> None:
    run(sign_in(Role.OPERATOR), "start", "c1")

    [(actor, label)] = actors(seeded, "LaneStarted")
    assert (actor.partition(":")[0], label) == ("device", "진행 감독")


def test_guest_role_does_not_act_for_the_team(seeded: Hub, sign_in: SignIn) -> None:
    assert run(sign_in(Role.ATTENDEE, guest_id=GUEST), "start", "c1").status_code == 403


def test_two_accounts_with_one_name_are_two_actors(seeded: Hub, app: Flask) -> None:
    first = account(seeded, app, "kim1", "김감독")
    second = account(seeded, app, "kim2", "김감독")
    run(first, "start", "c1", lane="hall")
    run(second, "start", "c2", lane="metaverse")

    (one, label), (other, other_label) = actors(seeded, "LaneStarted")
    assert one != other
    assert label == other_label == "김감독"


def test_a_token_is_an_actor_of_its_own(seeded: Hub, app: Flask) -> None:
    with seeded.database.writing() as db:
        token = actions.make_token(
            db, conf=CONF, role=Role.OPERATOR, name="스트림덱", at=seeded.now(), by=Actor.system("test")
        )
    deck = app.test_client()

    deck.post(
        f"{API}/run/start",
        json={"command_id": "c1", "expect": ""},
        headers={"Authorization": f"Bearer {token}"},
    )

    [(actor, label)] = actors(seeded, "LaneStarted")
    assert actor.startswith("token:")
    assert label == "스트림덱"


def test_a_colleague_who_sends_a_scan_again_gets_its_first_answer(seeded: Hub, sign_in: SignIn) -> None:
    scan = {"scan_id": "s1", "gate": "main", "guest": "guest-001"}
    first = sign_in(Role.STAFF, name="접수 1").post(f"{API}/checkin/redeem", json=scan)

    again = sign_in(Role.STAFF, name="접수 2").post(f"{API}/checkin/redeem", json=scan)

    assert (again.status_code, again.get_json()) == (200, first.get_json())


def test_a_scan_at_a_gate_that_is_added_later_is_answered_then(seeded: Hub, sign_in: SignIn) -> None:
    staff = sign_in(Role.STAFF)
    scan = {"scan_id": "s1", "gate": "side", "guest": "guest-001"}
    assert staff.post(f"{API}/checkin/redeem", json=scan).status_code == 404
    add_gate_side(seeded)

    assert staff.post(f"{API}/checkin/redeem", json=scan).get_json()["verdict"] == "admitted"


def add_gate_side(hub: Hub) -> None:
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        add_gate(write, "side", Text.of("옆문"))


def test_another_request_under_the_same_id_is_refused_for_everybody(seeded: Hub, sign_in: SignIn) -> None:
    kim = sign_in(Role.OPERATOR, name="김감독")
    run(kim, "start", "c1", lane="hall")

    answers = [run(browser, "start", "c1", lane="metaverse") for browser in (kim, sign_in(Role.OPERATOR))]

    assert [(a.status_code, a.get_json()["error"]["code"]) for a in answers] == [
        (409, "command_id_reused"),
        (409, "command_id_reused"),
    ]
