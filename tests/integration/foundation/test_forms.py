"""Every form of a page when it is refused: the page comes back with the error at its field and what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from conference_hub.access.model import Role
from conference_hub.access.policy import roles_of
from conference_hub.core.entries import Entry, since
from conference_hub.core.stream import Stream
from conference_hub.followup.store import get_session, save_session
from conference_hub.web.hub import Hub
from conference_hub.web.requests import Source, form_values, taken_by
from tests.integration.access.route_ids import Ids, ids_of
from tests.integration.access.route_requests import routes, send
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.integration.languages import speak
from tests.integration.rendered_forms import RenderedForm, forms_of
from tests.model_day import CONF, FakeNow

pytestmark = ON_SQLITE
"""One database is enough: nothing here depends on it."""

GUEST = "guest-088"
ME = f"/c/{CONF}/me"
FOLLOW_UP = f"/c/{CONF}/follow-up"
SESSION = "session-1"
SIGN_UP = f"{FOLLOW_UP}/{SESSION}/sign-up"
REQUIRED = "꼭 필요한 항목입니다."
OF_ACCOUNTS = {"POST /password", "POST /c/<conf>/desk/conference/clone"}
OF_MAIL_PROGRAMS = {"POST /u/<chooser>/<refused>"}
"""No page sends it: whatever a mail program puts beside the one pair of RFC 8058 does not matter."""
CHOOSE = "목록에 있는 것을 골라 주세요."


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


@pytest.fixture
def ids(seeded: Hub) -> Ids:
    own = {"lane": "hall", "gate": "main", "guest": GUEST, "award": "case-01", "session": SESSION}
    return ids_of(seeded, CONF, **own)


def forms(app: Flask) -> dict[str, Rule]:
    """Return every route that takes a page's form, but for those that only accounts may use.

    Those have tests of their own.
    """
    return {
        name: rule
        for name, rule in routes(app)
        if (taken := taken_by(app.view_functions[rule.endpoint])) and taken.source is Source.FORM
        if not rule.rule.startswith("/conferences/") and name not in OF_ACCOUNTS | OF_MAIL_PROGRAMS
    }


def senders(app: Flask, sign_in: SignIn) -> Iterator[tuple[str, Rule, FlaskClient]]:
    """Yield every route that takes a form, with a browser that may send it."""
    browsers = {
        role: sign_in(role, guest_id=GUEST if role is Role.ATTENDEE else None)
        for role in (Role.ORGANISER, Role.ATTENDEE)
    }
    for name, rule in forms(app).items():
        roles = roles_of(app.view_functions[rule.endpoint]) or frozenset()
        yield name, rule, browsers[Role.ATTENDEE if Role.ATTENDEE in roles else Role.ORGANISER]


def test_every_form_names_an_unknown_field_and_nothing_happens(
    seeded: Hub, app: Flask, sign_in: SignIn, ids: Ids
) -> None:
    sent = list(senders(app, sign_in))
    before = what_happened(seeded)

    answers = {
        name: send(browser, name, rule, ids, extra={"colour": "red"}, headers={"Accept-Language": "en"})
        for name, rule, browser in sent
    }

    wrong = {
        name: answer.status for name, answer in answers.items() if "Unknown field: colour" not in answer.text
    }
    assert (wrong, {answer.status_code for answer in answers.values()}) == ({}, {422})
    assert what_happened(seeded) == before


def test_no_form_is_refused_for_the_hidden_fields_of_its_own_page(
    app: Flask, sign_in: SignIn, ids: Ids
) -> None:
    pages = [page for one in (Role.ORGANISER, Role.ATTENDEE) for page in pages_of(app, sign_in, ids, one)]

    faults = {
        (form.action, str(fault["loc"][0]), fault["type"])
        for page in pages
        for form in forms_of(page)
        for fault in faults_of(app, form)
        if fault["loc"] and fault["loc"][0] in form.hidden
    }
    assert faults == set()


def pages_of(app: Flask, sign_in: SignIn, ids: Ids, role: Role) -> Iterator[str]:
    """Yield every page that somebody of this role may read."""
    browser = sign_in(role, guest_id=GUEST if role is Role.ATTENDEE else None)
    for name, rule in routes(app):
        if name.startswith("GET ") and role in (roles_of(app.view_functions[rule.endpoint]) or ()):
            answer = send(browser, name, rule, ids)
            if answer.mimetype == "text/html":
                yield answer.text


def faults_of(app: Flask, form: RenderedForm) -> list[ErrorDetails]:
    """Return what is wrong with a form that is sent as it is shown."""
    with app.test_request_context(form.action, method="POST", data=form.values) as sent:
        taken = sent.request.endpoint and taken_by(app.view_functions[sent.request.endpoint])
        if not taken or taken.source is not Source.FORM:
            return []
        try:
            taken.model.model_validate(form_values(taken.model))
        except ValidationError as faults:
            return faults.errors()
    return []


def test_every_form_answers_a_script_with_the_first_wrong_field(
    app: Flask, sign_in: SignIn, ids: Ids
) -> None:
    answers = {
        name: send(browser, name, rule, ids, extra={"colour": "red"}, headers={"Accept": "application/json"})
        for name, rule, browser in senders(app, sign_in)
    }

    found = {
        (answer.status_code, answer.get_json()["error"]["code"], answer.get_json()["error"]["field"])
        for answer in answers.values()
    }
    assert found == {(422, "unknown_field", "colour")}


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


@pytest.mark.parametrize("sent", [{"title_en": "ㄱ" * 301}, {"title_en": "ㄱ" * 301, "title_ko": " "}])
def test_what_is_wrong_with_a_field_that_the_page_does_not_have_is_said_above_the_form(
    sign_in: SignIn, seeded: Hub, sent: dict[str, str]
) -> None:
    speak(seeded, "ko")

    answer = sign_in(Role.ORGANISER).post(f"/c/{CONF}/desk/follow-up/series/new", data=sent)

    assert (answer.status_code, beside(answer, "title_en")) == (422, "")
    assert '<p class="callout" data-kind="bad" role="alert">300자까지 쓸 수 있습니다.</p>' in answer.text
