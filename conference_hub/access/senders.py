"""Who sends a request: a screen by its link, a machine by its token, a person by the signed cookie."""

from __future__ import annotations

from typing import Any

from flask import Flask, request, session
from sqlalchemy.orm import Session

from conference_hub.access import store
from conference_hub.access.model import NOBODY, Viewer
from conference_hub.core.errors import NotSignedIn, msg
from conference_hub.web.hub import current_hub

COOKIE_SECRET = "hub"  # noqa: S105 - a key in the signed cookie, not a secret
BEARER = "Bearer "
SCREEN = "X-Screen"
"""The header by which a screen sends the secret of its link: it counts instead of the cookie."""

UPLOAD_KEY = "X-Upload-Key"
"""The header by which an ended device says who it is: `<device id>.<key>`."""
WHO_HEADERS = frozenset({"HTTP_AUTHORIZATION", "HTTP_X_SCREEN", "HTTP_X_UPLOAD_KEY"})
"""The headers by which somebody says who they are, as WSGI names them."""


def sender_secret() -> str | None:
    """Return what the request's sender identifies themselves by: a screen's link, a bearer token, or the cookie."""
    if UPLOAD_KEY in request.headers:
        return None
    token = request.headers.get(SCREEN) or _bearer()
    return session.get(COOKIE_SECRET) if token is None else token


def says_who(app: Flask, environ: dict[str, Any]) -> bool:
    """Return whether a request says who sends it, true or not; what says nothing is of NOBODY. No context is needed."""
    if not environ.keys().isdisjoint(WHO_HEADERS):
        return True
    if "HTTP_COOKIE" not in environ:
        return False
    opened = app.session_interface.open_session(app, app.request_class(environ))
    return opened is not None and COOKIE_SECRET in opened


def _bearer() -> str | None:
    header = request.headers.get("Authorization", "")
    return header.removeprefix(BEARER).strip() if header.startswith(BEARER) else None


def viewer_of_request(db: Session, conf: str | None = None) -> Viewer:
    """Return who the request's bearer token or cookie says it is; sockets use it at their handshake.

    A request with an upload key is of nobody, whatever its cookie says: it needs no form token.

    The numbers of the conference `conf` are read along. Raises NotSignedIn for a token that is unknown or revoked.
    """
    if UPLOAD_KEY in request.headers:
        return NOBODY
    screen = request.headers.get(SCREEN)
    if screen is not None:
        return viewer_of_screen(db, screen)
    token = _bearer()
    if token is not None:
        machine = store.find_machine(db, token, conf)
        if machine is None:
            raise NotSignedIn(msg("이 토큰은 없거나 더는 쓸 수 없습니다."))
        return machine
    return viewer_of_cookie(db, conf)


def viewer_of_screen(db: Session, secret: str) -> Viewer:
    """Return the screen that the secret of a link stands for; raises NotSignedIn when it is unknown or revoked."""
    found = store.find_screen(db, secret)
    if found is None:
        raise NotSignedIn(msg("이 화면 링크는 없거나 더는 쓸 수 없습니다."))
    return found


def viewer_of_cookie(db: Session, conf: str | None = None) -> Viewer:
    """Return who the request's cookie says it is, NOBODY when it has none that counts."""
    secret = session.get(COOKIE_SECRET)
    return (store.find_viewer(db, secret, current_hub().now(), conf) if secret else None) or NOBODY


def remember(secret: str) -> None:
    """Put a session secret into the signed cookie, alone: what belonged to the earlier user of the browser is removed.

    The secret of the form tokens goes too, so a form opened before is refused as out of date.
    """
    session.clear()
    session.permanent = True
    session[COOKIE_SECRET] = secret


def forget() -> None:
    """Take everything out of the signed cookie, the form token included."""
    session.clear()
