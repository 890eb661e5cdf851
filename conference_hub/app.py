"""The composition root: the hub, and the Flask application around it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from flask import Flask, g, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as translate
from werkzeug.middleware.proxy_fix import ProxyFix

from conference_hub.access import middleware
from conference_hub.access.middleware import acting, viewer
from conference_hub.access.model import Role
from conference_hub.access.policy import allow, callers_of, without_viewer, works_for
from conference_hub.agenda import known_lanes, lane_store
from conference_hub.blueprints import BLUEPRINTS
from conference_hub.conferences import lifecycle
from conference_hub.conferences.model import Conference
from conference_hub.conferences.store import all_conferences
from conference_hub.core import files
from conference_hub.core.config import Settings
from conference_hub.core.db import Database
from conference_hub.core.journal import Journal
from conference_hub.core.now import Now, iso, utc_now
from conference_hub.core.private import tighten
from conference_hub.features import (
    DESK_PAGES,
    ERASURES,
    FIGURES,
    GUEST_TIES,
    MAIL_TAKERS,
    MAILS_SETTLED,
    TELLS,
    TIES_SHOWN,
    conference_file,
    connect,
    documents,
    guests_leaving,
)
from conference_hub.files.wizard import setup_imports
from conference_hub.live import setup
from conference_hub.registration import visitors
from conference_hub.web import (
    answers,
    api_description,
    assets,
    compression,
    cookies,
    forms,
    i18n,
    limits,
    local_time,
    repeats,
)
from conference_hub.web.application import Application
from conference_hub.web.hub import Hub, System, call_here, current_hub, do_now, go_on
from conference_hub.web.url_rules import LazyRule

COOKIE_LIFE = timedelta(days=14)


def make_hub(
    settings: Settings,
    *,
    now: Now = utc_now,
    offload: Callable[..., Any] = call_here,
    pause: Callable[[], None] = go_on,
    spawn: Callable[[Callable[[], None]], None] = do_now,
    system: System | None = None,
) -> Hub:
    """Open the database and make the hub that requests, commands and workers share."""
    database = Database(settings.database_url)
    tighten(settings.data_dir, database.file)
    hub = Hub(
        settings=settings,
        database=database,
        journal=Journal(database, now),
        now=now,
        offload=offload,
        pause=pause,
        spawn=spawn,
        system=system or System(),
        run_progress=lane_store.progress,
        guest_ties=list(GUEST_TIES),
        tells=list(TELLS),
        ties_shown=list(TIES_SHOWN),
        erasures=list(ERASURES),
        mail_takers=list(MAIL_TAKERS),
        mails_settled=list(MAILS_SETTLED),
        figures=list(FIGURES),
    )
    hub.guests_leaving += guests_leaving(hub)
    hub.parts += conference_file(settings.frame_hosts, hub.guests_leaving)
    hub.documents += documents(hub)
    hub.purged.append(partial(known_lanes.drop, database))
    return hub


def create_app(hub: Hub) -> Flask:
    """Make the Flask application around `hub`; nothing is started and nothing is read but files."""
    app = Application(
        "conference_hub",
        static_folder=None,
        template_folder=str(files.TEMPLATES),
    )
    app.url_rule_class = LazyRule
    app.extensions["conference_hub"] = hub
    _setup_cookies(app, hub.settings)
    _setup_foundation(app, hub)
    _setup_features(app, hub)
    setup_imports(app, hub)
    _trust_proxies(app, hub.settings.proxies)
    middleware.verify_declared(app)
    return app


def _setup_cookies(app: Flask, settings: Settings) -> None:
    app.secret_key = settings.secret_key
    app.session_interface = cookies.CookieSessions()
    app.config.update(
        SESSION_COOKIE_NAME="__Host-hub" if settings.secure else "hub",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=COOKIE_LIFE,
        SESSION_REFRESH_EACH_REQUEST=False,  # no cookie rides on answers that caches may keep
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=True,
    )


def _trust_proxies(app: Flask, hops: int) -> None:
    """Believe what that many proxies say of the client, outermost, so that sockets know the address too."""
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def _setup_foundation(app: Flask, hub: Hub) -> None:
    settings = hub.settings
    compression.install(app)
    answers.install(app, settings, [f"https://{host}" for host in settings.frame_hosts])
    forms.install(app)
    i18n.install(app)
    local_time.install(app)
    assets.install(app)
    middleware.install(app)
    repeats.install(app, hub)
    limits.install(app, settings)
    app.context_processor(_page_context)


def _setup_features(app: Flask, hub: Hub) -> None:
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.add_template_global(visitors.registered_here)
    connect(hub)
    setup.install(app, hub)
    app.add_url_rule("/", "home", _home)
    app.add_url_rule("/api/openapi.json", "openapi", _described)


def _page_context() -> dict[str, Any]:
    conference: Conference | None = g.get("conference")
    now = current_hub().now()
    return {
        "viewer": viewer(),
        "conference": conference,
        "acting": acting(conference.slug) if conference else None,
        "danger": _danger,
        "desk_pages": [(name, path, translate(words)) for name, path, words in DESK_PAGES],
        "made_at": now,
        "now_iso": iso(now),
    }


def _danger(change: str) -> str:
    """Return what a change does to those who are connected to the page's conference now; empty: it is one step."""
    hub, conference = current_hub(), g.conference
    with hub.database.reading() as db:
        state = lifecycle.stage(conference.state, hub.run_progress(db, conference.slug))
    words = lifecycle.danger(state, lifecycle.Change(change))
    return translate(words) if words else ""


@allow(Role.PUBLIC)
def _home() -> ResponseReturnValue:
    """Show the conferences, or lead straight to the only one."""
    with current_hub().database.reading() as db:
        everything = all_conferences(db)
    conferences = [one for one in everything if not one.hidden or works_for(viewer(), one.slug)]
    if len(conferences) == 1:
        return redirect(f"/c/{conferences[0].slug}/")
    return render_template("conferences/home.html", conferences=conferences)


@allow(Role.PUBLIC)
@without_viewer
def _described() -> ResponseReturnValue:
    """Return the description of this API (OpenAPI 3.1)."""
    return api_description.answer(callers_of)
