"""Signing in: links that work once, passwords, sessions that end on the server."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.access import accounts, actions
from conference_hub.access.model import Grant, Role
from conference_hub.access.passwords import hash_password
from conference_hub.conferences.store import get_conference
from conference_hub.core.actor import Actor
from conference_hub.web.hub import Hub
from conference_hub.web.limits import limiter
from tests.integration.conftest import SignIn
from tests.model_day import CONF, FakeNow

CONSOLE = f"/c/{CONF}/console"
PASSWORD = "correct horse battery"


def link(hub: Hub, role: Role = Role.OPERATOR, **options: bool) -> str:
    with hub.database.writing() as db:
        return actions.make_link(db, conf=CONF, role=role, at=hub.now(), **options, by=Actor.system("test"))  # type: ignore[arg-type]  # `once` only


def account(hub: Hub, login: str = "kim", role: Role = Role.OPERATOR) -> None:
    with hub.database.writing() as db:
        accounts.add_account(
            db,
            login=login,
            name="김감독",
            password_hash=hash_password(PASSWORD),
            grants=[Grant(conf=CONF, role=role)],
            at=hub.now(),
        )


def test_a_link_signs_in_once_and_leads_to_the_page_of_its_role(seeded: Hub, app: Flask) -> None:
    secret = link(seeded)
    first, second = app.test_client(), app.test_client()

    assert first.post("/link", data={"secret": secret}).location == CONSOLE
    assert first.get(CONSOLE).status_code == 200
    again = second.post("/link", data={"secret": secret})
    assert again.status_code == 401
    assert "이미 사용했거나" in again.text


@pytest.mark.parametrize(("hours", "page"), [(13, f"/c/{CONF}/desk/"), (11, CONSOLE)])
def test_organiser_comes_to_the_desk_until_the_day(
    seeded: Hub, client: FlaskClient, now: FakeNow, hours: int, page: str
) -> None:
    with seeded.database.reading() as db:
        starts_at = get_conference(db, CONF).starts_at
    now.forward(hours=(starts_at - timedelta(hours=hours) - now()) / timedelta(hours=1))
    assert client.post("/link", data={"secret": link(seeded, Role.ORGANISER)}).location == page


def test_a_link_that_may_be_used_again_signs_in_twice(seeded: Hub, app: Flask) -> None:
    secret = link(seeded, once=False)

    assert [app.test_client().post("/link", data={"secret": secret}).status_code for _ in range(2)] == [
        302,
        302,
    ]


def test_a_link_ends_after_two_days(seeded: Hub, client: FlaskClient, now: FakeNow) -> None:
    secret = link(seeded)
    now.forward(days=2)

    assert client.post("/link", data={"secret": secret}).status_code == 401


@pytest.mark.parametrize("secret", ["nonsense", "x" * 200, "석용주"])
def test_an_unknown_link_is_refused(seeded: Hub, client: FlaskClient, secret: str) -> None:
    assert client.post("/link", data={"secret": secret}).status_code == 401


def test_a_second_link_adds_its_role_and_renews_the_secret(seeded: Hub, app: Flask) -> None:
    browser = app.test_client()
    browser.post("/link", data={"secret": link(seeded, Role.STAFF)})
    before = browser.get_cookie("hub")
    browser.post("/link", data={"secret": link(seeded, Role.OPERATOR)})
    after = browser.get_cookie("hub")

    assert before is not None
    assert after is not None
    assert before.value != after.value
    assert browser.get(CONSOLE).status_code == 200
    assert browser.get("/checkin/").status_code == 200


def test_a_password_signs_in_and_a_wrong_one_does_not(seeded: Hub, client: FlaskClient) -> None:
    account(seeded)

    wrong = client.post("/sign-in", data={"login": "kim", "password": "wrong"})
    assert wrong.status_code == 401
    assert "아이디 또는 비밀번호가 맞지 않습니다" in wrong.text
    assert client.post("/sign-in", data={"login": "nobody", "password": "wrong"}).status_code == 401
    right = client.post("/sign-in", data={"login": " KIM ", "password": PASSWORD})
    assert right.location == CONSOLE


def test_a_check_in_device_without_a_session_is_led_to_its_pairing(seeded: Hub, client: FlaskClient) -> None:
    assert seeded is not None
    led = client.get("/checkin/?conf=best-practice-2021").location or ""

    assert 'href="/checkin/pair"' in client.get(led).text
    assert 'href="/checkin/pair"' not in client.get("/sign-in").text


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/\t\\evil.example",
        "/\t/evil.example",
        "/\r\n\\evil.example",
        "//[evil.example",
        "javascript:x",
    ],
)
def test_sign_in_never_leads_to_another_site(seeded: Hub, client: FlaskClient, target: str) -> None:
    account(seeded)
    form = {"login": "kim", "password": PASSWORD, "next": target}

    assert client.post("/sign-in", data=form).location == CONSOLE


def test_sign_out_ends_the_session_on_the_server(seeded: Hub, app: Flask, sign_in: SignIn) -> None:
    browser, thief = sign_in(Role.OPERATOR), app.test_client()
    cookie = browser.get_cookie("hub")
    assert cookie is not None
    thief.set_cookie("hub", cookie.value)
    assert thief.get(CONSOLE).status_code == 200

    browser.post("/sign-out")

    assert thief.get(CONSOLE).status_code == 302


def test_disabled_account_is_signed_out_at_once(seeded: Hub, client: FlaskClient) -> None:
    account(seeded)
    client.post("/sign-in", data={"login": "kim", "password": PASSWORD})
    with seeded.database.writing() as db:
        accounts.disable_account(db, "kim", seeded.now())

    assert client.get(CONSOLE).status_code == 302
    assert client.post("/sign-in", data={"login": "kim", "password": PASSWORD}).status_code == 401


def test_signing_in_by_password_on_a_shared_device_drops_roles_of_earlier_links(
    seeded: Hub, sign_in: SignIn
) -> None:
    account(seeded, role=Role.STAFF)
    tablet = sign_in(Role.OPERATOR)
    assert tablet.get(CONSOLE).status_code == 200

    tablet.post("/sign-in", data={"login": "kim", "password": PASSWORD})

    assert tablet.get("/checkin/").status_code == 200
    assert tablet.get(CONSOLE).status_code == 403


def test_a_session_ends_after_its_life(seeded: Hub, sign_in: SignIn, now: FakeNow) -> None:
    browser = sign_in(Role.OPERATOR)
    now.instant += timedelta(days=14)

    assert browser.get(CONSOLE).status_code == 302


def test_page_redirects_a_stranger_to_sign_in_and_back(seeded: Hub, client: FlaskClient) -> None:
    account(seeded)
    answer = client.get(CONSOLE)
    assert answer.location == f"/sign-in?next={CONSOLE}"

    form = {"login": "kim", "password": PASSWORD, "next": CONSOLE}
    assert client.post("/sign-in", data=form).location == CONSOLE


def test_a_machine_token_has_its_one_role_and_needs_no_form_token(seeded: Hub, app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    with seeded.database.writing() as db:
        token = actions.make_token(
            db, conf=CONF, role=Role.OPERATOR, name="stream deck", at=seeded.now(), by=Actor.system("test")
        )
    run = f"/api/v1/c/{CONF}/run/start"
    body = {"command_id": "deck-1", "lane": "hall", "expect": ""}

    allowed = app.test_client().post(run, json=body, headers={"Authorization": f"Bearer {token}"})
    unknown = app.test_client().post(run, json=body, headers={"Authorization": "Bearer nonsense"})
    assert (allowed.status_code, unknown.status_code) == (200, 401)


def test_a_post_without_the_form_token_is_refused(seeded: Hub, app: Flask, sign_in: SignIn) -> None:
    browser = sign_in(Role.OPERATOR)
    app.config["WTF_CSRF_ENABLED"] = True

    form = browser.post("/sign-out")
    api = browser.post(f"/api/v1/c/{CONF}/run/start", json={"command_id": "c", "lane": "hall"})

    assert form.status_code == 400
    assert "화면이 오래되었습니다" in form.text
    assert (api.status_code, api.get_json()["error"]["code"]) == (400, "csrf")


def test_wrong_link_secrets_do_not_lock_out_the_address(seeded: Hub, app: Flask) -> None:
    limiter.enabled = True

    wrong = [app.test_client().post("/link", data={"secret": f"x{n}"}) for n in range(30)]

    assert {answer.status_code for answer in wrong} == {401}
    assert app.test_client().post("/link", data={"secret": link(seeded)}).location == CONSOLE


def test_many_links_from_one_address_all_sign_in(seeded: Hub, app: Flask) -> None:
    limiter.enabled = True

    answers = [app.test_client().post("/link", data={"secret": link(seeded)}) for _ in range(12)]

    assert {answer.status_code for answer in answers} == {302}
