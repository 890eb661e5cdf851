"""What a paired device tells over the wire: what it did already, under its own name, as far as it was set up for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.checkin.actions import revoke_badge
from conference_hub.checkin.conflict_store import open_conflicts
from conference_hub.cli.links import COMMAND_LINE
from conference_hub.core.now import iso
from conference_hub.web.hub import Hub
from tests.integration.checkin.gate import GUEST, presence, redeem, token_of
from tests.integration.checkin.test_batch import send
from tests.integration.gates.test_devices import invited, paired
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF, FakeNow

pytestmark = ON_SQLITE

UNDO = f"/api/v1/c/{CONF}/checkin/undo"


@pytest.fixture
def device(seeded: Hub, app: Flask, desk: FlaskClient, now: FakeNow) -> FlaskClient:
    """The browser of a device that was paired an hour ago."""
    assert seeded is not None
    desk.get(f"/c/{CONF}/desk/gates/devices?lang=ko")
    browser = app.test_client()
    paired(browser, invited(desk, name="정문 1번"))
    now.forward(hours=1)
    return browser


def acted(hub: Hub, scan_id: str, ago: int, what: str = "admitted", **body: Any) -> dict[str, Any]:
    at = iso(hub.now() - timedelta(minutes=ago))
    return {"scan_id": scan_id, "gate": "main", "token": token_of(hub), "at": at, "acted": what, **body}


def waiting(hub: Hub) -> list[tuple[str, str]]:
    with hub.database.reading() as db:
        return [(one.kind.value, one.scan) for one in open_conflicts(db, CONF)]


def test_what_a_device_did_is_kept_and_contradictions_name_the_other(
    seeded: Hub, staff: FlaskClient, device: FlaskClient
) -> None:
    at_gate_2 = redeem(staff, "gate 2", token=token_of(seeded), gate="recipients")

    (answer,) = send(device, acted(seeded, "gate 1", 40), sent_at=iso(seeded.now()))

    conflict = answer["conflict"]
    assert (answer["verdict"], answer["at"]["used"]) == ("admitted", "2021-12-02T00:20:00.000Z")
    assert (conflict["kind"], conflict["open"], conflict["other"]) == (
        "double",
        True,
        {
            "at": at_gate_2["first"]["at"],
            "gate": "recipients",
            "gate_title": at_gate_2["first"]["gate_title"],
            "device": "접수 1",
        },
    )


def test_somebody_inside_is_told_with_the_name_of_the_device(
    seeded: Hub, staff: FlaskClient, device: FlaskClient
) -> None:
    send(device, acted(seeded, "gate 1", 40))

    answer = redeem(staff, "gate 2", token=token_of(seeded), gate="recipients")

    assert (answer["verdict"], answer["first"]["device"]) == ("already_inside", "정문 1번")


def test_a_scan_that_hung_says_on_its_next_try_what_the_device_did(
    seeded: Hub, staff: FlaskClient, device: FlaskClient
) -> None:
    redeem(staff, "before", token=token_of(seeded), gate="recipients")
    hung = acted(seeded, "hung", 0)
    del hung["acted"]
    first = redeem(device, **hung)

    (again,) = send(device, {**hung, "acted": "admitted"})
    (third,) = send(device, {**hung, "acted": "admitted"})

    assert (first["verdict"], again["verdict"]) == ("already_inside", "already_inside")
    assert (again["conflict"]["kind"], third) == ("double", again)
    assert waiting(seeded) == [("double", "hung")]


@pytest.mark.parametrize("body", [{"force": True}, {"at": None}])
def test_what_was_done_needs_a_time_and_no_force(
    seeded: Hub, device: FlaskClient, body: dict[str, Any]
) -> None:
    (answer,) = send(device, acted(seeded, "1", 1, **body))

    assert answer == {"scan_id": "1", "ok": True, "quarantined": True}


def test_a_device_that_only_scans_overrules_nothing_and_reads_no_reason(
    seeded: Hub, app: Flask, desk: FlaskClient, staff: FlaskClient
) -> None:
    desk.get(f"/c/{CONF}/desk/gates/devices?lang=ko")
    browser = app.test_client()
    paired(browser, invited(desk, scan_only="on"))
    redeem(staff, "in", token=token_of(seeded))

    seen = redeem(browser, "seen", token=token_of(seeded))
    forced = send(browser, {"scan_id": "f", "gate": "main", "token": token_of(seeded), "force": True})

    assert (seen["verdict"], seen["may_force"]) == ("already_inside", False)
    assert forced == [{"scan_id": "f", "ok": True, "quarantined": True}]


def test_a_repeat_of_an_undone_scan_says_so(seeded: Hub, staff: FlaskClient) -> None:
    redeem(staff, "in", token=token_of(seeded))
    staff.post(f"/api/v1/c/{CONF}/checkin/undo", json={"command_id": "undo-1", "scan_id": "in"})

    again = redeem(staff, "in", token=token_of(seeded))

    assert (again["verdict"], again["undone"], again["may_undo"]) == ("admitted", True, False)


def test_who_goes_out_by_a_device_without_network_has_left(
    seeded: Hub, staff: FlaskClient, device: FlaskClient
) -> None:
    redeem(staff, "in", token=token_of(seeded), at=iso(seeded.now() - timedelta(minutes=1)))

    (answer,) = send(device, acted(seeded, "out", 0, direction="out"))

    assert (answer["verdict"], answer.get("held"), answer.get("conflict")) == ("left", None, None)
    assert presence(seeded)["inside"] == 0


def test_staff_let_out_somebody_whose_badge_was_withdrawn(seeded: Hub, staff: FlaskClient) -> None:
    token = token_of(seeded)
    redeem(staff, "in", token=token)
    with seeded.journal.writing(CONF, actor=COMMAND_LINE) as write:
        revoke_badge(write, GUEST)

    refused = redeem(staff, "out", token=token, direction="out")
    how = {"force": True, "over": ["revoked"], "why": "looked", "note": "본인"}
    forced = redeem(staff, "again", token=token, direction="out", **how)

    assert (refused["verdict"], refused["may_force"]) == ("revoked", True)
    assert (forced["verdict"], forced["over"], presence(seeded)["inside"]) == ("left", ["revoked"], 0)


@pytest.mark.parametrize(
    ("plan", "scan", "answered"),
    [
        ({}, "of staff", (200, None)),
        ({"scan_only": "on"}, "own", (200, None)),
        ({"scan_only": "on"}, "of staff", (403, "scan_only")),
        ({"gates": ["main"]}, "of staff", (200, None)),
        ({"gates": ["recipients"]}, "of staff", (403, "other_gate")),
    ],
)
def test_a_device_takes_back_what_it_was_set_up_for(
    seeded: Hub,
    app: Flask,
    desk: FlaskClient,
    staff: FlaskClient,
    plan: dict[str, Any],
    scan: str,
    answered: tuple[int, str | None],
) -> None:
    desk.get(f"/c/{CONF}/desk/gates/devices?lang=ko")
    browser = app.test_client()
    paired(browser, invited(desk, **plan))
    redeem(browser if scan == "own" else staff, "in", token=token_of(seeded))

    answer = browser.post(UNDO, json={"command_id": "undo-1", "scan_id": "in"})

    code = answer.get_json().get("error", {}).get("code")
    assert (answer.status_code, code, presence(seeded)["inside"]) == (*answered, 1 if answered[1] else 0)
