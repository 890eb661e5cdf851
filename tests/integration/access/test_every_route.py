"""Every route with every role, against a table written by hand: a new route fails until somebody decides who may."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.web.hub import Hub
from tests.integration.access.route_ids import Ids, ids_of
from tests.integration.access.route_requests import let_in, routes, send
from tests.integration.conftest import SignIn
from tests.model_day import CONF

EVERYBODY = set(Role)
OPERATORS = {Role.ORGANISER, Role.OPERATOR}
GATES = {Role.ORGANISER, Role.STAFF}
EMCEES = {Role.ORGANISER, Role.EMCEE}
STAGE_CREW = {Role.ORGANISER, Role.EMCEE, Role.OPERATOR}
GUESTS = {Role.ATTENDEE}
ORGANISERS = {Role.ORGANISER}
TEAM = {Role.ORGANISER, Role.OPERATOR, Role.EMCEE, Role.STAFF}
NOBODY_BY_ROLE: set[Role] = set()
"""What accounts of the hub may by a right of their own."""

PLACES = "/c/<conf>/desk/conference/places"

MAY = {
    "GET /": EVERYBODY,
    "GET /sign-in": EVERYBODY,
    "GET /signed-in": EVERYBODY,
    "POST /sign-in": EVERYBODY,
    "GET /link": EVERYBODY,
    "POST /link": EVERYBODY,
    "POST /sign-out": EVERYBODY,
    "GET /checkin/pair": EVERYBODY,
    "POST /checkin/pair": EVERYBODY,
    "POST /api/v1/c/<conf>/checkin/device": GATES,
    "GET /static/<path:filename>": EVERYBODY,
    "GET /c/<conf>/letters/<stream>/<known>.ttf": EVERYBODY,
    "GET /healthz": EVERYBODY,
    "GET /readyz": EVERYBODY,
    "GET /metrics": EVERYBODY,
    "GET /c/<conf>/": EVERYBODY,
    "GET /c/<conf>/live": EVERYBODY,
    "GET /c/<conf>/results": EVERYBODY,
    "GET /c/<conf>/desk/awards/seal": ORGANISERS,
    "POST /c/<conf>/desk/awards/seal/gate": ORGANISERS,
    "POST /c/<conf>/desk/awards/seal/recipients": ORGANISERS,
    "GET /c/<conf>/desk/awards/seal/openings": ORGANISERS,
    "POST /c/<conf>/desk/awards/seal/commit": ORGANISERS,
    "POST /c/<conf>/desk/awards/seal/open": ORGANISERS,
    "GET /c/<conf>/results/proof": EVERYBODY,
    "GET /api/v1/c/<conf>/results/proof": EVERYBODY,
    "GET /c/<conf>/agenda.ics": EVERYBODY,
    "GET /c/<conf>/follow-up": EVERYBODY,
    "POST /c/<conf>/follow-up/mails": GUESTS,
    "GET /c/<conf>/desk/follow-up/reminders": ORGANISERS,
    "POST /c/<conf>/desk/follow-up/reminders": ORGANISERS,
    "GET /c/<conf>/follow-up.ics": EVERYBODY,
    "GET /c/<conf>/follow-up/<session_id>.ics": EVERYBODY,
    "GET /c/<conf>/follow-up/series/<series_id>.ics": EVERYBODY,
    "GET /cal/<token>.ics": EVERYBODY,
    "GET /invited/<token>": EVERYBODY,
    **{f"POST /invited/<token>/{act}": EVERYBODY for act in ("answer", "place", "join")},
    "GET /c/<conf>/screen/stage": EVERYBODY,
    "GET /c/<conf>/screen/timer": EVERYBODY,
    "GET /c/<conf>/screen/lower-third": EVERYBODY,
    "GET /screen-worker.js": EVERYBODY,
    "GET /s/<token>": EVERYBODY,
    **{
        f"POST /api/v1/c/<conf>/{run}{path}": OPERATORS
        for run in ("", "runs/<run_id>/")
        for path in ("awards/line-up", "screens/layer")
    },
    **{
        f"POST /api/v1/c/<conf>/{run}awards/group{verb}": OPERATORS
        for run in ("", "runs/<run_id>/")
        for verb in ("", "/next", "/back", "/pause", "/resume", "/skip", "/end")
    },
    "POST /api/v1/c/<conf>/screens/identify": OPERATORS,
    "GET /api/v1/c/<conf>/applause": EVERYBODY,
    "GET /api/v1/c/<conf>/me/soon": GUESTS,
    "GET /c/<conf>/me/devices": GUESTS,
    "POST /c/<conf>/me/ready": GUESTS,
    **{
        f"{verb} /c/<conf>/desk/attendance{page}": ORGANISERS
        for page in ("", "/file", "/list", "/settings", "/people/<guest_id>")
        for verb in {"": ("GET",), "/people/<guest_id>": ("POST",)}.get(page, ("GET", "POST"))
    },
    "GET /c/<conf>/desk/attendance/certificates": ORGANISERS,
    "GET /c/<conf>/desk/attendance/sums": ORGANISERS,
    "GET /c/<conf>/desk/attendance/sums/file": ORGANISERS,
    "POST /c/<conf>/desk/attendance/certificates": ORGANISERS,
    "POST /c/<conf>/desk/attendance/certificates/<code>/revoke": ORGANISERS,
    "GET /c/<conf>/desk/attendance/certificates/file": ORGANISERS,
    "POST /c/<conf>/desk/attendance/certificates/file": ORGANISERS,
    "POST /c/<conf>/me/certificate": GUESTS,
    "GET /c/<conf>/me/certificate.pdf": GUESTS,
    "GET /c/<conf>/certificate": EVERYBODY,
    "GET /c/<conf>/certificate/<code>": EVERYBODY,
    "GET /c/<conf>/desk/screens": ORGANISERS,
    "POST /c/<conf>/desk/screens": ORGANISERS,
    "POST /c/<conf>/desk/screens/applause": ORGANISERS,
    "POST /c/<conf>/desk/screens/<screen_id>/revoke": ORGANISERS,
    "GET /c/<conf>/desk/outgoing": ORGANISERS,
    "GET /c/<conf>/desk/outgoing/hooks/new": ORGANISERS,
    "POST /c/<conf>/desk/outgoing/hooks/new": ORGANISERS,
    "GET /c/<conf>/desk/outgoing/hooks/<hook_id>": ORGANISERS,
    "GET /c/<conf>/desk/outgoing/hooks/<hook_id>/edit": ORGANISERS,
    **{
        f"POST /c/<conf>/desk/outgoing/hooks/<hook_id>/{verb}": ORGANISERS
        for verb in ("edit", "pause", "resume", "rotate", "retire", "resend", "test", "remove")
    },
    "GET /c/<conf>/desk/outgoing/osc/new": ORGANISERS,
    "POST /c/<conf>/desk/outgoing/osc/new": ORGANISERS,
    "GET /c/<conf>/desk/outgoing/osc/<target_id>": ORGANISERS,
    "POST /c/<conf>/desk/outgoing/osc/<target_id>": ORGANISERS,
    "POST /c/<conf>/desk/outgoing/osc/<target_id>/test": ORGANISERS,
    "POST /c/<conf>/desk/outgoing/osc/<target_id>/remove": ORGANISERS,
    "GET /c/<conf>/screen/emcee": EMCEES,
    "GET /c/<conf>/screen/backstage": STAGE_CREW,
    "GET /c/<conf>/screen/cue-sheet": STAGE_CREW,
    "GET /api/v1/c/<conf>/state": EVERYBODY,
    "POST /c/<conf>/follow-up/<session_id>/sign-up": GUESTS,
    "POST /c/<conf>/follow-up/calendar": GUESTS,
    "POST /c/<conf>/follow-up/<session_id>/join": GUESTS,
    "POST /c/<conf>/follow-up/sign-up": GUESTS,
    "POST /c/<conf>/me/agenda": GUESTS,
    "POST /api/v1/c/<conf>/follow-up/<session_id>/reschedule": ORGANISERS,
    "POST /api/v1/c/<conf>/follow-up/<session_id>/cancel": ORGANISERS,
    "POST /api/v1/c/<conf>/follow-up/<session_id>/restore": ORGANISERS,
    "GET /c/<conf>/me": GUESTS,
    "GET /c/<conf>/me/wait": GUESTS,
    "GET /c/<conf>/lost-link": EVERYBODY,
    "POST /c/<conf>/lost-link": EVERYBODY,
    "GET /c/<conf>/lost-link/sent": EVERYBODY,
    "POST /c/<conf>/desk/people/<guest_id>/personal-links/<given_id>/end": ORGANISERS,
    "POST /c/<conf>/me/check-in": GUESTS,
    "POST /c/<conf>/me/mode": GUESTS,
    "POST /c/<conf>/me/language": GUESTS,
    "POST /c/<conf>/me/notice": GUESTS,
    "GET /c/<conf>/programme": EVERYBODY,
    "GET /c/<conf>/programme/changes": EVERYBODY,
    "GET /c/<conf>/desk/programme/cue-sheet": OPERATORS,
    "GET /c/<conf>/console": OPERATORS,
    **{
        f"GET /c/<conf>/desk/report{page}": OPERATORS
        for page in ("", "/awards", "/acts", ".csv", "/cues.csv", "/awards.csv")
    },
    "GET /c/<conf>/desk/programme": ORGANISERS,
    **{
        f"POST /api/v1/c/<conf>/{run}/{command}": OPERATORS
        for run in ("run", "runs/<run_id>")
        for command in (
            *("start", "next", "arm", "jump", "skip", "bring-back", "restart", "hold", "resume", "extend"),
            *("make-up", "finish", "reopen", "undo", "back", "redo", "take-control", "release-control"),
        )
    },
    "GET /api/v1/c/<conf>/run/projection": EVERYBODY,
    **{f"GET /api/v1/c/<conf>/{run}/ways": OPERATORS for run in ("run", "runs/<run_id>")},
    "POST /api/v1/c/<conf>/run/apply": OPERATORS,
    "POST /api/v1/c/<conf>/runs": OPERATORS,
    **{f"POST /api/v1/c/<conf>/runs/<run_id>/{verb}": OPERATORS for verb in ("speed", "screens")},
    "GET /api/v1/c/<conf>/plan": OPERATORS,
    "POST /api/v1/c/<conf>/plan": ORGANISERS,
    "GET /api/v1/c/<conf>/plan/changes": OPERATORS,
    "GET /api/v1/c/<conf>/plan/findings": OPERATORS,
    "POST /api/v1/c/<conf>/plan/edit": ORGANISERS,
    "POST /api/v1/c/<conf>/plan/editing": ORGANISERS,
    "POST /api/v1/c/<conf>/plan/publish": ORGANISERS,
    **{
        f"POST /api/v1/c/<conf>/{run}awards/<award_id>/{verb}": OPERATORS
        for run in ("", "runs/<run_id>/")
        for verb in (
            *(
                "arm",
                "reveal",
                "present",
                "photo",
                "done",
                "defer",
                "absent",
                "proxy",
                "skip",
                "take-back",
                "withdraw",
            ),
            "correct",
        )
    },
    "POST /api/v1/c/<conf>/runs/<run_id>/clear": OPERATORS,
    "GET /api/openapi.json": EVERYBODY,
    "GET /checkin/": GATES,
    "GET /checkin/app.webmanifest": EVERYBODY,
    "POST /api/v1/c/<conf>/checkin/redeem": GATES | OPERATORS,
    "POST /api/v1/c/<conf>/checkin/redeem/batch": GATES | OPERATORS,
    "GET /api/v1/c/<conf>/checkin/conflicts": GATES | OPERATORS,
    "POST /api/v1/c/<conf>/checkin/conflicts/<conflict_id>/settle": GATES | OPERATORS,
    "GET /c/<conf>/desk/check-in": GATES | OPERATORS,
    "POST /c/<conf>/desk/check-in/together": ORGANISERS,
    "GET /c/<conf>/desk/check-in/quarantine": ORGANISERS,
    "POST /c/<conf>/desk/check-in/quarantine": ORGANISERS,
    "POST /api/v1/c/<conf>/checkin/device/upload": EVERYBODY,
    "POST /c/<conf>/desk/check-in/<conflict_id>": GATES | OPERATORS,
    "GET /api/v1/c/<conf>/checkin/roster": NOBODY_BY_ROLE,
    "POST /api/v1/c/<conf>/checkin/undo": GATES | OPERATORS,
    "GET /api/v1/c/<conf>/checkin/undoable": GATES | OPERATORS,
    "GET /api/v1/c/<conf>/checkin/search": GATES | OPERATORS,
    "POST /api/v1/c/<conf>/door/walk-in": GATES | OPERATORS,
    "POST /api/v1/c/<conf>/door/badge": GATES | OPERATORS,
    "POST /api/v1/c/<conf>/door/seat": GATES | OPERATORS,
    "GET /api/v1/c/<conf>/door/companions/<guest_id>": GATES | OPERATORS,
    "GET /c/<conf>/door/badges/<guest_id>": GATES | OPERATORS,
    "GET /c/<conf>/door/badges/<guest_id>.svg": GATES | OPERATORS,
    "GET /c/<conf>/desk/": ORGANISERS,
    **{
        f"{method} {PLACES}/{path}".removesuffix("/"): ORGANISERS
        for method, path in (
            ("GET", ""),
            *(
                (method, f"{kind}/{which}")
                for kind, which in (
                    *(("rooms", "new"), ("rooms", "<room_id>")),
                    *(("channels", "new"), ("channels", "<channel_id>")),
                    *(
                        ("channels/<channel_id>/videos", "new"),
                        ("channels/<channel_id>/videos", "<video_id>"),
                    ),
                )
                for method in ("GET", "POST")
            ),
            ("POST", "channels/<channel_id>/open"),
            ("POST", "channels/<channel_id>/close"),
            *(
                ("POST", f"{one}/{verb}")
                for verb in ("move", "remove")
                for one in (
                    "channels/<channel_id>/videos/<video_id>",
                    "channels/<channel_id>",
                    "rooms/<room_id>",
                )
            ),
        )
    },
    "GET /conferences/": TEAM,
    "GET /conferences/new": NOBODY_BY_ROLE,
    "POST /conferences/new": NOBODY_BY_ROLE,
    "POST /conferences/organisers": NOBODY_BY_ROLE,
    "GET /conferences/import": NOBODY_BY_ROLE,
    "POST /conferences/import": NOBODY_BY_ROLE,
    "GET /conferences/import/<draft_id>": NOBODY_BY_ROLE,
    "GET /conferences/import/<draft_id>/review": NOBODY_BY_ROLE,
    **{
        f"POST /conferences/import/<draft_id>/{verb}": NOBODY_BY_ROLE
        for verb in ("reading", "apply", "cancel")
    },
    "GET /c/<conf>/desk/conference": ORGANISERS,
    "POST /c/<conf>/desk/conference": ORGANISERS,
    "POST /c/<conf>/desk/conference/state": ORGANISERS,
    "GET /c/<conf>/desk/conference/delete": ORGANISERS,
    "GET /c/<conf>/desk/conference/personal-data": ORGANISERS,
    "POST /c/<conf>/desk/conference/personal-data": ORGANISERS,
    "GET /c/<conf>/desk/conference/clone": NOBODY_BY_ROLE,
    "POST /c/<conf>/desk/conference/clone": NOBODY_BY_ROLE,
    "POST /c/<conf>/desk/conference/delete": ORGANISERS,
    **{
        f"{method} /c/<conf>/desk/gates{path}": ORGANISERS
        for method, path in (
            *(("GET", path) for path in ("", "/new", "/<gate_id>", "/offline")),
            *(("GET", f"/points/{path}") for path in ("new", "<point_id>")),
            *(
                ("POST", f"/points/{path}")
                for path in ("new", "<point_id>", "<point_id>/move", "<point_id>/remove")
            ),
            *(
                ("POST", path)
                for path in ("/new", "/offline", "/<gate_id>", "/<gate_id>/move", "/<gate_id>/remove")
            ),
            *(("GET", f"/devices{path}") for path in ("", "/<device_id>", "/codes/<link_id>")),
            *(("POST", f"/devices{path}") for path in ("", "/<device_id>", "/<device_id>/end")),
        )
    },
    "GET /c/<conf>/desk/guests": ORGANISERS,
    "GET /c/<conf>/desk/people": ORGANISERS,
    **{
        f"{method} /c/<conf>/desk/people/{page}": ORGANISERS
        for method in ("GET", "POST")
        for page in ("new", "selected", "export", "groups", "groups/<group_id>", "<guest_id>")
    },
    "GET /c/<conf>/desk/people/log": ORGANISERS,
    "POST /c/<conf>/desk/people/<guest_id>/remove": ORGANISERS,
    "POST /c/<conf>/desk/people/groups/<group_id>/move": ORGANISERS,
    "POST /c/<conf>/desk/people/groups/<group_id>/remove": ORGANISERS,
    "GET /c/<conf>/desk/badges/design": ORGANISERS,
    "POST /c/<conf>/desk/badges/design": ORGANISERS,
    "POST /c/<conf>/desk/badges/printed": ORGANISERS,
    "GET /password": NOBODY_BY_ROLE,
    "POST /password": NOBODY_BY_ROLE,
    "POST /c/<conf>/desk/team/invite": ORGANISERS,
    "GET /c/<conf>/desk/team/accounts/<given_id>": ORGANISERS,
    "POST /c/<conf>/desk/team/accounts/<given_id>": ORGANISERS,
    "POST /c/<conf>/desk/team/accounts/<given_id>/link": ORGANISERS,
    "GET /c/<conf>/desk/team": ORGANISERS,
    "POST /c/<conf>/desk/team/links": ORGANISERS,
    "POST /c/<conf>/desk/team/tokens": ORGANISERS,
    "POST /c/<conf>/desk/team/accounts/<given_id>/revoke": ORGANISERS,
    "POST /c/<conf>/desk/team/links/<given_id>/revoke": ORGANISERS,
    "POST /c/<conf>/desk/team/tokens/<given_id>/revoke": ORGANISERS,
    "POST /c/<conf>/desk/team/devices/<given_id>/revoke": ORGANISERS,
    "GET /c/<conf>/desk/badges": ORGANISERS,
    "GET /c/<conf>/desk/badges/<guest_id>.svg": ORGANISERS,
    "POST /api/v1/c/<conf>/messages": OPERATORS,
    "POST /api/v1/c/<conf>/messages/<message_id>/edit": OPERATORS,
    "POST /api/v1/c/<conf>/messages/<message_id>/retract": OPERATORS,
    "POST /api/v1/c/<conf>/messages/<message_id>/acknowledge": EMCEES,
    "POST /api/v1/c/<conf>/honours/<honour_id>/mark": TEAM,
    "GET /c/<conf>/honours": TEAM,
    **{
        f"{verb} /c/<conf>/desk/honours{page}": ORGANISERS
        for verb, pages in {
            "GET": ("", "/new", "/paste", "/<honour_id>"),
            "POST": (
                *("/new", "/paste", "/announce"),
                *("/<honour_id>", "/<honour_id>/move", "/<honour_id>/remove"),
            ),
        }.items()
        for page in pages
    },
    "GET /c/<conf>/desk/awards": ORGANISERS,
    "POST /c/<conf>/desk/awards": ORGANISERS,
    "GET /c/<conf>/desk/awards/new": ORGANISERS,
    "POST /c/<conf>/desk/awards/new": ORGANISERS,
    "GET /c/<conf>/desk/awards/<award_id>": ORGANISERS,
    "POST /c/<conf>/desk/awards/<award_id>": ORGANISERS,
    "POST /c/<conf>/desk/awards/<award_id>/remove": ORGANISERS,
    "GET /c/<conf>/desk/follow-up": ORGANISERS,
    "GET /c/<conf>/desk/follow-up/answers": ORGANISERS,
    **{f"{verb} /c/<conf>/desk/follow-up/certificates": ORGANISERS for verb in ("GET", "POST")},
    "POST /c/<conf>/me/follow-up-certificate": GUESTS,
    "GET /c/<conf>/me/follow-up-certificate.pdf": GUESTS,
    **{
        f"POST /c/<conf>/desk/follow-up/answers/<stray_id>/{act}": ORGANISERS for act in ("assign", "discard")
    },
    **{f"{verb} /c/<conf>/desk/follow-up/<session_id>/attendance": ORGANISERS for verb in ("GET", "POST")},
    **{
        f"{verb} /c/<conf>/desk/follow-up/{path}": ORGANISERS
        for verb in ("GET", "POST")
        for path in ("new", "<session_id>", "<session_id>/sign-ups", "series/new", "series/<series_id>")
    },
    **{
        f"POST /c/<conf>/desk/follow-up/<session_id>/{verb}": ORGANISERS
        for verb in (
            *("announce", "cancel", "restore", "remove", "copy"),
            *("sign-ups/<guest_id>/remove", "sign-ups/<guest_id>/again"),
        )
    },
    "POST /c/<conf>/desk/follow-up/notices": ORGANISERS,
    "POST /c/<conf>/desk/follow-up/notices/cooling": ORGANISERS,
    "POST /c/<conf>/desk/follow-up/series/<series_id>/remove": ORGANISERS,
    "GET /c/<conf>/desk/awards/levels": ORGANISERS,
    **{
        f"{verb} /c/<conf>/desk/awards/{path}": ORGANISERS
        for verb in ("GET", "POST")
        for path in ("levels/new", "levels/<level_id>", "programmes/new", "programmes/<programme_id>")
    },
    "POST /c/<conf>/desk/awards/levels/<level_id>/remove": ORGANISERS,
    "POST /c/<conf>/desk/awards/programmes/<programme_id>/remove": ORGANISERS,
    "GET /c/<conf>/desk/awards/order": ORGANISERS,
    "GET /c/<conf>/desk/awards/order/<cue_id>": ORGANISERS,
    "POST /c/<conf>/desk/awards/order/<cue_id>": ORGANISERS,
    "POST /c/<conf>/desk/people/<guest_id>/link": ORGANISERS,
    "POST /c/<conf>/desk/people/<guest_id>/link/revoke": ORGANISERS,
    "POST /c/<conf>/desk/people/<guest_id>/revoke": ORGANISERS,
    "POST /c/<conf>/desk/people/<guest_id>/reissue": ORGANISERS,
    "GET /api/conference.schema.json": EVERYBODY,
    "GET /c/<conf>/desk/files": ORGANISERS,
    "GET /c/<conf>/desk/files/import/<part>": ORGANISERS,
    "POST /c/<conf>/desk/files/import/<part>": ORGANISERS,
    "GET /c/<conf>/desk/files/export/<part>.<form>": ORGANISERS,
    "POST /c/<conf>/desk/files/export": ORGANISERS,
    "GET /c/<conf>/desk/files/empty/<part>.xlsx": ORGANISERS,
    "GET /c/<conf>/desk/files/example.xlsx": ORGANISERS,
    "GET /c/<conf>/desk/files/drafts/<draft_id>": ORGANISERS,
    "GET /c/<conf>/desk/files/drafts/<draft_id>/review": ORGANISERS,
    **{
        f"POST /c/<conf>/desk/files/drafts/<draft_id>/{verb}": ORGANISERS
        for verb in ("reading", "apply", "cancel")
    },
    **{f"GET /c/<conf>/{page}": EVERYBODY for page in ("register", "register/sent", "registration")},
    **{
        f"POST /c/<conf>/{form}": EVERYBODY
        for form in (
            *("register", "register/link", "registration/open", "registration/change"),
            *("registration/consents", "registration/cancel", "registration/enter"),
        )
    },
    **{
        f"GET /c/<conf>/desk/registration{page}": ORGANISERS
        for page in (
            *("", "/settings", "/invitations", "/people/<registration_id>"),
            *("/questions/<question_id>", "/consents/<consent_id>"),
        )
    },
    **{
        f"POST /c/<conf>/desk/registration{form}": ORGANISERS
        for form in (
            *("/settings", "/invitations", "/invitations/<invitation_id>/revoke", "/move-up"),
            *(f"/people/<registration_id>/{act}" for act in ("move", "link", "erase")),
            *("/questions/<question_id>", "/questions/<question_id>/remove", "/questions/<question_id>/move"),
            *("/consents/<consent_id>", "/consents/<consent_id>/remove"),
        )
    },
    "GET /u/<chooser>": EVERYBODY,
    "POST /u/<chooser>": EVERYBODY,
    "GET /u/<chooser>/<refused>": EVERYBODY,
    "POST /u/<chooser>/<refused>": EVERYBODY,
    "GET /c/<conf>/desk/mail": ORGANISERS,
    "GET /c/<conf>/desk/mail/<mail_id>": ORGANISERS,
    "GET /c/<conf>/desk/mail/<mail_id>/mail.eml": ORGANISERS,
    "POST /c/<conf>/desk/mail/test": ORGANISERS,
    "POST /c/<conf>/desk/mail/retry": ORGANISERS,
    "GET /c/<conf>/desk/mail/sendings": ORGANISERS,
    **{
        f"POST /c/<conf>/desk/mail/sendings/<sending_id>/{verb}": ORGANISERS
        for verb in ("pause", "resume", "stop", "retry")
    },
    "GET /c/<conf>/desk/mail/write": ORGANISERS,
    "GET /c/<conf>/desk/mail/write/<bulk>/<occasion>": ORGANISERS,
    "POST /c/<conf>/desk/mail/write/<bulk>/<occasion>": ORGANISERS,
    "GET /c/<conf>/desk/mail/words": ORGANISERS,
    "GET /c/<conf>/desk/mail/words/<kind>/<lang>": ORGANISERS,
    **{
        f"POST /c/<conf>/desk/mail/words/<kind>/<lang>{end}": ORGANISERS
        for end in ("", "/preview", "/test", "/reset")
    },
    **{f"POST /c/<conf>/desk/mail/<mail_id>/{verb}": ORGANISERS for verb in ("copied", "withdraw", "retry")},
}

STREAMS = {
    "public": EVERYBODY,
    "staff": {Role.ORGANISER, Role.OPERATOR, Role.STAFF},
    "sealed": {Role.ORGANISER, Role.OPERATOR, Role.EMCEE},
    "operator": OPERATORS,
    "rehearsal": STAGE_CREW,
}

SIGNING_IN = {
    "POST /sign-in",
    "POST /link",
    "POST /checkin/pair",
    "POST /api/v1/c/<conf>/checkin/device/upload",
}
"""Their 401 answers a wrong secret, not a wrong role; tests of their own try them."""


def model_ids(hub: Hub) -> Ids:
    return ids_of(
        hub, CONF, lane="hall", gate="main", guest="guest-015", award="case-01", session="session-1"
    )


def browser_of(role: Role, app: Flask, sign_in: SignIn) -> FlaskClient:
    guest_id = "guest-088" if role is Role.ATTENDEE else None
    return app.test_client() if role is Role.PUBLIC else sign_in(role, guest_id=guest_id)


def test_table_lists_every_route_and_nothing_else(app: Flask) -> None:
    assert sorted(name for name, _ in routes(app)) == sorted(MAY)


@pytest.mark.parametrize("role", Role)
def test_each_role_reaches_only_the_routes_of_the_table(
    seeded: Hub, app: Flask, sign_in: SignIn, role: Role
) -> None:
    browser = browser_of(role, app, sign_in)
    rules, ids = dict(routes(app)), model_ids(seeded)
    walked = [name for name in MAY if name not in SIGNING_IN | {"POST /sign-out"}]

    reached = {name for name in walked if let_in(send(browser, name, rules[name], ids))}

    assert reached == {name for name in walked if role in MAY[name]}


@pytest.mark.parametrize("role", Role)
def test_each_role_reads_only_its_streams(seeded: Hub, app: Flask, sign_in: SignIn, role: Role) -> None:
    browser = browser_of(role, app, sign_in)

    answers = {
        stream: browser.get(f"/api/v1/c/{CONF}/state?stream={stream}").status_code == 200
        for stream in STREAMS
    }

    assert answers == {stream: role in roles for stream, roles in STREAMS.items()}
