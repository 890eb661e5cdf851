"""Every route that takes a body, with every role, gets bodies that nobody sends by accident: refused, and nothing kept.

The bodies are drawn from a seeded generator, so a failure happens again; they are bounded, so this takes seconds.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from conference_hub.access import actions
from conference_hub.access.model import Role
from conference_hub.app import create_app, make_hub
from conference_hub.core import migrate
from conference_hub.core.actor import Actor
from conference_hub.core.config import load
from conference_hub.core.db import Base
from conference_hub.data import schema
from conference_hub.web.hub import Hub
from conference_hub.web.limits import limiter
from conference_hub.web.requests import taken_by
from tests.model_day import CONF, FakeNow
from tests.services.model_conference import load_model_conference

assert schema.ALL_TABLES

ROUNDS = 5
"""Bodies of each kind for each route and role."""
KNOWN = {
    "given_id": ["no-such-id"],
    "conf": [CONF],
    "award_id": ["case-01", "nobody"],
    "run_id": ["run-1", "run-2", "nothing"],
    "session_id": ["session-1", "nobody"],
    "guest_id": ["guest-015", "nobody"],
    "message_id": ["nothing"],
    "honour_id": ["minister", "nobody"],
    "group_id": ["staff", "nobody"],
    **{f"{name}_id": ["no-such-id"] for name in ("registration", "question", "consent", "invitation")},
}
NAMES = (
    *(
        "command_id",
        "scan_id",
        "lane",
        "seen",
        "seconds",
        "early",
        "gate",
        "token",
        "guest",
        "at",
        "direction",
    ),
    *("force", "recipient", "organisation", "profile", "starts_at", "ends_at", "login", "password", "secret"),
    *("next", "mode", "language", "action"),
    *("revision", "segments", "lanes", "version"),
)
GOOD = {
    "command_id": ["fuzz-1", "fuzz-2"],
    "mode": ["zoom", "onsite"],
    "language": ["en"],
    "action": ["take", "give-up"],
    "scan_id": ["scan-1"],
    "lane": ["hall"],
    "gate": ["main"],
    "guest": ["guest-001"],
    "starts_at": ["2021-12-07T14:00:00+09:00"],
}
HOSTILE: tuple[Any, ...] = (
    *(
        None,
        True,
        False,
        0,
        -1,
        2**53,
        -(2**63),
        10**400,
        0.5,
        1e308,
        "",
        " ",
        "x",
        "x" * 5000,
        "\0",
        "\ud800",
    ),
    *(
        "é" * 201,
        "👩‍👩‍👧",
        "\u202e",
        "../../etc/passwd",
        "%s%(a)s{0}",
        "'; --",
        "<script>",
        "NaN",
        "0001-01-01T00:00:00Z",
    ),
    *("9999-12-31T23:59:59-23:59", [], {}, ["hall"], {"$ne": None}, [[[[]]]], {"a": {"b": {}}}),
)
RAW = (
    *(
        b"",
        b"null",
        b"[]",
        b'"x"',
        b"{",
        b"\xff\xfe{}",
        b"[" * 50_000,
        b'{"a":' * 5000,
        b'{"command_id": NaN}',
    ),
    *(b'{"command_id": ' + b"9" * 10_000 + b"}", b'{"a":1,"a":2}', b"{" + b'"a":1,' * 20_000 + b'"a":1}'),
    *(
        b"a=%00",
        b"a=%ff&b",
        b"&" * 20_000,
        b"--b\r\n",
        b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
    ),
)
SIGNED_OUT = {"/sign-in", "/link", "/sign-out"}
"""After these the browser may be somebody else."""
RAW_KINDS = (
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=b",
    "x/y",
    "",
)
ABSURD = (
    *(
        "/" + "a" * 4000,
        "/%",
        "/%ff%fe",
        "/..%2f..%2fetc",
        "//evil.example/x",
        "/c//",
        "/c/%ED%A0%80/",
        "/\\",
        "/c/x/y",
    ),
    *(
        "/static/..%2fapp.py",
        "/static/%00",
        "/api/v1/c/x",
        "/api/%F0%9F%98%80",
        "/cal/x",
        "/;a=b",
        "/?a=%ff",
    ),
)


API, DESK = f"/api/v1/c/{CONF}", f"/c/{CONF}/desk/people/guest-015"
COMMANDS: dict[str, tuple[str, dict[str, Any]]] = {
    "extend": (f"{API}/run/extend", {"command_id": "", "lane": "hall", "seen": 10**6, "seconds": 60}),
    "finish": (f"{API}/run/finish", {"command_id": "", "lane": "hall", "seen": 10**6, "early": True}),
    "jump": (f"{API}/run/jump", {"command_id": "", "lane": "hall", "seen": 10**6, "cue": "opening"}),
    "undo of a lane": (f"{API}/run/undo", {"command_id": "", "lane": "hall", "seen": 10**6}),
    "arm": (f"{API}/awards/case-01/arm", {"command_id": "", "seen": 10**6}),
    "correct": (
        f"{API}/awards/case-01/correct",
        {"command_id": "", "recipient": "홍길동", "organisation": "기관", "profile": "소개"},
    ),
    "standby": (f"{API}/run/arm", {"command_id": "", "lane": "hall", "seen": 10**6, "cue": "closing"}),
    "redo": (f"{API}/run/redo", {"command_id": "", "seen": 10**6, "step": 7, "publish": True}),
    "redeem": (
        f"{API}/checkin/redeem",
        {"scan_id": "", "gate": "main", "guest": "guest-001", "at": None, "direction": "in", "force": False},
    ),
    "token": (f"{API}/checkin/redeem", {"scan_id": "", "gate": "main", "token": "x"}),
    "undo": (f"{API}/checkin/undo", {"command_id": "", "scan_id": ""}),
    "reschedule": (
        f"{API}/follow-up/session-1/reschedule",
        {
            "command_id": "",
            "starts_at": "2021-12-07T14:00:00+09:00",
            "ends_at": "2021-12-07T15:00:00+09:00",
            "seen": 10**6,
        },
    ),
    "cancel": (f"{API}/follow-up/session-1/cancel", {"command_id": "", "seen": 10**6}),
    "defer": (f"{API}/awards/case-01/defer", {"command_id": "", "seen": 10**6, "places": 3}),
    "absent": (f"{API}/awards/case-01/absent", {"command_id": "", "expect": "sealed", "absent": True}),
    "proxy": (f"{API}/awards/case-01/proxy", {"command_id": "", "name": "대리인", "relation": "동료"}),
    "withdraw": (f"{API}/awards/case-02/withdraw", {"command_id": "", "reason": "사유"}),
    "line-up": (
        f"{API}/awards/line-up",
        {"command_id": "", "lane": "hall", "cue": "round-1-hall", "order": ["case-01"], "seen": 10**6},
    ),
    "group": (
        f"{API}/awards/group",
        {"command_id": "", "lane": "hall", "awards": ["case-01"], "pace_s": 5, "seen": 10**6},
    ),
    "group next": (
        f"{API}/awards/group/next",
        {"command_id": "", "lane": "hall", "expect": "case-01", "seen": 10**6},
    ),
    "layer": (
        f"{API}/screens/layer",
        {"command_id": "", "lane": "hall", "layer": "text", "text": {"ko": "글"}, "seen": 10**6},
    ),
    "message": (
        f"{API}/messages",
        {
            "command_id": "",
            "text": {"ko": "안내", "en": "Notice"},
            "audiences": ["public"],
            "emergency": False,
            "lane": "hall",
            "at": "2021-12-02T09:00:00+09:00",
            "until": "2021-12-02T10:00:00+09:00",
        },
    ),
    "several lanes": (f"{API}/run/start", {"command_id": "", "lanes": ["hall"], "seen": 10**6}),
    "make up": (
        f"{API}/run/make-up",
        {
            "command_id": "",
            "lane": "hall",
            "seen": 10**6,
            "cuts": {"opening": 60},
            "drop": ["performance"],
            "with_left": "leave",
        },
    ),
    "control": (f"{API}/run/take-control", {"command_id": "", "lane": "hall", "force": "nobody", "seen": 1}),
    "rehearsal": (
        f"{API}/runs",
        {
            "command_id": "",
            "revision": 1,
            "cue": "opening",
            "speed": 2,
            "screens": True,
            "while_live": True,
        },
    ),
    "mark": (
        f"{API}/honours/minister/mark",
        {"command_id": "", "standing": "here", "representative": "차관", "expect": "expected"},
    ),
    "reissue": (f"{DESK}/reissue", {"command_id": ""}),
    "revoke": (f"{DESK}/revoke", {"command_id": ""}),
}
"""Commands with bodies that they take; `command_id` and `scan_id` are made anew for each request."""


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    folder: Path = tmp_path_factory.mktemp("fuzz")
    settings = load(
        {"HUB_DATABASE_URL": f"sqlite:///{folder}/hub.sqlite3", "HUB_DATA_DIR": str(folder)}, demo=True
    )
    hub = make_hub(settings, now=FakeNow())
    migrate.upgrade(hub.database)
    return hub


@pytest.fixture(scope="module")
def app(hub: Hub) -> Flask:
    app = create_app(hub)
    app.config["WTF_CSRF_ENABLED"] = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    limiter.enabled = False
    load_model_conference(hub)
    return app


def rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or set())]


def fields_of(app: Flask, rule: Rule) -> tuple[str, ...]:
    """Return the fields that a route takes."""
    taken = taken_by(app.view_functions[rule.endpoint])
    return tuple(taken.model.model_fields) if taken else ()


def browser(app: Flask, hub: Hub, role: Role) -> FlaskClient:
    client = app.test_client()
    if role is not Role.PUBLIC:
        guest_id = "guest-088" if role is Role.ATTENDEE else None
        with hub.database.writing() as db:
            secret = actions.make_link(
                db,
                conf=CONF,
                role=role,
                at=hub.now(),
                name="fuzz",
                guest_id=guest_id,
                by=Actor.system("test"),
            )
        assert client.post("/link", data={"secret": secret}).status_code == 302
    return client


def token(hub: Hub, role: Role) -> dict[str, str]:
    """Return the header of a machine of this role; no header for those who are no machines."""
    if role in {Role.PUBLIC, Role.ATTENDEE}:
        return {}
    with hub.database.writing() as db:
        secret = actions.make_token(
            db, conf=CONF, role=role, name=f"fuzz {role}", at=hub.now(), by=Actor.system("test")
        )
    return {"Authorization": f"Bearer {secret}"}


def some_path(rule: Rule, chance: random.Random) -> str:
    _, path = rule.build(
        {name: chance.choice(KNOWN.get(name, ["no-such-id"])) for name in rule.arguments}
    ) or ("", "")
    return path


def some_fields(chance: random.Random, own: tuple[str, ...]) -> dict[str, Any]:
    """Return fields of any name, or only of the route's `own`: an unknown one alone gets the body refused."""
    pool = own if chance.random() < 0.5 else NAMES
    names = chance.sample(pool, chance.randint(0, len(pool)))
    return {
        name: chance.choice(GOOD[name] if name in GOOD and chance.random() < 0.6 else HOSTILE)
        for name in names
    }


