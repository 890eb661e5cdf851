"""No redirect repeats a host that the sender claims, and none leads away from the hub."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.test import TestResponse

from conference_hub.access.model import Role
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF

pytestmark = ON_SQLITE
"""One database is enough: nothing here depends on it."""

FOREIGN = "evil.example"
LEADS = {
    "/": f"/c/{CONF}/",
    "/checkin": "/checkin/",
    f"/c/{CONF}?lang=en&x=1": f"/c/{CONF}/?lang=en&x=1",
    f"/c//{CONF}/": f"/c/{CONF}/",
    "//checkin": "/checkin/",
    f"/c/{CONF}/console": f"/sign-in?next=/c/{CONF}/console",
    f"/c/{CONF}/desk": f"/c/{CONF}/desk/",
}
FORMS: dict[str, tuple[dict[str, str], str]] = {
    f"/c/{CONF}/me/mode": ({"mode": "zoom"}, f"/c/{CONF}/me"),
    f"/c/{CONF}/me/language": ({"language": "en"}, f"/c/{CONF}/me?lang=en"),
    f"/c/{CONF}/follow-up/session-1/sign-up": ({}, f"/c/{CONF}/follow-up#session-1"),
    "/sign-out": ({}, "/sign-in"),
}


@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host"])
def test_redirect_does_not_repeat_a_foreign_host_header(seeded: Hub, app: Flask, header: str) -> None:
    assert seeded is not None
    app.wsgi_app = ProxyFix(app.wsgi_app, x_host=1)  # type: ignore[method-assign]
    client = app.test_client()
    answers = {address: ask(client, address, {header: FOREIGN}) for address in LEADS}

    assert {address: answer.location for address, answer in answers.items()} == LEADS
    assert [FOREIGN in answer.text + str(answer.headers) for answer in answers.values()] == [False] * len(
        LEADS
    )


def test_form_redirects_within_the_hub_whatever_the_host_header(
    seeded: Hub, app: Flask, sign_in: SignIn
) -> None:
    assert seeded is not None
    cookie = sign_in(Role.ATTENDEE, guest_id="guest-001").get_cookie("hub")
    assert cookie is not None
    headers = {"Host": FOREIGN, "Cookie": f"hub={cookie.value}"}
    client = app.test_client(use_cookies=False)

    led = {
        address: client.post(address, data=form, headers=headers).location
        for address, (form, _) in FORMS.items()
    }

    assert led == {address: location for address, (_, location) in FORMS.items()}


def test_path_that_contains_a_host_redirects_within_the_hub(seeded: Hub, client: FlaskClient) -> None:
    assert seeded is not None
    answer = ask(client, f"//{FOREIGN}//checkin", {})

    assert (answer.status_code, "Location" in answer.headers) == (404, False)


def test_monitoring_answers_any_host_header(seeded: Hub, client: FlaskClient) -> None:
    assert seeded is not None
    addresses = ("/healthz", "/metrics", f"/c/{CONF}/")

    assert [ask(client, address, {"Host": "10.1.2.3:8000"}).status_code for address in addresses] == [200] * 3


def ask(client: FlaskClient, address: str, headers: dict[str, str]) -> TestResponse:
    path, _, query = address.partition("?")
    return client.get(query_string=query, headers=headers, environ_overrides={"PATH_INFO": path})
