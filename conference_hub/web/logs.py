"""Structured logs on standard error: JSON lines for machines, coloured lines on a terminal.

Every line written while a request is answered carries its `request_id`. No personal data: no names, no
addresses of visitors, no query strings, no path parameters, no secrets; an endpoint's name says which page it
was.
"""

from __future__ import annotations

import logging
import re
import secrets
import sys
import threading
import time
from contextlib import suppress
from http import HTTPStatus
from types import TracebackType
from typing import Protocol, TextIO, cast

import structlog
from flask import Flask, Response, g, request
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import Processor

from conference_hub.web.bodies import parsed_json
from conference_hub.web.log_repeats import RepeatedTracebacks

REQUEST_ID = "X-Request-Id"
USABLE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
COMMAND_ID = re.compile(r"[A-Za-z0-9._:-]{1,80}")
LIBRARIES = ("engineio", "socketio", "alembic", "werkzeug")
"""Told to speak up only when something is wrong: their chatter names clients."""

APPLICATION = "conference_hub"
"""The logger that Flask gives a handler of its own when something is logged before `configure`."""

LEVEL = logging.INFO
REQUESTS = "conference_hub.requests"
log = structlog.get_logger()
"""Writes the line of each answer, straight to the sink: through the library's records it took three times as long."""
tasks = logging.getLogger("conference_hub.tasks")
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


class Sink(Protocol):
    """Where rendered lines go: standard error, or a `LogQueue` before it."""

    def write(self, text: str, /) -> object:
        """Take one line with its end."""

    def flush(self) -> None:
        """Hand over what was taken."""


def configure(*, console: bool | None = None, sink: Sink | None = None) -> None:
    """Send every logger, warning and uncaught exception of this process through one renderer into `sink`.

    `console` is guessed from the terminal; the sink is standard error unless given. Lines are rendered where they are
    logged, because they say which request they belong to.
    """
    on_terminal = sys.stderr.isatty() if console is None else console
    taken_by: Sink = sink or sys.stderr
    rendering = _rendering(on_terminal)
    instant = structlog.processors.TimeStamper(fmt="iso", utc=True)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            instant,
            *rendering,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(LEVEL),
        logger_factory=structlog.WriteLoggerFactory(cast("TextIO", taken_by)),
    )
    handler = logging.StreamHandler(taken_by)
    handler.addFilter(RepeatedTracebacks())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.contextvars.merge_contextvars,
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.stdlib.ExtraAdder(),
                instant,
            ],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendering],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(LEVEL)
    logging.getLogger(APPLICATION).handlers.clear()
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(logging.WARNING)


def catch_uncaught() -> None:
    """Log what Python would print on standard error by itself: warnings, and exceptions that nobody can catch."""
    logging.captureWarnings(capture=True)
    sys.unraisablehook = lambda caught: uncaught(
        (caught.exc_type, caught.exc_value or caught.exc_type(), caught.exc_traceback)
    )
    threading.excepthook = lambda caught: uncaught(
        (caught.exc_type, caught.exc_value or caught.exc_type(), caught.exc_traceback)
    )


def uncaught(exc_info: ExcInfo) -> None:
    """Log an exception that ended a background task, a thread or a finaliser."""
    tasks.error("uncaught exception", exc_info=exc_info)


def _rendering(on_terminal: bool) -> list[Processor]:  # noqa: FBT001 - the one thing it depends on
    """Render lines and tracebacks; local variables stay out of them, they hold what visitors sent."""
    if on_terminal:
        return [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
    tracebacks = structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False))
    return [tracebacks, structlog.processors.JSONRenderer(ensure_ascii=False)]


def install(app: Flask) -> None:
    """Give each request an id (the sender's `X-Request-Id` when usable); log each answer in one line."""
    app.before_request_funcs.setdefault(None, []).insert(0, _begin)
    app.after_request(_answered)


def _begin() -> None:
    given = request.headers.get(REQUEST_ID, "")
    g.request_id = given if USABLE_ID.fullmatch(given) else secrets.token_hex(16)
    g.started_at = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _answered(response: Response) -> Response:
    started = g.get("started_at")
    if started is None or request.endpoint == "static":
        return response
    if response.status_code != HTTPStatus.NOT_MODIFIED:  # the body it stands for answered another question
        response.headers[REQUEST_ID] = g.request_id
    with suppress(OSError, ValueError):  # what was done stands, also where its line cannot be written
        log.info(
            "answered",
            logger=REQUESTS,
            endpoint=request.endpoint,
            method=request.method,
            status=response.status_code,
            ms=round((time.perf_counter() - started) * 1000, 1),
            **_command(),
        )
    return response


def _command() -> dict[str, str]:
    """Find the command id in a JSON body; whatever else a sender writes there is left out."""
    parsed = parsed_json()
    command_id = (parsed.get("command_id") or parsed.get("scan_id")) if isinstance(parsed, dict) else None
    if isinstance(command_id, str) and COMMAND_ID.fullmatch(command_id):
        return {"command_id": command_id}
    return {}