def some_body(chance: random.Random, own: tuple[str, ...]) -> tuple[bytes, str]:
    """Return a body and its type: fields of JSON, a form, or raw bytes under any name."""
    match chance.randrange(3):
        case 0:
            return json.dumps(some_fields(chance, own)).encode(), "application/json"
        case 1:
            fields = {
                name: str(value).encode(errors="replace")[:500]
                for name, value in some_fields(chance, own).items()
            }
            text = b"&".join(name.encode() + b"=" + value for name, value in fields.items())
            return text, "application/x-www-form-urlencoded"
        case _:
            return chance.choice(RAW), chance.choice(RAW_KINDS)


def within(usual: object) -> list[Any]:
    """Return lists and objects as hostile inside as a plain field, where a list or an object is usual."""
    if isinstance(usual, list):
        return [*([value] for value in HOSTILE), usual * 2, usual * 10_000, [*usual, "nobody"]]
    if isinstance(usual, dict):
        (name, value) = next(iter(usual.items()))
        many = {f"{name}{number}": value for number in range(5_000)}
        return [*({**usual, name: one} for one in HOSTILE), {**usual, "\0": value}, many]
    return []


def contents(hub: Hub) -> dict[str, Sequence[Any]]:
    """Return every row of every table as SQLite keeps it, except what refusals write, too.

    Those are the stored answers to commands, and who opened sealed pages: a refused form shows one.
    """
    with hub.database.reading() as db:
        connection = db.connection()
        return {
            table: connection.exec_driver_sql(f"SELECT * FROM {table}").all()  # noqa: S608 - our own names
            for table in Base.metadata.tables
            if table not in {"command", "award_opening"}
        }


