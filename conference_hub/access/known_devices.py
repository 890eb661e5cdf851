"""Browsers in which an account signed in before: guesses of others do not slow down who signs in there.

A signed cookie holds a random id for each of the last accounts of the browser. Tries from such a browser are counted by
that id instead of its address, so neither an attack on the account nor one from the same hall keeps its owner out
(OWASP: device cookies). The cookie lets nobody in.
"""

from __future__ import annotations

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from conference_hub.access.model import fingerprint, new_secret, plain_login
from conference_hub.web.hub import current_hub

LIFE_S = 180 * 24 * 3600
MOST = 5
"""Accounts that a browser is known for; the one that signed in longest ago goes first."""
LETTERS = 16


def known_device(login: str) -> str | None:
    """Return the id of the request's browser for an account that signed in there before, None for others."""
    return _known().get(_name(login))


def make_known(response: Response, login: str) -> None:
    """Have the browser of the request known for an account that just signed in."""
    known, name = _known(), _name(login)
    device = known.pop(name, None) or new_secret()
    kept = {**known, name: device}
    secure = current_hub().settings.secure
    response.set_cookie(
        _cookie(),
        _serializer().dumps(dict(list(kept.items())[-MOST:])),
        max_age=LIFE_S,
        secure=secure,
        httponly=True,
        samesite="Lax",
    )


def _known() -> dict[str, str]:
    try:
        found = _serializer().loads(request.cookies.get(_cookie(), ""))
    except BadSignature:
        return {}
    return dict(found) if isinstance(found, dict) else {}


def _cookie() -> str:
    return "__Host-known" if current_hub().settings.secure else "hub_known"


def _name(login: str) -> str:
    return fingerprint(plain_login(login))[:LETTERS]


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="known-device")
