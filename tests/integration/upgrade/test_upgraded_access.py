"""Passwords, sessions, links and calendar addresses of version 82fd37d still work after the upgrade."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.access import store
from conference_hub.access.tables import AccountGrantRow
from conference_hub.conferences.model import State
from conference_hub.conferences.store import get_conference
from conference_hub.web.hub import Hub
from tests.integration.upgrade.morning import browser
from tests.model_day import CONF
from tests.upgrade import half_a_day
from tests.upgrade.half_a_day import PASSWORDS


@pytest.mark.parametrize(
    ("login", "leads_to"),
    [("kim", "console"), ("kim2", "console"), ("park", "/checkin/"), ("choi", "screen/emcee")],
)
def test_passwords_still_open_the_hub(client: FlaskClient, login: str, leads_to: str) -> None:
    answer = client.post("/sign-in", data={"login": login, "password": PASSWORDS[login]})

    assert (answer.status_code, leads_to in answer.location) == (302, True)
    assert client.get(answer.location).status_code == 200


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("kim", f"/c/{CONF}/desk/people"),
        ("kim2", f"/c/{CONF}/console"),
        ("park", "/checkin/"),
        ("shared", f"/c/{CONF}/console"),
        ("shared", "/checkin/"),
        ("guest-001", f"/c/{CONF}/me"),
        ("guest-088", f"/c/{CONF}/me"),
        ("guest-089", f"/c/{CONF}/me"),
    ],
)
def test_browsers_stay_signed_in(app: Flask, name: str, page: str) -> None:
    assert browser(app, name).get(page).status_code == 200


def test_guests_page_is_the_guests_own(app: Flask) -> None:
    assert "석용주" in browser(app, "guest-001").get(f"/c/{CONF}/me").text


@pytest.mark.parametrize("guest", list(half_a_day.PERSONAL_LINKS))
def test_personal_links_still_work(client: FlaskClient, guest: str) -> None:
    answer = client.post("/link", data={"secret": half_a_day.PERSONAL_LINKS[guest]})

    assert (answer.status_code, answer.location) == (302, f"/c/{CONF}/me")


@pytest.mark.parametrize(
    ("secret", "status"),
    [(half_a_day.UNUSED_LINK, 302), (half_a_day.USED_LINK, 401), (half_a_day.EXPIRED_LINK, 401)],
)
def test_one_time_links_work_once_and_in_time(client: FlaskClient, secret: str, status: int) -> None:
    assert client.post("/link", data={"secret": secret}).status_code == status


def test_guests_calendar_keeps_its_address(client: FlaskClient) -> None:
    (token,) = [rows[0][2] for name, _, rows in half_a_day.read() if name == "personal_calendar"]

    calendar = client.get(f"/cal/{token}.ics").text.replace("\r\n ", "")
    assert [line for line in calendar.splitlines() if line.startswith("UID")] == [
        f"UID:session-1.{CONF}@hub.example.com"
    ]


def test_organisers_of_that_version_may_create_conferences(hub: Hub) -> None:
    with hub.database.reading() as db:
        organisers = sorted(
            db.scalars(sa.select(AccountGrantRow.account_id).where(AccountGrantRow.role == "organiser"))
        )
        creators = sorted(account.id for account in store.creators(db))

    assert organisers
    assert creators == sorted(set(organisers))


def test_conference_of_that_version_is_public(hub: Hub) -> None:
    with hub.database.reading() as db:
        found = get_conference(db, CONF)

    assert (found.state, found.archived, found.purge_on) == (State.READY, None, None)
