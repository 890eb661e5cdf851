"""Passwords, sessions, links and calendar addresses of version 82fd37d still work after the upgrade."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

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
        ("kim", f"/c/{CONF}/desk/guests"),
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
