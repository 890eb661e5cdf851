"""Every form of a page when it is refused: the page comes back with the error at its field and what was typed."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from conference_hub.access.model import Role
from conference_hub.core.entries import Entry, since
from conference_hub.core.stream import Stream
from conference_hub.followup.store import get_session, save_session
from conference_hub.web.hub import Hub
from conference_hub.web.requests import Source, taken_by
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF, FakeNow

pytestmark = ON_SQLITE
"""One database is enough: nothing here depends on it."""

GUEST = "guest-088"
ME = f"/c/{CONF}/me"
FOLLOW_UP = f"/c/{CONF}/follow-up"
SESSION = "session-1"
SIGN_UP = f"{FOLLOW_UP}/{SESSION}/sign-up"
REQUIRED = "꼭 필요한 항목입니다."
CHOOSE = "목록에 있는 것을 골라 주세요."
GOOD = {
    "/sign-in": {"login": "kim", "password": "long enough"},
    "/link": {"secret": "used up"},
    "/sign-out": {},
    f"{ME}/check-in": {},
    f"{ME}/mode": {"mode": "onsite"},
    f"{ME}/language": {"language": "en"},
    SIGN_UP: {"action": "take"},
}


@pytest.fixture
def guest(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    assert seeded is not None
    return sign_in(Role.ATTENDEE, guest_id=GUEST)


def beside(answer: TestResponse, field: str) -> str:
    """Return what the page says beside a field; an empty text for nothing."""
    found = re.search(rf'<span class="field-error" id="{field}-error" role="alert">(.*?)</span>', answer.text)
    return found[1] if found else ""


def what_happened(hub: Hub) -> list[Entry]:
    with hub.database.reading() as db:
        return since(db, CONF, Stream.OPERATOR, 0, 1000)


def test_table_lists_every_form(app: Flask) -> None:
    forms = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if (taken := taken_by(app.view_functions[rule.endpoint])) and taken.source is Source.FORM
    }

    assert forms == {path.replace(CONF, "<conf>").replace(SESSION, "<session_id>") for path in GOOD}


@pytest.mark.parametrize(
    ("path", "form", "field", "sentence"),
    [
        ("/sign-in", {"password": "x"}, "login", REQUIRED),
        ("/sign-in", {"login": "  ", "password": "x"}, "login", REQUIRED),
        ("/sign-in", {"login": "k" * 81, "password": "x"}, "login", "80자까지 쓸 수 있습니다."),
        ("/sign-in", {"login": "kim"}, "password", REQUIRED),
        ("/sign-in", {"login": "kim", "password": "x" * 201}, "password", "200자까지 쓸 수 있습니다."),
        ("/link", {}, "secret", REQUIRED),
        ("/link", {"secret": ""}, "secret", REQUIRED),
        ("/link", {"secret": "x" * 201}, "secret", "200자까지 쓸 수 있습니다."),
        (f"{ME}/mode", {}, "mode", REQUIRED),
        (f"{ME}/mode", {"mode": "telepathy"}, "mode", CHOOSE),
        (f"{ME}/mode", {"mode": "x" * 5000}, "mode", CHOOSE),
        (f"{ME}/language", {}, "language", REQUIRED),
        (f"{ME}/language", {"language": "fr"}, "language", CHOOSE),
    ],
)
def test_a_form_that_does_not_fit_comes_back_with_the_error_at_its_field(
    guest: FlaskClient, path: str, form: dict[str, str], field: str, sentence: str
) -> None:
    answer = guest.post(path, data=form, headers={"Accept-Language": "ko"})

    assert (answer.status_code, beside(answer, field)) == (422, sentence)


@pytest.mark.parametrize("path", GOOD)
def test_an_unknown_field_is_named_and_nothing_happens(guest: FlaskClient, seeded: Hub, path: str) -> None:
    before = what_happened(seeded)

    answer = guest.post(path, data={**GOOD[path], "colour": "red"}, headers={"Accept-Language": "en"})

    assert (answer.status_code, "Unknown field: colour" in answer.text) == (422, True)
    assert what_happened(seeded) == before


@pytest.mark.parametrize("path", GOOD)
def test_a_script_gets_the_first_wrong_field_as_json(guest: FlaskClient, path: str) -> None:
    answer = guest.post(path, data={**GOOD[path], "colour": "red"}, headers={"Accept": "application/json"})

    error = answer.get_json()["error"]
    assert (answer.status_code, error["code"], error["field"]) == (422, "unknown_field", "colour")


def test_sign_in_shows_every_error_and_keeps_what_was_typed_but_the_password(
    seeded: Hub, client: FlaskClient
) -> None:
    form = {"login": "k" * 81, "password": "x" * 201, "next": ME}

    answer = client.post("/sign-in", data=form, headers={"Accept-Language": "en"})

    assert (beside(answer, "login"), beside(answer, "password")) == (
        "Use at most 80 characters.",
        "Use at most 200 characters.",
    )
    assert f'value="{"k" * 81}"' in answer.text
    assert re.findall(r'id="(\w+)"[^>]* autofocus', answer.text) == ["login"]
    assert f'name="next" value="{ME}"' in answer.text
    assert "x" * 201 not in answer.text


def test_an_outdated_form_comes_back_with_what_was_typed_and_a_new_token(
    app: Flask, seeded: Hub, client: FlaskClient
) -> None:
    assert seeded is not None
    app.config["WTF_CSRF_ENABLED"] = True

    first = client.post("/sign-in", data={"login": "kim", "password": "wrong", "csrf_token": "of yesterday"})
    token = re.search(r'name="csrf_token" value="([^"]+)"', first.text)
    assert token is not None
    again = client.post("/sign-in", data={"login": "kim", "password": "wrong", "csrf_token": token[1]})

    assert (first.status_code, "화면이 오래되었습니다." in first.text) == (400, True)
    assert 'value="kim"' in first.text
    assert again.status_code == 401


def test_a_refused_link_secret_stays_in_its_field(client: FlaskClient, seeded: Hub) -> None:
    assert seeded is not None
    answer = client.post("/link", data={"secret": "used up"})

    assert (answer.status_code, 'value="used up"' in answer.text) == (401, True)


def test_a_refused_choice_stays_chosen(guest: FlaskClient, seeded: Hub, sign_in: SignIn) -> None:
    redeem = {"scan_id": "scan-1", "gate": "main", "guest": "guest-001"}
    sign_in(Role.STAFF).post(f"/api/v1/c/{CONF}/checkin/redeem", json=redeem)
    inside = sign_in(Role.ATTENDEE, guest_id="guest-001")

    answer = inside.post(f"{ME}/mode", data={"mode": "zoom"})

    assert answer.status_code == 409
    assert '<p class="callout" data-kind="bad" role="alert">이미 현장에 입장하셨습니다.' in answer.text
    assert 'value="zoom" checked' in answer.text


def test_page_of_a_refused_form_links_to_the_pages_own_address(guest: FlaskClient) -> None:
    answer = guest.post(f"{ME}/mode", data={"mode": "telepathy"})

    assert f'href="{ME}?lang=en"' in answer.text
    assert f'<a href="{ME}" aria-current="page">' in answer.text


def test_checking_in_before_the_doors_open_is_refused_on_the_page(guest: FlaskClient, now: FakeNow) -> None:
    now.forward(hours=-6)

    answer = guest.post(f"{ME}/check-in")

    assert (answer.status_code, "아직 체크인 시간이 아닙니다." in answer.text) == (409, True)
    assert 'id="get-in"' in answer.text


@pytest.mark.parametrize(
    ("form", "status", "sentence"),
    [({"action": "steal"}, 422, CHOOSE), ({"action": "take"}, 409, "정원 0명이 모두 찼습니다.")],
)
def test_a_refused_sign_up_is_explained_at_its_session(
    guest: FlaskClient, seeded: Hub, form: dict[str, str], status: int, sentence: str
) -> None:
    with seeded.database.writing() as db:
        save_session(db, replace(get_session(db, CONF, SESSION), capacity=0))

    answer = guest.post(SIGN_UP, data=form, headers={"Accept-Language": "ko"})
    at_session = answer.text.partition(f'id="{SESSION}"')[2].partition("</li>")[0]

    assert (answer.status_code, answer.text.count('role="alert"')) == (status, 1)
    assert f'role="alert" tabindex="-1" autofocus>{sentence}</p>' in at_session
