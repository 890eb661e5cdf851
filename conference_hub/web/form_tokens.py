"""Form tokens: they keep forms of other sites out, and say who opened a form.

A token has two parts: that of Flask-WTF, which ends with the session, masked anew in each page so that the size of a
compressed page tells nothing about it (BREACH), and a signed one that names all as whom the
reader of the page may act, and a number of the page. By the second a form that outlived its session is known to be its
opener's. What such a form sent comes back with a `ticket` in the token's place (`web/kept_forms.py`): it counts for the
opener alone, for the same address and the same fields, for one day. By the number a repeat is known (`web/repeats.py`).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from flask import Flask, current_app, g, request
from flask_wtf.csrf import CSRFProtect, generate_csrf, validate_csrf
from itsdangerous import BadData, URLSafeSerializer, URLSafeTimedSerializer
from typing_extensions import override
from wtforms import ValidationError

from conference_hub.web.requests import CSRF_FIELD

EXTENSION = "hub_form_tokens"
TICKET_LIFE, SECOND = timedelta(days=1), timedelta(seconds=1)
PARTS = "~"
"""Between the two parts of a token."""
LINE_END = re.compile(r"\r\n?")

Field = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Senders:
    """Who reads a page and who sends a form, as access knows it; a person is an id, an empty text for nobody.

    `persons`: all as whom the viewer may act. `person`: as whom the sender acts by the running request. `personal`:
    whether its view is for somebody in particular.
    """

    persons: Callable[[], Iterable[str]]
    person: Callable[[], str]
    personal: Callable[[], bool]


class FormTokens(CSRFProtect):  # type: ignore[misc]  # Flask-WTF has no types
    """The check of form tokens, which takes a ticket of a kept form in their place."""

    def __init__(self, app: Flask, senders: Senders) -> None:
        super().__init__(app)
        self.senders = senders
        app.extensions[EXTENSION] = self
        app.jinja_env.globals["csrf_token"] = form_token
        app.context_processor(lambda: {"csrf_token": form_token})

    @override
    def protect(self, apply_exemptions: bool = False) -> None:
        """Let the running request through; raises CSRFError when its token does not count."""
        if not _ticket_counts(request.form.get(CSRF_FIELD, ""), self.senders.person()):
            super().protect(apply_exemptions)

    @override
    def _get_csrf_token(self) -> str | None:
        sent: str | None = super()._get_csrf_token()
        return sent and _unmasked(sent)


def senders() -> Senders:
    """Return who reads and sends in the running application."""
    tokens: FormTokens = current_app.extensions[EXTENSION]
    return tokens.senders


def form_token() -> str:
    """Return the form token of the page that is being made."""
    if "form_token" not in g:
        opened = _opened().dumps([_marks(senders().persons()), secrets.token_urlsafe(9)])
        g.form_token = f"{_masked(generate_csrf())}{PARTS}{opened}"
    return cast("str", g.form_token)


def counts() -> bool:
    """Return whether the form of the running request carries a token of the sender's present session."""
    try:
        validate_csrf(_unmasked(request.form.get(CSRF_FIELD, "")))
    except ValidationError:
        return False
    return True


def opener() -> tuple[str, ...]:
    """Return the marks of all as whom the opener of the sent form could act; nothing when it is not known."""
    return _origin()[0]


def number() -> str:
    """Return what tells the page of the sent form from every other one; an empty text when it is not known."""
    return _origin()[1]


def opened_by(person: str) -> bool:
    """Return whether the sent form was opened by somebody who acts as `person`."""
    return bool(person) and _mark(person) in opener()


def ticket(fields: Iterable[Field]) -> str:
    """Return what stands in the token's place when the opener sends `fields` to the same address again."""
    return _tickets().dumps([opener(), address(), _digest(fields)])


def address() -> str:
    """Return the address that the running request was sent to, within the hub."""
    return "/" + request.full_path.rstrip("?").lstrip("/\\")


def sent_fields() -> list[Field]:
    """Return all fields of the sent form in their order, the token aside."""
    return [(name, value) for name, value in request.form.items(multi=True) if name != CSRF_FIELD]


def _masked(token: str) -> str:
    """Return a token combined with as many random bytes, which stand before it."""
    plain = token.encode()
    mask = secrets.token_bytes(len(plain))
    return base64.urlsafe_b64encode(mask + _xor(mask, plain)).decode()


def _unmasked(sent: str) -> str:
    """Return the token of Flask-WTF in a form token; an empty text where there is none."""
    try:
        both = base64.urlsafe_b64decode(sent.partition(PARTS)[0])
        half = len(both) // 2
        return _xor(both[:half], both[half:]).decode()
    except ValueError:
        return ""


def _xor(mask: bytes, other: bytes) -> bytes:
    return bytes(one ^ two for one, two in zip(mask, other, strict=True))


def _origin() -> tuple[tuple[str, ...], str]:
    """Return the marks of the opener and the number of the page, from the ticket or the token of the sent form."""
    sent = request.form.get(CSRF_FIELD, "")
    try:
        marks, *_ = _tickets().loads(sent, max_age=TICKET_LIFE // SECOND)
        return tuple(marks), sent
    except BadData:
        pass
    try:
        marks, page = _opened().loads(sent.partition(PARTS)[2])
        return tuple(marks), page
    except BadData:
        return (), ""


def _ticket_counts(sent: str, person: str) -> bool:
    try:
        marks, path, digest = _tickets().loads(sent, max_age=TICKET_LIFE // SECOND)
    except BadData:
        return False
    same = (path, digest) == (address(), _digest(sent_fields()))
    return same and bool(person) and _mark(person) in marks


def _digest(fields: Iterable[Field]) -> str:
    """Return what tells the same fields again; browsers send every end of a line as CR and LF."""
    plain = sorted((name, LINE_END.sub("\n", value)) for name, value in fields)
    return hashlib.sha256(repr(plain).encode()).hexdigest()


def _marks(persons: Iterable[str]) -> list[str]:
    return sorted(_mark(person) for person in persons)


def _mark(person: str) -> str:
    """Return what stands for a person in a token: their id is in no page."""
    return hmac.new(_key(), person.encode(), hashlib.sha256).hexdigest()[:16]


def _key() -> bytes:
    secret: Any = current_app.secret_key
    return secret if isinstance(secret, bytes) else str(secret).encode()


def _opened() -> URLSafeSerializer:
    return URLSafeSerializer(_key(), salt="form-opened-by")


def _tickets() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(_key(), salt="kept-form")
