"""Badges that are of nobody here: of another conference of the hub, or of somebody who was taken off the list."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.access import actions
from conference_hub.access.model import Role
from conference_hub.checkin import store
from conference_hub.checkin.guest_actions import remove_guests
from conference_hub.core.actor import Actor
from conference_hub.core.now import iso
from conference_hub.features import GUEST_TIES
from conference_hub.web.hub import Hub
from tests import small_conference as small
from tests.integration.checkin.gate import presence, redeem, token_of
from tests.integration.checkin.test_batch import send
from tests.integration.checkin.test_scan_times import waiting
from tests.integration.gates.test_devices import invited, paired
from tests.model_day import CONF, FakeNow

GONE = "guest-121"


@pytest.fixture
def elsewhere(seeded: Hub) -> str:
    """A badge of another conference."""
    small.load(seeded)
    with seeded.database.reading() as db:
        badge = store.find_valid_badge(db, small.OTHER, small.ON_SITE)
    assert badge is not None
    return badge.token


@pytest.fixture
def former(seeded: Hub) -> str:
    """A badge of somebody who was taken off the list."""
    token = token_of(seeded, GONE)
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        remove_guests(write, [GONE], ties=GUEST_TIES, leaving=seeded.guests_leaving)
    return token


def staff_of_both(hub: Hub, app: Flask) -> FlaskClient:
    browser = app.test_client()
    for conf in (small.OTHER, CONF):
        with hub.database.writing() as db:
            secret = actions.make_link(
                db, conf=conf, role=Role.STAFF, at=hub.now(), name="접수 1", by=Actor.system("test")
            )
        assert browser.post("/link", data={"secret": secret, "sure": "on"}).status_code == 302
    return browser


def told(answer: dict[str, Any]) -> tuple[str, dict[str, Any] | None, bool]:
    return answer["verdict"], answer.get("details"), "person" in answer


def test_who_is_staff_of_both_conferences_is_told_which_one_a_badge_is_of(
    seeded: Hub, app: Flask, elsewhere: str
) -> None:
    answer = redeem(staff_of_both(seeded, app), "1", token=elsewhere)

    title = {"ko": f"{small.MARK} 행사", "en": f"{small.MARK} 행사"}
    verdict, details, named = told(answer)
    assert (verdict, named, answer["reason"]) == ("other_conference", False, "다른 행사의 명찰입니다.")
    assert details is not None
    assert (set(details), details["conference"]["ko"]) == ({"conference"}, title["ko"])
    assert presence(seeded)["inside"] == 0


def test_staff_of_one_conference_learn_nothing_of_another(elsewhere: str, staff: FlaskClient) -> None:
    answer = redeem(staff, "1", token=elsewhere)
    nobodys = redeem(staff, "2", token="A" * 26)

    assert told(answer) == ("unknown_badge", None, False)
    assert {**answer, "scan_id": ""} == {**nobodys, "scan_id": ""}


def test_badge_of_somebody_who_was_taken_off_the_list_says_so_without_a_name(
    seeded: Hub, staff: FlaskClient, former: str
) -> None:
    at = iso(seeded.now())

    answer = redeem(staff, "1", token=former)

    assert told(answer) == ("cancelled", {"cancelled_at": at, "why": "removed"}, False)
    assert (answer["reason"], answer["may_force"]) == ("명단에서 빠진 분의 명찰입니다.", False)


def test_force_lets_in_nobody_who_is_not_on_the_list(seeded: Hub, staff: FlaskClient, former: str) -> None:
    how = {"force": True, "over": ["cancelled"], "why": "looked", "note": "본인"}

    answer = redeem(staff, "1", token=former, **how)

    assert (answer["verdict"], presence(seeded)["inside"]) == ("cancelled", 0)


def test_device_that_let_in_a_badge_of_before_makes_a_conflict(
    seeded: Hub, app: Flask, desk: FlaskClient, former: str, now: FakeNow
) -> None:
    desk.get(f"/c/{CONF}/desk/gates/devices?lang=ko")
    device = app.test_client()
    paired(device, invited(desk))
    now.forward(minutes=5)
    scan = {"scan_id": "1", "gate": "main", "token": former, "at": iso(now()), "acted": "admitted"}

    [answer] = send(device, scan)

    assert (answer["verdict"], answer["conflict"]["kind"]) == ("cancelled", "former")
    assert waiting(seeded) == [("former", "1", None)]


def test_device_that_did_not_hear_that_a_badge_was_of_nobody_says_that_it_let_in(
    seeded: Hub, app: Flask, desk: FlaskClient, former: str, now: FakeNow
) -> None:
    desk.get(f"/c/{CONF}/desk/gates/devices?lang=ko")
    device = app.test_client()
    paired(device, invited(desk))
    now.forward(minutes=5)
    scan = {"scan_id": "1", "gate": "main", "token": former, "at": iso(now())}
    send(device, scan)

    [answer], [again] = (send(device, {**scan, "acted": "admitted"}) for _ in range(2))

    assert (answer["verdict"], answer["conflict"]["kind"], again) == ("cancelled", "former", answer)
    assert waiting(seeded) == [("former", "1", None)]
