"""The API keeps its own description: asked by schemathesis with made-up requests, and by a day with real ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from conference_hub.access import actions
from conference_hub.access.model import STAFF_ROLES, Role
from conference_hub.core.actor import Actor
from conference_hub.web.describing import answers_of
from conference_hub.web.hub import Hub
from conference_hub.web.requests import Source, taken_by
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_POSTGRES
from tests.model_day import CONF, FakeNow, outside

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 6
"""Made-up requests for each operation and role."""
KNOWN = {
    "conf": [CONF, CONF, CONF, "no-such-conference"],
    "award_id": ["case-01", "case-02", "nobody"],
    "run_id": ["run-1", "run-2", "nothing"],
    "session_id": ["session-1", "nothing"],
    "guest_id": ["guest-001", "guest-015", "nobody"],
    "message_id": ["nothing"],
    "honour_id": ["minister", "nobody"],
    "given_id": ["nothing"],
    "link_id": ["nothing"],
    "conflict_id": ["nothing"],
}
"""Values that lead somewhere, for most of the made-up addresses."""
API = f"/api/v1/c/{CONF}"
DESK = f"/c/{CONF}/desk"


@pytest.fixture
def description(seeded: Hub, app: Flask) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_wsgi("/api/openapi.json", app)


def token_of(hub: Hub, role: Role) -> str:
    with hub.database.writing() as db:
        return actions.make_token(db, conf=CONF, role=role, name=role, at=hub.now(), by=Actor.system("test"))


def is_about_roles(answered: Any) -> bool:
    return bool(answered.json()["error"]["code"] == "forbidden") if answered.status_code == 403 else True


def operations(description: Any) -> list[Any]:
    return [found.ok() for found in description.get_all_operations()]


def test_every_route_of_the_api_is_described(app: Flask) -> None:
    silent = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/") and answers_of(app.view_functions[rule.endpoint]) is None
    }

    assert silent == set()


def test_every_post_takes_a_declared_body_or_form(app: Flask) -> None:
    posts = {
        rule.rule: taken_by(app.view_functions[rule.endpoint])
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or set())
    }
    api = {rule: taken for rule, taken in posts.items() if rule.startswith("/api/v1/")}

    assert len(api) > 15
    assert [rule for rule, taken in posts.items() if taken is None] == []
    assert [rule for rule, taken in api.items() if taken and taken.source is not Source.JSON] == []


def test_every_body_may_carry_the_id_that_pages_send_with_each_command(app: Flask) -> None:
    bodies = [taken for view in app.view_functions.values() if (taken := taken_by(view))]

    models = [taken.model for taken in bodies if taken.source is Source.JSON]
    assert [model for model in models if "command_id" not in model.model_fields] == []


def test_the_description_is_the_same_for_everybody_and_known_by_its_tag(
    seeded: Hub, client: FlaskClient
) -> None:
    first = client.get("/api/openapi.json")
    again = client.get("/api/openapi.json", headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, first.mimetype) == (200, "application/json")
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in first.headers
    assert (again.status_code, again.data) == (304, b"")
    assert first.get_json()["openapi"] == "3.1.0"


@ON_POSTGRES  # the stricter one; `test_fuzz.py` has the same routes on SQLite
@pytest.mark.parametrize("role", STAFF_ROLES)
def test_made_up_requests_get_described_answers(
    seeded: Hub, description: schemathesis.BaseSchema, role: Role
) -> None:
    headers = {"Authorization": f"Bearer {token_of(seeded, role)}", "Accept-Encoding": "identity"}
    statuses = set()
    for operation in operations(description):
        for answered in ask(operation, headers):
            address = answered.request.url
            of_role = f"/c/{CONF}/" in address and "/me/" not in address and is_about_roles(answered)
            if answered.status_code != 403 or of_role:
                # a made-up conference has no roles, what is a guest's own is nobody else's, a token is no device
                statuses.add(answered.status_code)

    assert {200, 404} <= statuses
    assert 422 in statuses
    assert (403 in statuses) == (role is not Role.ORGANISER)


def ask(operation: Any, headers: dict[str, str]) -> list[Any]:
    """Send made-up requests to one operation, the same in every run; returns the answers."""
    answered: list[Any] = []

    @seed(2021)
    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), data=st.data())
    def send(case: Case[Any], data: st.DataObject) -> None:
        for name in case.path_parameters or {}:
            case.path_parameters[name] = data.draw(st.sampled_from(KNOWN[name]))
        response = case.call(headers=headers)
        case.validate_response(response, checks=CHECKS)
        answered.append(response)

    send()
    return answered


DAY: list[tuple[Role, str, str, dict[str, Any], int]] = [
    (
        Role.OPERATOR,
        "/api/v1/c/{conf}/run/start",
        f"{API}/run/start",
        {"command_id": "1", "seen": 10**6},
        200,
    ),
    (Role.OPERATOR, "/api/v1/c/{conf}/run/start", f"{API}/run/start", {"command_id": "2"}, 409),
    (Role.OPERATOR, "/api/v1/c/{conf}/run/next", f"{API}/run/next", {"command_id": "3"}, 200),
    (Role.OPERATOR, "/api/v1/c/{conf}/run/hold", f"{API}/run/hold", {"command_id": "4", "seen": 0}, 409),
    (Role.OPERATOR, "/api/v1/c/{conf}/run/next", f"{API}/run/next", {"command_id": "1"}, 409),
    (
        Role.OPERATOR,
        "/api/v1/c/{conf}/run/extend",
        f"{API}/run/extend",
        {"command_id": "5", "seconds": 60},
        200,
    ),
    (
        *(Role.OPERATOR, "/api/v1/c/{conf}/awards/{award_id}/arm", f"{API}/awards/case-01/arm"),
        *({"command_id": "6", **outside("arm")}, 200),
    ),
    (
        *(Role.OPERATOR, "/api/v1/c/{conf}/awards/{award_id}/reveal", f"{API}/awards/case-01/reveal"),
        *({"command_id": "7", **outside("reveal")}, 200),
    ),
    (
        *(Role.OPERATOR, "/api/v1/c/{conf}/awards/{award_id}/correct", f"{API}/awards/case-01/correct"),
        *({"command_id": "8", "recipient": "김하늘"}, 200),
    ),
    (
        *(Role.STAFF, "/api/v1/c/{conf}/checkin/redeem", f"{API}/checkin/redeem"),
        *({"scan_id": "s1", "gate": "main", "guest": "guest-015"}, 200),
    ),
    (
        *(Role.STAFF, "/api/v1/c/{conf}/checkin/redeem", f"{API}/checkin/redeem"),
        *({"scan_id": "s2", "gate": "main", "guest": "guest-015"}, 200),
    ),
    (
        *(Role.STAFF, "/api/v1/c/{conf}/checkin/redeem", f"{API}/checkin/redeem"),
        *({"scan_id": "s3", "gate": "main", "guest": "guest-015", "direction": "out"}, 200),
    ),
    (
        *(Role.STAFF, "/api/v1/c/{conf}/checkin/redeem", f"{API}/checkin/redeem"),
        *({"scan_id": "s4", "gate": "main", "token": "A" * 26}, 200),
    ),
    (
        *(Role.STAFF, "/api/v1/c/{conf}/checkin/undo", f"{API}/checkin/undo"),
        *({"command_id": "9", "scan_id": "s1"}, 409),
    ),
    (
        *(Role.STAFF, "/api/v1/c/{conf}/checkin/redeem", f"{API}/checkin/redeem"),
        *({"scan_id": "s5", "gate": "main", "guest": "guest-016"}, 200),
    ),
    (
        *(Role.STAFF, "/api/v1/c/{conf}/checkin/undo", f"{API}/checkin/undo"),
        *({"command_id": "10", "scan_id": "s5"}, 200),
    ),
    (
        *(Role.ORGANISER, "/api/v1/c/{conf}/follow-up/{session_id}/cancel"),
        *(f"{API}/follow-up/session-1/cancel", {"command_id": "11"}, 200),
    ),
    (
        *(Role.ORGANISER, "/c/{conf}/desk/team/links", f"{DESK}/team/links"),
        *({"role": "staff", "name": "north gate"}, 200),
    ),
    (Role.ORGANISER, "/c/{conf}/desk/team/tokens", f"{DESK}/team/tokens", {"role": "public"}, 422),
    (
        *(Role.ORGANISER, "/c/{conf}/desk/people/{guest_id}/link", f"{DESK}/people/guest-015/link"),
        *({}, 200),
    ),
    (
        *(Role.ORGANISER, "/c/{conf}/desk/people/{guest_id}/reissue", f"{DESK}/people/guest-015/reissue"),
        *({"command_id": "12"}, 200),
    ),
]
"""A day's commands: who sends what where, and with which status it is answered."""


