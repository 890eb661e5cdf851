"""Turnstiles: machine tokens of gate staff that say what they did before the server was asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.core.now import iso
from conference_hub.web.hub import Hub
from tests.integration.access.test_admitting import machine
from tests.integration.checkin.gate import REDEEM, presence, redeem, token_of
from tests.integration.checkin.test_paired_devices import waiting
from tests.integration.kinds import ON_SQLITE
from tests.model_day import FakeNow

pytestmark = ON_SQLITE


def passed(hub: Hub, scan_id: str, what: str = "admitted", ago: int = 20) -> dict[str, Any]:
    at = iso(hub.now() - timedelta(minutes=ago))
    return {"scan_id": scan_id, "gate": "main", "token": token_of(hub), "at": at, "acted": what}


@pytest.fixture
def turnstile(seeded: Hub, app: Flask, now: FakeNow) -> FlaskClient:
    """A turnstile whose token was made an hour ago."""
    client = machine(seeded, app, Role.STAFF)
    now.forward(hours=1)
    return client


def test_what_a_turnstile_let_in_counts_as_of_then_and_is_at_odds_with_another_gate(
    seeded: Hub, turnstile: FlaskClient, staff: FlaskClient
) -> None:
    elsewhere = redeem(staff, "gate 2", token=token_of(seeded), gate="recipients")

    answer = redeem(turnstile, **passed(seeded, "turnstile"))

    assert (elsewhere["verdict"], answer["verdict"]) == ("admitted", "admitted")
    assert answer["at"]["used"] == iso(seeded.now() - timedelta(minutes=20))
    assert (answer["conflict"]["kind"], waiting(seeded)) == ("double", [("double", "gate 2")])
    assert presence(seeded)["inside"] == 1


def test_two_turnstiles_are_two_devices(seeded: Hub, app: Flask, turnstile: FlaskClient) -> None:
    other = machine(seeded, app, Role.STAFF)
    redeem(turnstile, **passed(seeded, "one", ago=5))
    redeem(turnstile, **passed(seeded, "one again", ago=4))
    before = waiting(seeded)

    redeem(other, **passed(seeded, "other", ago=0))

    assert (before, waiting(seeded)) == ([], [("double", "other")])


def test_whom_a_turnstile_sent_away_who_might_have_come_in_waits(seeded: Hub, turnstile: FlaskClient) -> None:
    answer = redeem(turnstile, **passed(seeded, "1", "refused"))

    assert (answer["verdict"], waiting(seeded)) == ("turned_away", [("turned_away", "1")])


def test_a_token_of_another_role_is_no_turnstile(seeded: Hub, app: Flask) -> None:
    answer = machine(seeded, app, Role.OPERATOR).post(REDEEM, json=passed(seeded, "1", ago=0))

    assert (answer.status_code, answer.get_json()["error"]["code"]) == (403, "not_a_device")
