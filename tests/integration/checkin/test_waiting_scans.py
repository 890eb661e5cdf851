"""Scans that waited too long for their answer: who was scanned is asked to wait, and counts for nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from conference_hub.core.now import iso
from conference_hub.web.hub import Hub
from tests.integration.checkin.gate import GUEST, REDEEM, presence, redeem, token_of, topics
from tests.integration.checkin.test_batch import send
from tests.integration.checkin.test_paired_devices import device, waiting
from tests.integration.kinds import ON_SQLITE
from tests.model_day import FakeNow

pytestmark = ON_SQLITE

__all__ = ["device"]


def waited(hub: Hub, scan_id: str, **body: Any) -> dict[str, Any]:
    at = iso(hub.now() - timedelta(minutes=5))
    return {"scan_id": scan_id, "gate": "main", "at": at, "acted": "held", **body}


@pytest.mark.parametrize("who", ["token", "guest"])
def test_who_waited_at_a_gate_without_a_device_is_in_when_staff_let_them_in(
    seeded: Hub, staff: FlaskClient, now: FakeNow, who: str
) -> None:
    now.forward(minutes=30)
    shown = {"token": token_of(seeded)} if who == "token" else {"guest": GUEST}

    (held,) = send(staff, waited(seeded, "waited", **shown), sent_at=iso(seeded.now()))
    before = presence(seeded)["inside"]
    pressed = redeem(staff, "pressed", **shown)

    assert (held["verdict"], held["held"], held["may_undo"], before) == ("admitted", True, False, 0)
    assert (pressed["verdict"], pressed["again"], presence(seeded)["inside"]) == ("admitted", False, 1)


def test_who_waited_and_is_refused_may_still_be_let_in_by_staff(seeded: Hub, staff: FlaskClient) -> None:
    redeem(staff, "in", token=token_of(seeded))

    (held,) = send(staff, waited(seeded, "waited", token=token_of(seeded)))

    assert (held["verdict"], held["held"], held["may_force"]) == ("already_inside", True, True)


@pytest.mark.parametrize("what", ["admitted", "refused"])
def test_who_signed_in_does_not_say_that_they_let_somebody_in_or_sent_them_away(
    seeded: Hub, staff: FlaskClient, what: str
) -> None:
    answer = staff.post(REDEEM, json=waited(seeded, "1", token=token_of(seeded), acted=what))

    assert (answer.status_code, answer.get_json()["error"]["code"]) == (403, "not_a_device")


def test_a_scan_that_hung_and_is_sent_again_late_lets_nobody_in(seeded: Hub, staff: FlaskClient) -> None:
    hung = {"token": token_of(seeded), "at": iso(seeded.now())}
    first = redeem(staff, "hung", **hung)
    inside = presence(seeded)["inside"]

    again = [redeem(staff, "hung", **hung, acted="held") for _ in range(2)]
    pressed = redeem(staff, "pressed", token=token_of(seeded))

    assert (first["verdict"], first.get("held"), inside) == ("admitted", None, 1)
    assert [(one["verdict"], one["held"], one["may_undo"]) for one in again] == [
        ("admitted", True, False)
    ] * 2
    assert topics(seeded).count("ScanAmended") == 1
    assert (pressed["verdict"], presence(seeded)["inside"]) == ("admitted", 1)


def test_who_was_turned_away_meanwhile_is_not_said_to_be_admitted(seeded: Hub, device: FlaskClient) -> None:
    hung = {"token": token_of(seeded), "at": iso(seeded.now())}
    redeem(device, "hung", **hung)

    again = redeem(device, "hung", **hung, acted="refused")

    assert (again["verdict"], again["conflict"]["kind"]) == ("turned_away", "turned_away")
    assert (presence(seeded)["inside"], waiting(seeded)) == (0, [("turned_away", "hung")])


def test_a_device_that_let_somebody_in_after_all_is_believed(seeded: Hub, device: FlaskClient) -> None:
    hung = {"token": token_of(seeded), "at": iso(seeded.now())}
    redeem(device, "hung", **hung, acted="held")
    before = presence(seeded)["inside"]

    again = redeem(device, "hung", **hung, acted="admitted")

    assert (before, again.get("held"), presence(seeded)["inside"]) == (0, None, 1)