def heads(hub: Hub) -> list[Any]:
    table = Base.metadata.tables["journal_stream"]
    with hub.database.reading() as db:
        return list(db.execute(sa.select(table.c.name, table.c.last_seq).order_by(table.c.name)).all())


@pytest.mark.parametrize("role", Role)
def test_no_body_causes_a_server_error_and_refused_ones_change_nothing(
    app: Flask, hub: Hub, role: Role
) -> None:
    chance = random.Random(f"bodies of {role}")  # noqa: S311 - the same each time
    bearer, client = token(hub, role), browser(app, hub, role)
    before = contents(hub)
    for rule in rules(app):
        refused = 0
        for _ in range(ROUNDS):
            path, (body, kind) = some_path(rule, chance), some_body(chance, fields_of(app, rule))
            head = heads(hub)
            headers = {"Accept": "application/json"} | (bearer if chance.random() < 0.5 else {})
            answer = client.post(path, data=body, content_type=kind, headers=headers)
            case = (rule.rule, path, body[:300], kind, answer.text[:300])

            assert answer.status_code < 500, case
            if answer.status_code >= 400:
                refused += 1
                assert heads(hub) == head, case
                assert answer.get_json()["error"]["code"], case
        if rule.rule in SIGNED_OUT:
            client = browser(app, hub, role)
        after = contents(hub)
        if rule.rule not in SIGNED_OUT and refused == ROUNDS:
            assert after == before, rule.rule
        before = after


