"""Answers are compressed for browsers that take it, and the same when they are unpacked."""

from __future__ import annotations

import gzip
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from conference_hub.core.files import STATIC
from conference_hub.web import assets
from conference_hub.web.hub import Hub
from tests.model_day import CONF

LIVE = f"/c/{CONF}/live"
STATE = f"/api/v1/c/{CONF}/state?stream=public"
GZIP, BOTH = {"Accept-Encoding": "gzip"}, {"Accept-Encoding": "gzip, deflate, br"}


def sheet(app: Flask) -> str:
    with app.test_request_context("/"):
        return assets.sheet_url("web")


def said(answer: TestResponse) -> tuple[int, str | None, bool]:
    return answer.status_code, answer.content_encoding, "Accept-Encoding" in answer.vary


@pytest.mark.parametrize("path", [LIVE, STATE], ids=["page", "json"])
def test_pages_and_json_are_compressed_for_whom_takes_it(seeded: Hub, client: FlaskClient, path: str) -> None:
    assert seeded is not None
    plain, packed = client.get(path), client.get(path, headers=GZIP)

    assert (said(plain), said(packed)) == ((200, None, True), (200, "gzip", True))
    assert without_secrets(gzip.decompress(packed.data)) == without_secrets(plain.data)
    assert len(packed.data) < len(plain.data) / 2
    assert packed.headers["Content-Length"] == str(len(packed.data))


def without_secrets(page: bytes) -> str:
    """Return a page without what is other in each: nonces, form tokens, the time."""
    return re.sub(r'(nonce|content|value|"now":) ?=?"[^"]*"', "", page.decode())


def test_what_is_small_is_sent_as_it_is(client: FlaskClient) -> None:
    answer = client.get("/api/v1/c/none/state", headers=GZIP)

    assert said(answer) == (404, None, True)


def test_a_state_that_has_not_changed_is_not_sent_again_compressed_or_not(
    seeded: Hub, client: FlaskClient
) -> None:
    assert seeded is not None
    tag = client.get(STATE, headers=GZIP).headers["ETag"]

    assert [client.get(STATE, headers={**more, "If-None-Match": tag}).status_code for more in ({}, GZIP)] == [
        304,
        304,
    ]


def test_static_files_are_sent_in_the_best_encoding_that_a_browser_takes(
    app: Flask, client: FlaskClient
) -> None:
    url = sheet(app)
    plain, gzipped, brotli = client.get(url), client.get(url, headers=GZIP), client.get(url, headers=BOTH)
    file = STATIC / url.removeprefix("/static/")

    assert [said(each) for each in (plain, gzipped, brotli)] == [
        (200, None, True),
        (200, "gzip", True),
        (200, "br", True),
    ]
    assert {each.mimetype for each in (plain, gzipped, brotli)} == {"text/css"}
    assert gzip.decompress(gzipped.data) == plain.data == file.read_bytes()
    assert brotli.data == file.with_name(f"{file.name}.br").read_bytes()


def test_a_refused_encoding_is_not_used(app: Flask, client: FlaskClient) -> None:
    answer = client.get(sheet(app), headers={"Accept-Encoding": "br;q=0, gzip;q=0.5"})

    assert said(answer) == (200, "gzip", True)


def test_a_file_that_is_not_compressed_and_one_that_is_not_there(client: FlaskClient) -> None:
    picture, none = client.get("/static/icons/app-192.png", headers=BOTH), client.get("/static/none.js")

    assert said(picture) == (200, None, False)
    assert none.status_code == 404
    assert client.get("/static/../pyproject.toml", headers=BOTH).status_code == 404


def test_a_form_token_is_other_bytes_in_each_page_and_counts_each_time(
    app: Flask, client: FlaskClient
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    pages = [client.get("/sign-in").text for _ in range(2)]
    tokens = [re.findall(r'name="csrf_token" value="([^"]+)"', page)[0] for page in pages]
    parts = [token.partition("~")[0] for token in tokens]

    assert len({part[:20] for part in parts}) == len({part[-20:] for part in parts}) == 2
    answers = [client.post("/sign-in", data={"csrf_token": token}) for token in (*tokens, "AAAA~x", "é~")]
    assert ["화면이 오래되었습니다" in answer.text for answer in answers] == [False, False, True, True]