def test_the_answers_of_a_day_are_as_described(
    seeded: Hub, description: Any, app: Flask, sign_in: SignIn, now: FakeNow
) -> None:
    browsers = {role: sign_in(role) for role in STAFF_ROLES}
    now.forward(minutes=20)

    for role, path, address, body, status in DAY:
        answer = browsers[role].post(address, json=body)

        assert (address, answer.status_code) == (address, status), answer.text
        description[path]["POST"].validate_response(answer)


def edited(plan: dict[str, Any], revision: int) -> dict[str, Any]:
    """A body that adds a minute to each cue of a plan."""
    lanes = [
        {**lane, "cues": [{**cue, "planned_s": cue["planned_s"] + 60} for cue in lane["cues"]]}
        for lane in plan["lanes"]
    ]
    return {"revision": revision, "segments": plan["segments"], "lanes": lanes}


PLANNING: list[tuple[str, str, dict[str, Any], int]] = [
    ("plan", "plan", {"revision": 0}, 409),
    ("plan", "plan", {"revision": 1}, 200),
    ("plan/publish", "plan/publish", {"revision": 1}, 409),
    ("plan/publish", "plan/publish", {"revision": 2}, 200),
    ("plan/publish", "plan/publish", {"revision": 2}, 409),
    ("run/apply", "run/apply", {"revision": 2}, 200),
    ("runs", "runs", {"revision": 2}, 200),
    ("runs/{run_id}/start", "runs/run-2/start", {"lane": "hall"}, 200),
    ("runs/{run_id}/undo", "runs/run-2/undo", {"lane": "hall"}, 200),
    ("runs/{run_id}/undo", "runs/run-2/undo", {"lane": "hall"}, 409),
    ("runs/{run_id}/clear", "runs/run-2/clear", {}, 200),
    ("runs/{run_id}/clear", "runs/run-2/clear", {}, 404),
    ("run/start", "run/start", {"lane": "hall"}, 200),
    ("run/next", "run/next", {"lane": "hall"}, 200),
    ("run/undo", "run/undo", {"lane": "hall"}, 200),
    ("run/redo", "run/redo", {"lane": "hall"}, 200),
    ("run/extend", "run/extend", {"lane": "hall", "seconds": 10**7}, 422),
    ("messages", "messages", {"text": {"ko": "안내"}, "audiences": ["emcee"]}, 200),
    ("messages", "messages", {"text": {"ko": "안내"}, "audiences": []}, 422),
    ("messages/{message_id}/retract", "messages/nothing/retract", {}, 404),
    ("honours/{honour_id}/mark", "honours/minister/mark", {"standing": "here"}, 200),
    ("honours/{honour_id}/mark", "honours/nobody/mark", {"standing": "here"}, 404),
    ("honours/{honour_id}/mark", "honours/nobody/mark", {"standing": "late"}, 422),
    ("awards/{award_id}/arm", "awards/case-01/arm", outside("arm"), 200),
    ("run/undo", "run/undo", {"lane": "hall", "step": 1}, 409),
    ("run/undo", "run/undo", {"lane": "hall"}, 200),
    ("run/arm", "run/arm", {"lane": "hall", "cue": None}, 409),
    ("run/arm", "run/arm", {"lane": "hall", "cue": "closing"}, 200),
    ("run/skip", "run/skip", {"lane": "hall", "cue": "opening"}, 409),
    ("run/reopen", "run/reopen", {"lane": "hall"}, 409),
    ("awards/{award_id}/reveal", "awards/case-01/reveal", {}, 409),
    ("run/take-control", "run/take-control", {"lane": "hall"}, 200),
    ("run/take-control", "run/take-control", {"lane": "hall"}, 409),
    ("run/release-control", "run/release-control", {"lane": "hall"}, 200),
    ("run/start", "run/start", {"lanes": ["hall", "hall"]}, 422),
    ("awards/{award_id}/correct", "awards/case-01/correct", {}, 422),
    ("awards/{award_id}/correct", "awards/case-01/correct", {"organisation": " "}, 422),
]
"""What an organiser edits, publishes, applies, rehearses and takes back: path, address, body and status."""


