"""Bodies of requests: bounded before anything reads them, read once, and JSON parsed at most once and strictly.

The bound is checked before the view, the form token and the roles, for every method and address. A body that is too
large is answered 413 and its rest is never read: the connection is closed.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any, NoReturn, ParamSpec, TypeVar

from flask import Flask, current_app, g, request
from flask.json.provider import DefaultJSONProvider
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from conference_hub.web.hub import current_hub

P = ParamSpec("P")
T = TypeVar("T")

FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
MAX_FORM_BYTES = 64 * 1024
MAX_BODY_BYTES = 256 * 1024
"""For every body that is not a form: a command is below one kilobyte."""
LONG_BODY_BYTES = 32 * 1024
"""Reading and checking a body as long as this takes milliseconds: others have their turn before its work begins."""
MAX_FORM_FIELDS = 100
"""Parts of a multipart form."""
MAX_NESTING = 20
"""Objects and arrays inside each other: far below what recursion can bear when the body is written again."""
BOUND_ATTRIBUTE = "hub_body_bytes"
CLOSE = "hub.close_connection"
"""The environ key under which the server gives a function that ends the connection after this answer."""


def install(app: Flask) -> None:
    """Bound and read the body of every request of `app` before anything else looks at it."""
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_FORM_BYTES
    app.config["MAX_FORM_PARTS"] = MAX_FORM_FIELDS
    app.json = StrictJson(app)
    app.before_request(_read)


def bounded(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Declare that the body of a view may have `most` bytes, more than a usual one."""

    def mark(view: Callable[P, T]) -> Callable[P, T]:
        setattr(view, BOUND_ATTRIBUTE, most)
        return view

    return mark


def parsed_json() -> Any:
    """Return the body as JSON; None when it is none, is malformed, or was refused unread. Never raises."""
    return request.get_json(silent=True) if g.get("body_read") else None


def after_reading() -> None:
    """Give others their turn when the body of the running request was long."""
    if len(request.get_data()) >= LONG_BODY_BYTES:
        current_hub().pause()


def _read() -> None:
    """Read the whole body into memory; raises 413 past the bound, 400 when it breaks off."""
    bound = most()
    unannounced = request.content_length is None
    request.max_content_length = bound + 1 if unannounced else bound  # a stream is cut there without an error
    request.max_form_memory_size = max(bound, MAX_FORM_BYTES)  # what is read of a file at once counts, too
    try:
        if len(request.get_data()) > bound:
            raise RequestEntityTooLarge
    except HTTPException:
        request.environ.get(CLOSE, _nothing)()
        raise
    g.body_read = True


def most() -> int:
    """Return how long the body of the running request may be."""
    view = current_app.view_functions.get(request.endpoint or "")
    usual = MAX_FORM_BYTES if request.mimetype in FORM_TYPES else MAX_BODY_BYTES
    most: int = getattr(view, BOUND_ATTRIBUTE, usual)
    return most


def _nothing() -> None:
    """Do nothing, where the server offers no way to end the connection (tests in process)."""


class StrictJson(DefaultJSONProvider):
    """Flask's JSON, which refuses what RFC 8259 leaves open or a later reader cannot bear."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """Parse JSON as `strict_json` does."""
        return strict_json(s, **kwargs)


def strict_json(text: str | bytes, **kwargs: Any) -> Any:
    """Parse JSON; raises ValueError when it is malformed, nested too deeply, repeats a name or has no number."""
    try:
        value = json.loads(
            text, object_pairs_hook=_unique, parse_constant=_no_number, parse_float=_finite, **kwargs
        )
    except RecursionError as error:
        message = "JSON nested too deeply"
        raise ValueError(message) from error
    _check_nesting(value)
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        message = "a name is repeated in a JSON object (RFC 8259 section 4)"
        raise ValueError(message)
    return found


def _no_number(text: str) -> NoReturn:
    message = f"{text} is no JSON number (RFC 8259 section 6)"
    raise ValueError(message)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        _no_number("a number out of range")
    return number


def _check_nesting(value: Any) -> None:
    level = [value]
    for _ in range(MAX_NESTING):
        level = [inner for outer in level if isinstance(outer, dict | list) for inner in _inside(outer)]
        if not level:
            return
    message = "JSON nested too deeply"
    raise ValueError(message)


def _inside(value: dict[str, Any] | list[Any]) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value
