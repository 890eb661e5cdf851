"""The log says what was asked and how it was answered, and nothing about who."""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.web import logs

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[Lines]:
    """Return what the server writes to its standard error, line by line; the loggers are put back afterwards."""
    root = logging.getLogger()
    kept = (root.handlers[:], root.level)
    error = io.StringIO()
    monkeypatch.setattr(sys, "stderr", error)
    logs.configure(console=False)
    yield lambda: [json.loads(line) for line in error.getvalue().splitlines()]
    root.handlers[:], root.level = kept


def test_answer_is_logged_with_its_endpoint_and_without_its_query(lines: Lines, client: FlaskClient) -> None:
    answer = client.get("/api/v1/c/hong-gildong/state?stream=public&secret=kim")

    (line,) = lines()
    assert answer.headers["X-Request-Id"] == line["request_id"]
    assert (line["event"], line["endpoint"], line["status"]) == ("answered", "live.state", 404)
    assert "hong" not in json.dumps(line)
    assert "kim" not in json.dumps(line)


def test_the_id_of_a_request_comes_from_the_sender_when_it_is_usable(client: FlaskClient) -> None:
    ids = {"proxy-4711abc": True, "x": False, "a b c d e f g h": False, "<script>alert(1)</script>": False}

    kept = {
        given: client.get("/healthz", headers={"X-Request-Id": given}).headers["X-Request-Id"] == given
        for given in ids
    }

    assert kept == ids


def test_a_command_id_is_logged_and_the_rest_of_the_body_is_not(lines: Lines, client: FlaskClient) -> None:
    client.post("/api/v1/c/none/run/next", json={"command_id": "c-1", "note": "kim"})

    (line,) = lines()
    assert (line["command_id"], "kim" in json.dumps(line)) == ("c-1", False)


def test_a_failure_is_logged_with_its_traceback_and_without_local_variables(lines: Lines, app: Flask) -> None:
    guest_name = "guest 5e0c7f"  # stands in no path of any machine
    try:
        int("seven")
    except ValueError:
        app.logger.exception("it failed")

    (line,) = lines()
    assert guest_name not in json.dumps(line)
    assert (line["event"], line["exception"][0]["exc_type"]) == ("it failed", "ValueError")
