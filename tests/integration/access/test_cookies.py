"""What caches may keep sets no cookie; form tokens end with the session they were made in."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from conference_hub.access import accounts, actions
from conference_hub.access.model import Grant, Role
from conference_hub.access.passwords import hash_password
from conference_hub.core.actor import Actor
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF

pytestmark = ON_SQLITE
"""One database is enough: nothing here depends on it."""

OUT_OF_DATE = "화면이 오래되었습니다."
PASSWORD = "correct horse battery"
VALUES = {
    "conf": CONF,
    "session_id": "session-1",
    "series_id": "online-conference",
    "lang": "ko",
    "filename": "css/web-tokens.css",
    "token": "none",
}
STATE = f"/api/v1/c/{CONF}/state"
PROJECTION, APPLAUSE = f"/api/v1/c/{CONF}/run/projection", f"/api/v1/c/{CONF}/applause"


def test_cacheable_answers_set_no_cookie(seeded: Hub, app: Flask, sign_in: SignIn) -> None:
    assert seeded is not None
    browsers = [app.test_client(), sign_in(Role.ORGANISER), sign_in(Role.ATTENDEE, guest_id="guest-001")]
    kept, with_cookie = set(), set()
    for address in sorted(addresses(app)):
        for browser in browsers:
            with browser.get(f"{address}?lang=en&v=1&after=0") as answer:
                if answer.cache_control.public or answer.cache_control.max_age:
                    kept.add(address)
                    with_cookie |= {address} if "Set-Cookie" in answer.headers else set()

    assert with_cookie == set()
    assert kept == {
        f"/c/{CONF}/agenda.ics",
        f"/c/{CONF}/follow-up.ics",
        f"/c/{CONF}/follow-up/session-1.ics",
        f"/c/{CONF}/follow-up/series/online-conference.ics",
        "/api/openapi.json",
        "/static/css/web-tokens.css",
        APPLAUSE,
        PROJECTION,
        STATE,
    }


def test_cacheable_answers_vary_by_cookie_only_where_they_depend_on_it(
    seeded: Hub, client: FlaskClient, sign_in: SignIn
) -> None:
    assert seeded is not None
    vary = {
        address: [str(browser.get(address).vary) for browser in (client, sign_in(Role.OPERATOR))]
        for address in (STATE, PROJECTION, f"/c/{CONF}/agenda.ics")
    }

    assert vary == {
        STATE: ["Accept-Encoding"] * 2,
        PROJECTION: ["Accept-Encoding"] * 2,
        f"/c/{CONF}/agenda.ics": ["Accept-Language, Accept-Encoding"] * 2,
    }


@pytest.mark.parametrize("way", ["password", "link"])
def test_form_opened_before_signing_in_is_refused_afterwards(seeded: Hub, app: Flask, way: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    browser = app.test_client()
    before = form_token(browser)

    enter(seeded, browser, way, before)
    stale = browser.post("/sign-out", data={"csrf_token": before})
    fresh = browser.post("/sign-out", data={"csrf_token": form_token(browser)})

    assert (stale.status_code, OUT_OF_DATE in stale.text, fresh.status_code) == (400, True, 302)


def test_form_opened_before_signing_out_is_refused_afterwards(seeded: Hub, app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    browser = app.test_client()
    enter(seeded, browser, "link", form_token(browser))
    before = form_token(browser)
    browser.post("/sign-out", data={"csrf_token": before})

    stale = browser.post("/sign-in", data={"csrf_token": before, "login": "kim", "password": PASSWORD})

    assert (stale.status_code, OUT_OF_DATE in stale.text) == (400, True)


@pytest.mark.parametrize("cookie", ["a=\xe9", "a=\xff\xfe", "한글=1".encode().decode("latin-1")])
def test_cookies_of_a_neighbour_that_are_no_text_lock_nobody_out(
    seeded: Hub, app: Flask, cookie: str
) -> None:
    answers = [
        app.test_client().get(path, headers={"Cookie": cookie}) for path in ("/healthz", f"/c/{CONF}/live")
    ]

    assert [answer.status_code for answer in answers] == [200, 200]


def enter(hub: Hub, browser: FlaskClient, way: str, token: str) -> None:
    """Sign `browser` in by a password or a link."""
    grant = Grant(conf=CONF, role=Role.OPERATOR)
    with hub.database.writing() as db:
        secret = actions.make_link(db, conf=CONF, role=grant.role, at=hub.now(), by=Actor.system("test"))
        accounts.add_account(
            db,
            login="kim",
            name="김감독",
            password_hash=hash_password(PASSWORD),
            grants=[grant],
            at=hub.now(),
        )
    form = {"password": {"login": "kim", "password": PASSWORD}, "link": {"secret": secret}}[way]
    address = {"password": "/sign-in", "link": "/link"}[way]
    assert browser.post(address, data={**form, "csrf_token": token}).status_code == 302


def form_token(browser: FlaskClient) -> str:
    """Open the sign-in page and return the token of its form."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/sign-in").text)
    assert found is not None
    return found[1]


def addresses(app: Flask) -> set[str]:
    """Return an address for every route that answers GET."""
    return {address_of(rule) for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}


def address_of(rule: Rule) -> str:
    """Fill a route's parameters."""
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda name: VALUES.get(name[1], "none"), rule.rule)


COOKIES_BLOCKED = "그래도 이 안내가 나오면 쿠키가 차단되어 있는 것입니다."


@pytest.mark.parametrize(
    ("path", "fields"), [("/sign-in", {"login": "kim", "password": "x"}), ("/link", {"secret": "s"})]
)
def test_form_that_comes_without_any_cookie_names_cookies(
    seeded: Hub, app: Flask, path: str, fields: dict[str, str]
) -> None:
    assert seeded is not None
    app.config["WTF_CSRF_ENABLED"] = True
    kept, blocked = app.test_client(), app.test_client(use_cookies=False)
    token = re.search(r'name="csrf_token" value="([^"]+)"', blocked.get(path).text)
    kept.get(path)
    assert token is not None

    answers = [browser.post(path, data={**fields, "csrf_token": token[1]}) for browser in (kept, blocked)]

    assert [answer.status_code for answer in answers] == [400, 400]
    assert [COOKIES_BLOCKED in answer.text for answer in answers] == [False, True]


def test_hub_for_https_that_is_opened_without_it_names_its_address(
    seeded: Hub, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seeded, "settings", replace(seeded.settings, public_url="https://hub.example"))
    app.config["WTF_CSRF_ENABLED"] = True

    answer = app.test_client().post("/sign-in", data={"login": "kim", "password": "x"})

    assert "https://hub.example 주소로 다시 여세요." in answer.text