@pytest.mark.parametrize("command", COMMANDS)
def test_command_fields_refuse_what_cannot_be_stored(app: Flask, hub: Hub, command: str) -> None:
    headers = {"Accept": "application/json", **token(hub, Role.ORGANISER)}
    client = app.test_client()
    path, good = COMMANDS[command]
    fields = [(name, value) for name, usual in good.items() for value in (*HOSTILE, *within(usual))]
    for number, (name, value) in enumerate(fields):
        fresh = {key: f"{command}-{number}" for key in ("command_id", "scan_id") if key in good}
        body, head = json.dumps({**good, **fresh, name: value}), heads(hub)
        answer = client.post(path, data=body, content_type="application/json", headers=headers)
        case = (path, name, body[:300], answer.text[:300])

        assert answer.status_code < 500, case
        if answer.status_code >= 400:
            assert answer.get_json()["error"]["code"], case
            assert heads(hub) == head, case


def test_requests_without_permission_change_no_table(app: Flask, hub: Hub) -> None:
    chance = random.Random("strangers")  # noqa: S311 - the same each time
    before = contents(hub)
    client = app.test_client()
    for rule in rules(app):
        for _ in range(ROUNDS):
            path, (body, kind) = some_path(rule, chance), some_body(chance, fields_of(app, rule))
            client.post(path, data=body, content_type=kind)

    assert contents(hub) == before


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "HUBBUB"])
@pytest.mark.parametrize("accept", ["application/json", "text/html"])
def test_no_address_causes_a_server_error(app: Flask, method: str, accept: str) -> None:
    client = app.test_client()
    answers = {
        path: client.open(path, method=method, headers={"Accept": accept}).status_code for path in ABSURD
    }

    assert {path: status for path, status in answers.items() if status >= 500} == {}
