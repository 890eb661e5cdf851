"""The composition root: the only module that knows all the others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from flask import Flask, g, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as translate
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from conference_hub.access import middleware
from conference_hub.access import readiness as access_readiness
from conference_hub.access.exchange import TeamPart
from conference_hub.access.middleware import acting, viewer
from conference_hub.access.model import Role
from conference_hub.access.pages import access_pages_bp
from conference_hub.access.password_pages import password_pages_bp
from conference_hub.access.policy import allow, callers_of, without_viewer, works_for
from conference_hub.access.routes import access_bp
from conference_hub.access.team_pages import team_pages_bp
from conference_hub.agenda import readiness as agenda_readiness
from conference_hub.agenda import run_store
from conference_hub.agenda import sources as agenda
from conference_hub.agenda.cue_sheet import CuesPart
from conference_hub.agenda.exchange import DepartmentsPart, LanesPart, SegmentsPart
from conference_hub.agenda.pages import agenda_pages_bp
from conference_hub.agenda.plan_actions import Dependents
from conference_hub.agenda.routes import agenda_bp
from conference_hub.agenda.store import room_uses
from conference_hub.awards import readiness as awards_readiness
from conference_hub.awards import store as awards
from conference_hub.awards.calls import awards_of, calls_of
from conference_hub.awards.cues import cue_loads
from conference_hub.awards.desk_pages import awards_desk_bp
from conference_hub.awards.exchange import AwardsPart
from conference_hub.awards.level_exchange import LevelsPart, ProgrammesPart
from conference_hub.awards.level_pages import awards_levels_bp
from conference_hub.awards.order_pages import awards_order_bp
from conference_hub.awards.pages import awards_pages_bp
from conference_hub.awards.routes import awards_bp
from conference_hub.checkin import readiness as checkin_readiness
from conference_hub.checkin import store as checkin
from conference_hub.checkin.badge_pages import badge_pages_bp
from conference_hub.checkin.exchange import GuestsPart
from conference_hub.checkin.gate_exchange import GatesPart
from conference_hub.checkin.gate_pages import gate_pages_bp
from conference_hub.checkin.guest_export import guest_export_bp
from conference_hub.checkin.guest_pages import guest_pages_bp
from conference_hub.checkin.pages import arrive, checkin_pages_bp
from conference_hub.checkin.routes import checkin_bp
from conference_hub.conferences import readiness as conference_readiness
from conference_hub.conferences import store as conference_store
from conference_hub.conferences.exchange import ConferencePart
from conference_hub.conferences.model import Conference
from conference_hub.conferences.store import all_conferences
from conference_hub.core import files
from conference_hub.core.config import Settings
from conference_hub.core.db import Database
from conference_hub.core.errors import msg
from conference_hub.core.journal import Journal
from conference_hub.core.now import Now, iso, utc_now
from conference_hub.core.private import tighten
from conference_hub.data import readiness as data_readiness
from conference_hub.data import schema
from conference_hub.desk.conference_pages import desk_conference_bp
from conference_hub.desk.import_pages import desk_import_bp
from conference_hub.desk.overview import desk_overview_bp
from conference_hub.desk.pages import desk_pages_bp
from conference_hub.exchange.part import Part
from conference_hub.files.pages import files_pages_bp
from conference_hub.files.routes import files_bp
from conference_hub.files.wizard import setup_imports
from conference_hub.followup import readiness as followup_readiness
from conference_hub.followup import store as followup
from conference_hub.followup.actions import leave
from conference_hub.followup.desk_pages import followup_desk_bp
from conference_hub.followup.exchange import SeriesPart, SessionsPart
from conference_hub.followup.pages import followup_pages_bp
from conference_hub.followup.routes import followup_bp
from conference_hub.followup.series_pages import followup_series_bp
from conference_hub.live import setup
from conference_hub.live.pages import live_pages_bp
from conference_hub.mails import readiness as mails_readiness
from conference_hub.mails.pages import mails_pages_bp
from conference_hub.people.exchange import GroupsPart
from conference_hub.people.pages import people_pages_bp
from conference_hub.places import readiness as places_readiness
from conference_hub.places import store as places
from conference_hub.places.channel_pages import channel_pages_bp
from conference_hub.places.exchange import ChannelsPart, RoomsPart, VideosPart
from conference_hub.places.pages import places_pages_bp
from conference_hub.places.room_pages import room_pages_bp
from conference_hub.places.video_pages import video_pages_bp
from conference_hub.registration import guest_leaving, visitors
from conference_hub.registration import readiness as registration_readiness
from conference_hub.registration.desk_pages import registration_desk_bp
from conference_hub.registration.exchange import ConsentsPart, QuestionsPart, RegistrationPart
from conference_hub.registration.pages import registration_pages_bp
from conference_hub.registration.setup_pages import registration_setup_bp
from conference_hub.web import answers, api_description, assets, forms, i18n, limits, local_time
from conference_hub.web.hub import Hub, call_here, current_hub, do_now, go_on

assert schema.ALL_TABLES  # noqa: S101 - every table is known before the first session opens

GUEST_TIES = (awards_of,)
"""What hangs on guests and may not be lost: they are not removed (`Hub.guest_ties`)."""
GUESTS_LEAVING = (leave, guest_leaving.leave)
"""What takes away that which features keep of guests who are removed (`Hub.guests_leaving`)."""
PLAN_DEPENDENTS = Dependents(bound=(awards.bound_cues,), documents=(awards.calling_documents,))
"""What hangs on the plan, for those who change it by a file."""
CONFERENCE_FILE: tuple[Part[Any], ...] = (
    ConferencePart(),
    RoomsPart((room_uses,)),
    ChannelsPart(),
    VideosPart(),
    GatesPart(),
    GroupsPart(),
    DepartmentsPart(PLAN_DEPENDENTS),
    SegmentsPart(PLAN_DEPENDENTS),
    LanesPart(PLAN_DEPENDENTS),
    CuesPart(PLAN_DEPENDENTS),
    GuestsPart(ties=GUEST_TIES, leaving=GUESTS_LEAVING),
    ProgrammesPart(),
    LevelsPart(),
    AwardsPart(),
    SeriesPart(),
    SessionsPart(),
    RegistrationPart(),
    QuestionsPart(),
    ConsentsPart(),
    TeamPart(),
)
"""The parts of the conference file, each behind those that it names (`exchange/part.py`)."""
COOKIE_LIFE = timedelta(days=14)

DESK_PAGES = (
    ("overview", "", msg("준비 현황")),
    ("conference", "conference", msg("행사 정보")),
    ("places", "conference/places", msg("회의장과 참여 경로")),
    ("programme", "programme", msg("진행 계획")),
    ("people", "people", msg("참석자")),
    ("badges", "badges", msg("명찰 인쇄")),
    ("awards", "awards", msg("시상")),
    ("follow-up", "follow-up", msg("후속 세션")),
    ("registration", "registration", msg("등록")),
    ("team", "team", msg("운영진")),
    ("gates", "gates", msg("출입구 목록")),
    ("mail", "mail", msg("메일")),
    ("files", "files", msg("파일")),
)
"""The pages of the desk in the order of its navigation: name, path under `desk/`, and what people read."""


def make_hub(
    settings: Settings,
    *,
    now: Now = utc_now,
    offload: Callable[..., Any] = call_here,
    pause: Callable[[], None] = go_on,
    spawn: Callable[[Callable[[], None]], None] = do_now,
) -> Hub:
    """Open the database and make the hub that requests, commands and workers share."""
    database = Database(settings.database_url)
    tighten(settings.data_dir, database.file)
    return Hub(
        settings=settings,
        database=database,
        journal=Journal(database, now),
        now=now,
        offload=offload,
        pause=pause,
        spawn=spawn,
        run_progress=run_store.progress,
        parts=list(CONFERENCE_FILE),
        guest_ties=list(GUEST_TIES),
        guests_leaving=list(GUESTS_LEAVING),
    )


def create_app(hub: Hub) -> Flask:
    """Make the Flask application around `hub`; nothing is started and nothing is read but files."""
    app = Flask(
        "conference_hub",
        static_folder=str(files.STATIC),
        template_folder=str(files.TEMPLATES),
    )
    app.extensions["conference_hub"] = hub
    _setup_cookies(app, hub.settings)
    _setup_foundation(app, hub.settings)
    _setup_features(app, hub)
    setup_imports(app, hub)
    _trust_proxies(app, hub.settings.proxies)
    middleware.verify_declared(app)
    return app


def _setup_cookies(app: Flask, settings: Settings) -> None:
    app.secret_key = settings.secret_key
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


def _setup_foundation(app: Flask, settings: Settings) -> None:
    csrf = CSRFProtect(app)
    answers.install(app, settings, [f"https://{host}" for host in settings.frame_hosts])
    forms.install(app)
    i18n.install(app)
    local_time.install(app)
    assets.install(app)
    public_module = allow(Role.PUBLIC)(without_viewer(assets.browser_messages_module))
    app.add_url_rule("/i18n/<lang>.js", "browser_messages", public_module)
    middleware.install(app, csrf)
    limits.install(app, settings)
    app.context_processor(_page_context)


def _setup_features(app: Flask, hub: Hub) -> None:
    app.register_blueprint(access_bp)
    app.register_blueprint(access_pages_bp)
    app.register_blueprint(team_pages_bp)
    app.register_blueprint(password_pages_bp)
    app.register_blueprint(places_pages_bp)
    app.register_blueprint(room_pages_bp)
    app.register_blueprint(channel_pages_bp)
    app.register_blueprint(video_pages_bp)
    app.register_blueprint(agenda_bp)
    app.register_blueprint(agenda_pages_bp)
    app.register_blueprint(checkin_bp)
    app.register_blueprint(checkin_pages_bp)
    app.register_blueprint(gate_pages_bp)
    app.register_blueprint(guest_pages_bp)
    app.register_blueprint(badge_pages_bp)
    app.register_blueprint(guest_export_bp)
    app.register_blueprint(people_pages_bp)
    app.register_blueprint(awards_bp)
    app.register_blueprint(awards_pages_bp)
    app.register_blueprint(awards_desk_bp)
    app.register_blueprint(awards_levels_bp)
    app.register_blueprint(awards_order_bp)
    app.register_blueprint(followup_bp)
    app.register_blueprint(followup_pages_bp)
    app.register_blueprint(followup_desk_bp)
    app.register_blueprint(followup_series_bp)
    app.register_blueprint(live_pages_bp)
    app.register_blueprint(desk_pages_bp)
    app.register_blueprint(desk_import_bp)
    app.register_blueprint(desk_overview_bp)
    app.register_blueprint(desk_conference_bp)
    app.register_blueprint(files_bp)
    app.register_blueprint(files_pages_bp)
    app.register_blueprint(mails_pages_bp)
    app.register_blueprint(registration_pages_bp)
    app.register_blueprint(registration_desk_bp)
    app.register_blueprint(registration_setup_bp)
    app.add_template_global(visitors.registered_here)
    hub.documents += [
        places.documents,
        conference_store.documents,
        agenda.documents,
        partial(checkin.documents, in_turns=hub.in_turns),
        awards.documents,
        followup.documents,
    ]
    hub.readiness += [
        conference_readiness.readiness,
        places_readiness.readiness,
        agenda_readiness.readiness,
        awards_readiness.readiness,
        checkin_readiness.readiness,
        followup_readiness.readiness,
        access_readiness.readiness,
        registration_readiness.readiness,
        mails_readiness.readiness,
        data_readiness.readiness,
    ]
    hub.bound_cues.append(awards.bound_cues)
    hub.room_uses.append(room_uses)
    hub.cue_loads.append(cue_loads)
    hub.run_documents.append(awards.calling_documents)
    hub.arrivals.append(arrive)
    _let_registration_follow(hub)
    hub.person_details.append(calls_of)
    setup.install(app, hub)
    app.add_url_rule("/", "home", _home)
    app.add_url_rule("/api/openapi.json", "openapi", _described)


def _let_registration_follow(hub: Hub) -> None:
    hub.mode_choices.append(partial(visitors.follow_mode, hub))
    hub.guests_changed.append(partial(visitors.follow_guests, hub))


def _page_context() -> dict[str, Any]:
    conference: Conference | None = g.get("conference")
    return {
        "viewer": viewer(),
        "conference": conference,
        "acting": acting(conference.slug) if conference else None,
        "desk_pages": [(name, path, translate(words)) for name, path, words in DESK_PAGES],
        "now_iso": iso(current_hub().now()),
    }


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
