"""The one place where requests are let in: who is it, is the form theirs, which conference, may they."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import cast

from flask import Flask, Response, current_app, g, request
from sqlalchemy.orm import Session

from conference_hub.access import store
from conference_hub.access.browsers import browser_family
from conference_hub.access.model import NOBODY, Role, Viewer
from conference_hub.access.policy import (
    check,
    for_accounts,
    may_while_archived,
    may_while_draft,
    needs_conference,
    needs_viewer,
    permits,
    roles_of,
    works_for,
)
from conference_hub.access.recent import EXTENSION as EXTENSION_RECENT
from conference_hub.access.recent import RecentSenders
from conference_hub.access.senders import SCREEN, UPLOAD_KEY, sender_secret, viewer_of_request
from conference_hub.access.tables import ScreenLinkRow
from conference_hub.access.uses import EXTENSION as EXTENSION_USES
from conference_hub.access.uses import Uses
from conference_hub.conferences.kept import Revisions, revisions
from conference_hub.conferences.model import Archived, Conference
from conference_hub.conferences.store import get_conference, last_known
from conference_hub.core.actor import Actor, ActorKind
from conference_hub.core.errors import Forbidden, NotFound, Refused, msg
from conference_hub.core.journal import Write
from conference_hub.core.now import iso
from conference_hub.core.text import Text
from conference_hub.web.form_tokens import FormTokens, Senders
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import OnceBody, taken_by

READING = frozenset({"GET", "HEAD", "OPTIONS"})


def install(app: Flask) -> None:
    """Check every request of `app` before its view runs."""
    csrf = FormTokens(app, Senders(persons=lambda: viewer().persons, person=person, personal=_personal))
    hub = app.extensions["conference_hub"]
    app.extensions[EXTENSION_USES] = Uses(hub.database, hub.now)
    recent = app.extensions[EXTENSION_RECENT] = RecentSenders()
    hub.ended.append(recent.clear)

    @app.before_request
    def let_in() -> None:
        g.viewer = NOBODY
        g.conference = None
        if request.endpoint is None or request.endpoint == "static":
            return
        view = app.view_functions[request.endpoint]
        if not needs_viewer(view):
            return
        if not (_runs_command(view) and _expect(recent)):
            _look_up(recent if _runs_command(view) else None)
        if app.config["WTF_CSRF_ENABLED"] and not g.viewer.machine and not _without_cookie():
            csrf.protect()

    app.after_request(_refuse_unadmitted)
    app.after_request(_keep_draft_private)


def _without_cookie() -> bool:
    """Return whether the sender says who they are by a header, which no other site can make a browser send."""
    return SCREEN in request.headers or UPLOAD_KEY in request.headers


def _runs_command(view: Callable[..., object]) -> bool:
    """Return whether a view answers by `commands.answer_command`, which calls `admit`."""
    taken = taken_by(view)
    return taken is not None and issubclass(taken.model, OnceBody)


def _expect(recent: RecentSenders) -> bool:
    """Take the sender for whom they were the last time, until `admit`; False when they were not let in here."""
    secret, conf = sender_secret(), _conf()
    viewer = recent.find(secret) if secret else None
    found = last_known(current_hub().database, conf) if conf else None
    if viewer is None or found is None or not permits(viewer, conf, _allowed()):
        return False
    g.viewer, g.conference, g.admitted = viewer, found, False
    return True


def _look_up(recent: RecentSenders | None) -> None:
    """Look sender and conference up and check them; raises NotSignedIn, Forbidden or NotFound."""
    with current_hub().database.reading() as db:
        g.viewer = viewer_of_request(db, _conf())
        _enter_conference(db)
    _note_use()
    if not (g.viewer.account_id and for_accounts(_view())):
        check(g.viewer, g.conference.slug if g.conference else None, _allowed())
    _check_state()
    if recent is not None and (secret := sender_secret()):
        recent.keep(secret, g.viewer)


def admit(write: Write) -> Actor:
    """Check the sender of the running command inside its transaction; return the actor that they act as.

    Raises NotSignedIn, Forbidden or NotFound.
    """
    g.viewer = viewer_of_request(write.session, write.conf)
    g.conference = get_conference(write.session, write.conf)
    _note_use()
    check(g.viewer, write.conf, _allowed())
    _check_state()
    g.admitted = True
    return actor()


def _check_state() -> None:
    """Keep a draft from everybody but its team, and an archived conference from being changed."""
    found: Conference | None = g.conference
    if found is None:
        return
    if found.hidden and not works_for(g.viewer, found.slug) and not may_while_draft(_view()):
        g.conference = None
        raise not_published()
    if found.archived and request.method not in READING and not may_while_archived(_view()):
        raise archived(found.archived)


def not_published() -> NotFound:
    """Return how everybody but its team is answered who asks for a draft."""
    return NotFound(msg("아직 공개되지 않은 행사입니다."), code="not_published")


def archived(since: Archived) -> Refused:
    """Return how a command is answered in a conference that is archived."""
    return Refused(
        msg("%(by)s 님이 보관한 행사라 바꿀 수 없습니다."), code="archived", by=since.by, at=iso(since.at)
    )


def _keep_draft_private(response: Response) -> Response:
    """Let no shared cache keep what the team sees of a draft: it would answer everybody with it."""
    found: Conference | None = g.get("conference")
    if found is not None and found.hidden and response.cache_control.public:
        response.headers["Cache-Control"] = "no-store"
    return response


def _refuse_unadmitted(response: Response) -> Response:
    if not g.get("admitted", True) and response.status_code < HTTPStatus.BAD_REQUEST:
        message = f"{request.endpoint} answered a command without looking its sender up"
        raise RuntimeError(message)
    return response


def _note_use() -> None:
    uses: Uses = current_app.extensions[EXTENSION_USES]
    uses.note(g.viewer.credential, lambda: browser_family(request.user_agent.string))


def _conf() -> str | None:
    return (request.view_args or {}).get("conf")


def _enter_conference(db: Session) -> None:
    slug = _conf()
    if slug is not None and needs_conference(current_app.view_functions[request.endpoint or ""]):
        g.conference = get_conference(db, slug)
        g.revisions = revisions(db, slug)


def enter_as_screen(db: Session, screen: ScreenLinkRow) -> None:
    """Answer the running request as the screen of a link; raises NotFound."""
    g.viewer = store.screen_viewer(screen)
    g.conference = get_conference(db, screen.conf)
    g.revisions = revisions(db, screen.conf)
    _note_use()


def enter_by_secret(db: Session, slug: str) -> None:
    """Answer the running request as one to a conference that its address names by a secret only.

    Raises NotFound for a draft, and Refused for a change of an archived one.
    """
    g.conference = get_conference(db, slug)
    g.revisions = revisions(db, slug)
    _check_state()


def _view() -> Callable[..., object]:
    return current_app.view_functions[request.endpoint or ""]


def _allowed() -> frozenset[Role]:
    roles = roles_of(_view())
    if roles is None:
        message = f"endpoint {request.endpoint} does not declare who may call it"
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


def conference_revisions() -> Revisions:
    """Return the numbers of the running request's conference as they were when the request was let in."""
    found: Revisions = g.revisions
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
    label = Text.of(name) if name else role.label
    return Acting(id=found.id, kind=found.kind, label=label, role_label=role.label)


def _acting(conf: str) -> Actor | None:
    return viewer().acting(conf, _declared())


def _declared() -> frozenset[Role]:
    view = current_app.view_functions.get(request.endpoint or "")
    return (roles_of(view) if view else None) or frozenset()


def person() -> str:
    """Return as whom the sender of the running request acts, as `Viewer.person`."""
    return viewer().person(_conf(), _declared())


def _personal() -> bool:
    """Return whether the running request's view is for somebody in particular."""
    return _declared() != {Role.PUBLIC}


def actor() -> Actor:
    """Return as whom the sender of the running request acts in its conference; raises Forbidden for nobody."""
    found = _acting(conference().slug)
    if found is None:
        raise Forbidden(msg("이 화면을 볼 권한이 없습니다."))
    return found


def signed_in_at() -> datetime:
    """Return since when the sender of the running request is signed in; for nobody it is now."""
    return viewer().since or current_hub().now()
