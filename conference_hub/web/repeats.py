"""A form that comes twice, by a double press or because its answer got lost: it does its work once.

Each page gives its forms a number (`web/form_tokens.py`). The same fields from the same page to the same address are
answered as the first time, with the same messages, for ten minutes; one that comes while the first is at work waits for
it. Once its sender sent another form it is no repeat any more: who opens, closes, goes back and opens again means it.
Only answers that lead on (3xx) are kept, in the memory of this process: a refused form may be sent again as it is.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from threading import Event
from typing import Any

from flask import Flask, Response, flash, g, redirect, request, session
from flask.typing import ResponseReturnValue

from conference_hub.web import form_tokens
from conference_hub.web.bodies import FORM_TYPES
from conference_hub.web.hub import Hub, current_hub

LIFE = timedelta(minutes=10)
WAIT_S = 10
"""How long a repeat waits for the first one."""
MOST = 10_000
"""Answers kept; the oldest go first."""
FLASHES = "_flashes"
"""Where Flask keeps the messages for the next page in the session."""


@dataclass(frozen=True, kw_only=True)
class Answered:
    """Where a form led, the messages (kind, sentence) that the next page shows, and what it changed in the session."""

    location: str
    status: int
    messages: tuple[tuple[str, str], ...]
    session: Mapping[str, Any]
    at: datetime


class Repeats:
    """Answers of forms by what tells a repeat, and the forms that are at work."""

    def __init__(self) -> None:
        self._answered: OrderedDict[str, Answered] = OrderedDict()
        self._running: dict[str, Event] = {}
        self._last: OrderedDict[str, str] = OrderedDict()

    def begin(self, key: str, at: datetime, *, person: str = "", wait_s: float = WAIT_S) -> Answered | None:
        """Return how the form was answered the first time, None when it is the first one: `end` it.

        `person` is an id of who sent it; an empty text for nobody in particular.
        """
        if person:
            self._forget_earlier(person, key)
        first = self._running.get(key)
        if first is not None:
            first.wait(wait_s)
        found = self._answered.get(key)
        if found is not None and at - found.at < LIFE:
            return found
        self._running.setdefault(key, Event())
        return None

    def end(self, key: str, answered: Answered | None) -> None:
        """Keep the answer of a form that began; None: it may be sent again as it is."""
        if answered is not None:
            self._answered[key] = answered
            while len(self._answered) > MOST:
                self._answered.popitem(last=False)
        running = self._running.pop(key, None)
        if running is not None:
            running.set()

    def _forget_earlier(self, person: str, key: str) -> None:
        """Forget the answer of a form whose sender sent another one since."""
        if self._last.get(person, key) != key:
            self._answered.pop(key, None)
        self._last[person] = key
        self._last.move_to_end(person)
        while len(self._last) > MOST:
            self._last.popitem(last=False)

    def expire(self, at: datetime) -> None:
        """Drop what is too old to be repeated."""
        for key in [key for key, one in self._answered.items() if at - one.at >= LIFE]:
            del self._answered[key]


def install(app: Flask, hub: Hub) -> None:
    """Answer repeated forms of `app`; what checks its requests is installed before."""
    repeats = Repeats()
    hub.expiring.append(repeats.expire)
    app.before_request(lambda: _begin(repeats))
    app.after_request(lambda response: _keep(repeats, response))
    app.teardown_request(lambda _error: _end(repeats, None))


def _begin(repeats: Repeats) -> ResponseReturnValue | None:
    key = _key()
    if key is None:
        return None
    answered = repeats.begin(key, current_hub().now(), person=form_tokens.senders().person())
    if answered is None:
        g.form_key, g.session_before = key, _session()
        return None
    return _again(answered)


def _keep(repeats: Repeats, response: Response) -> Response:
    leads_on = HTTPStatus.MULTIPLE_CHOICES <= response.status_code < HTTPStatus.BAD_REQUEST
    if leads_on and response.location and "form_key" in g:
        _end(
            repeats,
            Answered(
                location=response.location,
                status=response.status_code,
                messages=tuple((kind, str(sentence)) for kind, sentence in session.get(FLASHES, ())),
                session=_changes(g.session_before, _session()),
                at=current_hub().now(),
            ),
        )
    return response


def _again(answered: Answered) -> ResponseReturnValue:
    """Answer as the first time, for a browser that may not have got that answer."""
    for name, value in answered.session.items():
        if value is None:
            session.pop(name, None)
        else:
            session[name] = value
    for kind, sentence in answered.messages:
        if (kind, sentence) not in map(tuple, session.get(FLASHES, ())):
            flash(sentence, kind)
    return redirect(answered.location, answered.status)


def _session() -> dict[str, Any]:
    return {name: value for name, value in session.items() if name != FLASHES}


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that differ, None for those that went."""
    return {name: after.get(name) for name in {*before, *after} if before.get(name) != after.get(name)}


def _end(repeats: Repeats, answered: Answered | None) -> None:
    key = g.pop("form_key", None)
    if key is not None:
        repeats.end(key, answered)


def _key() -> str | None:
    """Return what tells a repeat of the running request, None when it is no form of a page."""
    if request.method != "POST" or request.mimetype not in FORM_TYPES:
        return None
    number = form_tokens.number()
    if not number:
        return None
    files = [(name, file.filename, _digest(file.read())) for name, file in request.files.items(multi=True)]
    for file in request.files.values():
        file.seek(0)
    sent = (number, form_tokens.senders().person(), form_tokens.address(), form_tokens.sent_fields(), files)
    return _digest(repr(sent).encode())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
