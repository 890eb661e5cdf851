"""The line of an answer goes straight to the sink; one that takes no lines changes no answer."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from flask import Flask
from typing_extensions import override

from conference_hub.web import logs


class Broken(io.StringIO):
    """A log that takes nothing: its disk is full, or it is closed."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    @override
    def write(self, _text: str) -> int:
        raise self.error


@pytest.fixture
def app() -> Iterator[Flask]:
    """An application with a log and one page; the loggers are put back afterwards."""
    root = logging.getLogger()
    handlers, level, structured = root.handlers[:], root.level, structlog.get_config()
    app = Flask("page")
    app.add_url_rule("/page", "page", lambda: "done")
    logs.install(app)
    yield app
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**structured)


def test_a_line_says_which_logger_wrote_it_and_for_which_request(app: Flask) -> None:
    sink = io.StringIO()
    logs.configure(console=False, sink=sink)

    app.test_client().get("/page", headers={"X-Request-Id": "proxy-4711"})

    line = json.loads(sink.getvalue())
    assert {
        name: line[name] for name in ("event", "logger", "level", "request_id", "endpoint", "status")
    } == {
        "event": "answered",
        "logger": "conference_hub.requests",
        "level": "info",
        "request_id": "proxy-4711",
        "endpoint": "page",
        "status": 200,
    }
    assert {"timestamp", "method", "ms"} <= line.keys()


def test_a_line_on_a_terminal_says_it_too(app: Flask) -> None:
    sink = io.StringIO()
    logs.configure(console=True, sink=sink)

    app.test_client().get("/page", headers={"X-Request-Id": "proxy-4711"})

    assert all(word in sink.getvalue() for word in ("answered", "conference_hub.requests", "proxy-4711"))


@pytest.mark.parametrize("error", [OSError("no space left"), ValueError("closed")], ids=["full", "closed"])
def test_what_was_done_is_answered_also_where_its_line_cannot_be_written(
    app: Flask, error: Exception
) -> None:
    logs.configure(console=False, sink=Broken(error))

    answer = app.test_client().get("/page")

    assert (answer.status_code, answer.text) == (200, "done")
