"""A body that is too large is refused before anything parses it, whatever it calls itself and wherever it goes."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.web import bodies
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.model_day import CONF

API = f"/api/v1/c/{CONF}"
KINDS = (
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=b",
    "text/plain",
    "",
)
PLACES = (
    ("POST", f"{API}/run/start"),
    ("GET", f"{API}/state?stream=public"),
    ("POST", "/api/v1/nowhere"),
    ("PUT", "/healthz"),
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("method", "path"), PLACES)
def test_a_large_body_is_refused_as_json(
    seeded: Hub, client: FlaskClient, method: str, path: str, kind: str
) -> None:
    headers = {"Content-Type": kind, "Accept": "application/json", "Accept-Language": "en"}
    answer = client.open(path, method=method, data=b"[" * (bodies.MAX_BODY_BYTES + 1), headers=headers)

    form = "form" in kind
    assert (answer.status_code, answer.get_json()["error"]) == (
        413,
        {
            "code": "too_large",
            "message": f"That is too large. You can send up to {'64' if form else '256'} KB at once.",
            "size": "64 KB" if form else "256 KB",
            "max_bytes": bodies.MAX_FORM_BYTES if form else bodies.MAX_BODY_BYTES,
        },
    )


@pytest.mark.parametrize("path", ["/sign-in", "/nowhere", f"/c/{CONF}/me/mode"])
def test_a_large_form_is_refused_with_a_page(seeded: Hub, client: FlaskClient, path: str) -> None:
    headers = {"Accept-Language": "ko", "Referer": f"http://localhost/c/{CONF}/me?lang=ko"}
    answer = client.post(path, data={"login": "x" * (bodies.MAX_FORM_BYTES + 1)}, headers=headers)

    assert (answer.status_code, answer.mimetype) == (413, "text/html")
    assert "<h1>보낸 자료가 너무 큽니다. 한 번에 64 KB까지 보낼 수 있습니다.</h1>" in answer.text
    assert f'href="/c/{CONF}/me">이전 화면으로</a>' in answer.text


def test_a_large_upload_is_told_the_limit_of_files(seeded: Hub, sign_in: SignIn) -> None:
    address = f"/c/{CONF}/desk/files/import/guests"
    headers = {"Accept-Language": "en", "Content-Type": "multipart/form-data; boundary=b"}

    answer = sign_in(Role.ORGANISER).post(address, data=b"x" * (11 * 1024 * 1024), headers=headers)

    assert (answer.status_code, "You can send up to 10 MB at once." in answer.text) == (413, True)
    assert "Go back" not in answer.text  # the page it came from is not known


def test_an_upload_that_is_too_large_leads_back_to_its_form(seeded: Hub, sign_in: SignIn) -> None:
    address = f"/c/{CONF}/desk/files/import/guests"
    headers = {
        "Accept-Language": "en",
        "Content-Type": "multipart/form-data; boundary=b",
        "Referer": f"http://localhost{address}",
    }

    answer = sign_in(Role.ORGANISER).post(address, data=b"x" * (11 * 1024 * 1024), headers=headers)

    assert f'href="{address}">Go back</a>' in answer.text


@pytest.mark.parametrize(
    "body",
    [
        b'{"command_id": "a", "aside": NaN}',
        b'{"command_id": "a", "aside": -Infinity}',
        b'{"command_id": "a", "aside": 1e999}',
        b'{"command_id": "a", "aside": ' + b"9" * 5000 + b"}",
        b'{"command_id": "a", "lane": "hall", "lane": "online"}',
        b'{"command_id": "a", "aside": ' + b"[" * 300 + b"]" * 300 + b"}",
        b'{"command_id": "a", "aside": {"a": ' + b"[" * 19 + b"]" * 19 + b"}}",
        b'"\xff"',
        b"\x00",
        b"",
    ],
)
def test_json_that_readers_understand_differently_is_malformed(
    seeded: Hub, sign_in: SignIn, body: bytes
) -> None:
    answer = sign_in(Role.OPERATOR).post(f"{API}/run/start", data=body, content_type="application/json")

    assert (answer.status_code, answer.get_json()["error"]["field"]) == (422, "body")


def test_body_with_many_names_is_refused_as_malformed(seeded: Hub, sign_in: SignIn) -> None:
    body = ("{" + ",".join(f'"{n:x}":0' for n in range(25_000)) + "}").encode()
    answer = sign_in(Role.OPERATOR).post(f"{API}/run/start", data=body, content_type="application/json")

    assert (answer.status_code, answer.get_json()["error"]["field"]) == (422, "command_id")
