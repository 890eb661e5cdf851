"""A browser in which an account signed in before is not slowed down by guesses from elsewhere, or from its own hall."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.access.throttle import ACCOUNT_TRIES, ADDRESS_TRIES, ADDRESS_WINDOW_S, WINDOW_S
from conference_hub.access.tries import Try
from conference_hub.web.hub import Hub
from conference_hub.web.limits import limiter
from tests.integration.access.test_password_throttle import HALL, PASSWORD, WRONG, account, try_in
from tests.integration.kinds import ON_SQLITE

pytestmark = ON_SQLITE


@pytest.fixture
def own(seeded: Hub, app: Flask) -> FlaskClient:
    """The owner's browser, in which they signed in before and signed out."""
    account(seeded)
    browser = app.test_client()
    assert try_in(browser, password=PASSWORD).status_code == 302
    browser.post("/sign-out")
    return browser


def attacked() -> None:
    """Count an attack on the account, from the hall and from everywhere, without the time it takes."""
    one = Try.of("kim", HALL)
    limiter.storage.incr(one.pair, WINDOW_S, ACCOUNT_TRIES * 2)
    limiter.storage.incr(one.account, WINDOW_S, ACCOUNT_TRIES * 2)
    limiter.storage.incr(one.pause, 60)
    limiter.storage.incr(one.address, ADDRESS_WINDOW_S, ADDRESS_TRIES * 2)


def test_owner_signs_in_during_an_attack_from_the_same_hall(app: Flask, own: FlaskClient) -> None:
    attacked()

    assert try_in(app.test_client(), password=PASSWORD).status_code == 429
    assert try_in(own, password=PASSWORD).status_code == 302


def test_known_browser_is_slowed_down_by_its_own_wrong_tries(own: FlaskClient) -> None:
    answers = [try_in(own, password=WRONG).status_code for _ in range(7)]

    assert (answers[:5], answers[-1]) == ([401] * 5, 429)


def test_browser_is_known_for_its_own_account_only(seeded: Hub, own: FlaskClient) -> None:
    account(seeded, "lee")
    attacked()

    assert try_in(own, "lee", PASSWORD).status_code == 429


@pytest.mark.parametrize("cookie", ["", "x", "eyJhIjoiYiJ9.forged", "W10.forged"])
def test_forged_cookie_makes_nobody_known(app: Flask, own: FlaskClient, cookie: str) -> None:
    assert own is not None
    attacked()
    browser = app.test_client()
    browser.set_cookie("hub_known", cookie)

    assert try_in(browser, password=PASSWORD).status_code == 429


def test_cookie_alone_lets_nobody_in(app: Flask, own: FlaskClient) -> None:
    known = own.get_cookie("hub_known")
    assert known is not None
    browser = app.test_client()
    browser.set_cookie("hub_known", known.value)

    assert browser.get("/password").location.startswith("/sign-in?")
