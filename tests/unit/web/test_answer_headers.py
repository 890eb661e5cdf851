"""The headers of every answer: a policy that names the nonce of the page, and what a view said itself stays."""

from __future__ import annotations

import re
from dataclasses import replace
from mimetypes import guess_type
from pathlib import Path

import pytest
from flask import Flask, Response, jsonify, render_template
from flask.testing import FlaskClient
from jinja2 import DictLoader

from conference_hub.core import config
from conference_hub.web import answers
from conference_hub.web.form_tokens import FormTokens, Senders

PAGE = '<style nonce="{{ csp_nonce() }}"></style><script nonce="{{ csp_nonce() }}"></script>{{ said }}'
NONCE = re.compile(r'nonce="([^"]+)"')
NAMED = re.compile(r"'nonce-([^']+)'")


def _own_words() -> Response:
    headers = {
        "content-security-policy": "sandbox",
        "REFERRER-POLICY": "no-referrer",
        "cache-control": "max-age=60",
        "x-content-type-options": "nosniff",
    }
    return Response("[]", mimetype="application/json", headers=headers)


def _file(name: str) -> Response:
    return Response("", mimetype=guess_type(name)[0])


def _client(tmp_path: Path, *, secure: bool = False) -> FlaskClient:
    app = Flask("pages", static_folder=None)
    app.secret_key = "of a test"
    app.jinja_loader = DictLoader({"page.html": PAGE})
    settings = config.load({"HUB_DATA_DIR": str(tmp_path)}, demo=True)
    if secure:
        settings = replace(settings, public_url="https://hub.example.org")
    answers.install(app, settings)
    FormTokens(app, Senders(persons=list, person=lambda: "", personal=lambda: False))
    app.add_url_rule("/page", "page", lambda: render_template("page.html", said="whole"))
    app.add_url_rule("/streamed", "streamed", lambda: answers.streamed("page.html", said="in pieces"))
    app.add_url_rule("/data", "data", lambda: jsonify({}))
    app.add_url_rule("/static/<name>", "static", _file)
    app.add_url_rule("/worker.js", "worker", lambda: _file("worker.js"))
    app.add_url_rule("/own", "own", _own_words)
    return app.test_client()


@pytest.mark.parametrize("path", ["/page", "/streamed"])
def test_the_policy_names_the_nonce_of_the_page_and_each_page_has_another(path: str, tmp_path: Path) -> None:
    client = _client(tmp_path)

    first, second = client.get(path, buffered=True), client.get(path, buffered=True)

    used = [set(NONCE.findall(answer.text)) for answer in (first, second)]
    named = [NAMED.findall(answer.headers["Content-Security-Policy"]) for answer in (first, second)]
    assert [len(nonces) for nonces in used] == [1, 1]
    assert named == [[*used[0]] * 2, [*used[1]] * 2], "for scripts and for styles"
    assert used[0] != used[1]


@pytest.mark.parametrize("path", ["/static/a.css", "/static/a.woff2", "/static/a.ttf", "/static/a.js"])
def test_a_part_of_a_page_carries_no_policy_of_its_own(path: str, tmp_path: Path) -> None:
    headers = _client(tmp_path, secure=True).get(path).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Strict-Transport-Security" in headers
    assert {"Content-Security-Policy", "Permissions-Policy", "Referrer-Policy"}.isdisjoint(headers.keys())


@pytest.mark.parametrize("path", ["/worker.js", "/static/a.svg", "/static/a.html"])
def test_what_can_stand_alone_carries_a_policy(path: str, tmp_path: Path) -> None:
    headers = _client(tmp_path).get(path).headers

    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "Permissions-Policy" in headers


def test_an_answer_without_a_page_lets_no_inline_script_run(tmp_path: Path) -> None:
    policy = _client(tmp_path).get("/data").headers["Content-Security-Policy"]

    assert "script-src 'self' 'wasm-unsafe-eval'; style-src 'self';" in policy
    assert "nonce" not in policy


def test_what_a_view_said_stays_and_is_said_once_however_it_was_written(tmp_path: Path) -> None:
    headers = _client(tmp_path).get("/own").headers

    assert headers.getlist("Content-Security-Policy") == ["sandbox"]
    assert headers.getlist("Referrer-Policy") == ["no-referrer"]
    assert headers.getlist("Cache-Control") == ["max-age=60"]
    assert headers.getlist("X-Content-Type-Options") == ["nosniff"]
    assert headers.getlist("Cross-Origin-Opener-Policy") == ["same-origin"]


def test_only_a_hub_behind_https_asks_for_it(tmp_path: Path) -> None:
    name = "Strict-Transport-Security"

    assert name not in _client(tmp_path).get("/data").headers
    assert _client(tmp_path, secure=True).get("/data").headers[name].startswith("max-age=")