def test_the_answers_of_planning_and_undoing_are_as_described(
    seeded: Hub, description: Any, sign_in: SignIn
) -> None:
    browser = sign_in(Role.ORGANISER)
    plan = browser.get(f"{API}/plan").get_json()

    for number, (path, address, body, status) in enumerate(PLANNING):
        content = edited(plan, body["revision"]) if path == "plan" else body
        answer = browser.post(f"{API}/{address}", json={"command_id": f"p{number}", **content})

        assert (address, answer.status_code) == (address, status), answer.text
        description[f"/api/v1/c/{{conf}}/{path}"]["POST"].validate_response(answer)


@pytest.mark.parametrize(
    "error",
    [{"code": "stale"}, {"code": "stale", "changed": [], "by": "김감독", "other": 1}, {"code": "new"}],
)
def test_an_error_without_its_details_or_with_others_is_not_as_described(
    seeded: Hub, client: FlaskClient, error: dict[str, Any]
) -> None:
    described = client.get("/api/openapi.json").get_json()
    refused = described["paths"]["/api/v1/c/{conf}/run/next"]["post"]["responses"]["409"]
    schema = {**refused["content"]["application/json"]["schema"], "components": described["components"]}

    valid = {"code": "stale", "message": "x", "changed": [], "by": "김감독"}
    assert Draft202012Validator(schema).is_valid({"error": valid})
    assert not Draft202012Validator(schema).is_valid({"error": {"message": "x", **error}})


STREAMS = [
    (Role.PUBLIC, "public"),
    (Role.STAFF, "staff"),
    (Role.EMCEE, "sealed"),
    (Role.OPERATOR, "operator"),
]


@pytest.mark.parametrize(("role", "stream"), STREAMS)
def test_documents_and_entries_of_every_stream_are_as_described(
    seeded: Hub, description: Any, app: Flask, sign_in: SignIn, role: Role, stream: str
) -> None:
    browser = app.test_client() if role is Role.PUBLIC else sign_in(role)
    state: Callable[..., Any] = description["/api/v1/c/{conf}/state"]["GET"].validate_response

    for query in ("", "&after=0", "&after=1", "&after=999999"):
        answer = browser.get(f"{API}/state?stream={stream}{query}")
        assert answer.status_code == 200
        state(answer)
