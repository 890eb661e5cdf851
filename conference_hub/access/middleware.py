"""The one place where requests are let in: who is it, is the form theirs, which conference, may they."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import Flask, current_app, g, request, session
from flask_wtf.csrf import CSRFProtect
from sqlalchemy.orm import Session

from conference_hub.access import store
from conference_hub.access.browsers import browser_family
from conference_hub.access.model import NOBODY, Role, Viewer
from conference_hub.access.policy import check, needs_viewer, roles_of
from conference_hub.access.uses import EXTENSION, Uses
from conference_hub.conferences.model import Conference
from conference_hub.conferences.store import get_conference
from conference_hub.core.actor import Actor, ActorKind
from conference_hub.core.errors import Forbidden, NotFound, NotSignedIn, msg
from conference_hub.core.text import Text
from conference_hub.web.hub import current_hub

COOKIE_SECRET = "hub"  # noqa: S105 - a key in the signed cookie, not a secret
BEARER = "Bearer "


def install(app: Flask, csrf: CSRFProtect) -> None:
    """Check every request of `app` before its view runs."""
    hub = app.extensions["conference_hub"]
    uses = app.extensions[EXTENSION] = Uses(hub.database, hub.now)

    @app.before_request
    def let_in() -> None:
        g.viewer = NOBODY
        g.conference = None
        if request.endpoint is None or request.endpoint == "static":
            return
        if not needs_viewer(app.view_functions[request.endpoint]):
            return
        with current_hub().database.reading() as db:
            g.viewer = viewer_of_request(db)
            _enter_conference(db)
        uses.note(g.viewer.credential, lambda: browser_family(request.user_agent.string))
        check(
            g.viewer,
            g.conference.slug if g.conference else None,
            _allowed(app, request.endpoint),
        )
        if app.config["WTF_CSRF_ENABLED"] and not g.viewer.machine:
            csrf.protect()


def _enter_conference(db: Session) -> None:
    slug = (request.view_args or {}).get("conf")
    if slug is not None:
        g.conference = get_conference(db, slug)


def viewer_of_request(db: Session) -> Viewer:
    """Return who the request's bearer token or cookie says it is; sockets use it at their handshake.

    Raises NotSignedIn for a token that is unknown or revoked.
    """
    header = request.headers.get("Authorization", "")
    if header.startswith(BEARER):
        machine = store.find_machine(db, header.removeprefix(BEARER).strip())
        if machine is None:
            raise NotSignedIn(msg("이 토큰은 없거나 더는 쓸 수 없습니다."))
        return machine
    return viewer_of_cookie(db)


def viewer_of_cookie(db: Session) -> Viewer:
    """Return who the request's cookie says it is, NOBODY when it has none that counts."""
    secret = session.get(COOKIE_SECRET)
    return (store.find_viewer(db, secret, current_hub().now()) if secret else None) or NOBODY


def _allowed(app: Flask, endpoint: str) -> frozenset[Role]:
    roles = roles_of(app.view_functions[endpoint])
    if roles is None:
        message = f"endpoint {endpoint} does not declare who may call it"
        raise RuntimeError(message)
    return roles


def verify_declared(app: Flask) -> None:
    """Refuse to start when an endpoint does not declare who may call it."""
    silent = [
        name for name, view in app.view_functions.items() if name != "static" and roles_of(view) is None
    ]
    if silent:
        message = f"endpoints without @allow: {', '.join(sorted(silent))}"
        raise RuntimeError(message)


def viewer() -> Viewer:
    """Return who sent the running request."""
    return cast("Viewer", g.get("viewer", NOBODY))


def conference() -> Conference:
    """Return the conference of the running request; raises NotFound when its URL names none."""
    found: Conference | None = g.get("conference")
    if found is None:
        raise NotFound(msg("그런 행사가 없습니다."))
    return found


@dataclass(frozen=True, kw_only=True)
class Acting:
    """As whom the viewer of a page acts, as the page says it."""

    id: str
    kind: ActorKind
    label: Text
    role_label: Text


def acting(conf: str) -> Acting | None:
    """Return as whom the viewer of the running page acts in `conf`, None for nobody in particular."""
    found = _acting(conf)
    if found is None:
        return None
    name, role = viewer().shown_name(found, conf), viewer().role_of(found, conf)
    label = (
        role.label if name == role.label.ko else Text.of(name)
    )  # a link that was made for nobody in particular
    return Acting(id=found.id, kind=found.kind, label=label, role_label=role.label)


def _acting(conf: str) -> Actor | None:
    view = current_app.view_functions.get(request.endpoint or "")
    return viewer().acting(conf, (roles_of(view) if view else None) or frozenset())


def actor() -> Actor:
    """Return as whom the sender of the running request acts in its conference; raises Forbidden for nobody."""
    found = _acting(conference().slug)
    if found is None:
        raise Forbidden(msg("이 화면을 볼 권한이 없습니다."))
    return found


def signed_in_at() -> datetime:
    """Return since when the sender of the running request is signed in; for nobody it is now."""
    return viewer().since or current_hub().now()


def remember(secret: str) -> None:
    """Put a session secret into the signed cookie, alone: what belonged to whoever used the browser before goes.

    The secret of the form tokens goes too, so a form opened before is refused as out of date.
    """
    session.clear()
    session.permanent = True
    session[COOKIE_SECRET] = secret


def forget() -> None:
    """Take everything out of the signed cookie, the form token included."""
    session.clear()
