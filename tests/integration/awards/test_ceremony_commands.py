"""The ceremony through the real application: who learns which name, and when."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.awards import store
from conference_hub.core.entries import head, since
from conference_hub.core.stream import Stream
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.law import holds_over
from tests.model_day import CONF, outside

SECRET_NAME = "석용주"
AWARD = "case-01"
OTHER = "case-02"


@pytest.fixture
def operator(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    assert seeded is not None
    return sign_in(Role.OPERATOR, name="김감독")


def run(browser: FlaskClient, verb: str, award: str = AWARD, **body: object) -> tuple[int, dict[str, Any]]:
    command_id = f"{verb}-{award}-{json.dumps(body, sort_keys=True)}"[:80]
    answer = browser.post(
        f"/api/v1/c/{CONF}/awards/{award}/{verb}", json={"command_id": command_id, **outside(verb), **body}
    )
    return answer.status_code, answer.get_json()


def public_state(app: Flask, after: int | None = None) -> str:
    query = f"stream=public&after={after}" if after is not None else "stream=public"
    return app.test_client().get(f"/api/v1/c/{CONF}/state?{query}").text


def test_a_name_is_public_only_from_the_reveal_on(app: Flask, operator: FlaskClient) -> None:
    seen = [SECRET_NAME in public_state(app)]
    for verb in ("arm", "reveal"):
        assert run(operator, verb)[0] == 200
        seen.append(SECRET_NAME in public_state(app))

    assert seen == [False, False, True]


def test_name_taken_back_is_in_no_replayed_entry(app: Flask, operator: FlaskClient) -> None:
    for verb in ("arm", "reveal", "present", "take-back"):
        assert run(operator, verb)[0] == 200

    assert SECRET_NAME not in public_state(app)
    assert SECRET_NAME not in public_state(app, after=0)


def test_a_corrected_name_replaces_the_wrong_one_in_every_replay(app: Flask, operator: FlaskClient) -> None:
    run(operator, "arm")
    run(operator, "reveal")

    assert run(operator, "correct", recipient="석용수")[0] == 200

    assert SECRET_NAME not in public_state(app, after=0)
    assert "석용수" in public_state(app)


@pytest.mark.parametrize("role", [None, Role.ATTENDEE, Role.STAFF, Role.EMCEE])
@pytest.mark.parametrize("verb", ["arm", "reveal", "correct", "take-back"])
def test_only_an_operator_commands_and_a_refusal_names_nobody(
    seeded: Hub, app: Flask, sign_in: SignIn, role: Role | None, verb: str
) -> None:
    browser = app.test_client() if role is None else sign_in(role, guest_id="guest-001")

    status, answer = run(browser, verb)

    assert status == (401 if role is None else 403)
    assert SECRET_NAME not in json.dumps(answer, ensure_ascii=False)
    with seeded.database.reading() as db:
        assert store.load(db, CONF).award(AWARD).state.value == "sealed"


def test_a_reveal_without_arming_is_refused(operator: FlaskClient) -> None:
    status, answer = run(operator, "reveal")

    assert (status, answer["error"]["code"]) == (409, "not_armed")


def test_arming_another_award_of_the_lane_seals_the_first(seeded: Hub, operator: FlaskClient) -> None:
    run(operator, "arm")
    run(operator, "arm", OTHER)

    with seeded.database.reading() as db:
        states = [store.load(db, CONF).award(award).state.value for award in (AWARD, OTHER)]
    assert states == ["sealed", "armed"]


def test_a_repeated_reveal_is_one_reveal(seeded: Hub, operator: FlaskClient) -> None:
    run(operator, "arm")

    answers = [run(operator, "reveal"), run(operator, "reveal")]

    assert answers[0] == answers[1]
    with seeded.database.reading() as db:
        topics = [entry.topic for entry in since(db, CONF, Stream.PUBLIC, 0, 1000)]
    assert topics.count("AwardRevealed") == 1


def test_stale_command_is_refused_with_the_facts_since(
    seeded: Hub, operator: FlaskClient, sign_in: SignIn
) -> None:
    with seeded.database.reading() as db:
        seen = head(db, CONF, Stream.OPERATOR)
    run(operator, "defer", seen=seen)

    status, answer = run(sign_in(Role.OPERATOR, name="이감독"), "arm", seen=seen)

    assert (status, answer["error"]["code"], answer["error"]["by"]) == (409, "stale", "김감독")
    assert [fact["topic"] for fact in answer["error"]["changed"]] == ["AwardDeferred"]


@pytest.mark.parametrize(
    ("award", "verb", "body", "expected"),
    [
        ("case-99", "arm", {}, (404, "not_found")),
        (AWARD, "explode", {}, (404, "not_found")),
        (AWARD, "correct", {}, (422, "nothing_given")),
        (AWARD, "correct", {"recipient": 7}, (422, "invalid")),
        (AWARD, "correct", {"recipient": "x" * 100}, (422, "too_long")),
        (AWARD, "arm", {"seen": "many"}, (422, "invalid")),
    ],
)
def test_bad_input_is_refused_with_a_code(
    operator: FlaskClient, award: str, verb: str, body: dict[str, object], expected: tuple[int, str]
) -> None:
    status, answer = run(operator, verb, award, **body)

    assert (status, answer["error"]["code"]) == expected


@pytest.mark.parametrize("body", ["", "[]", "nonsense", '{"command_id": ""}', '{"command_id": 5}'])
def test_malformed_body_is_refused(operator: FlaskClient, body: str) -> None:
    answer = operator.post(f"/api/v1/c/{CONF}/awards/{AWARD}/arm", data=body, content_type="application/json")

    assert (answer.status_code, answer.get_json()["error"]["code"]) == (422, "invalid")


Step = tuple[str, str, dict[str, str]]
NOTHING: dict[str, str] = {}
STORIES: list[list[Step]] = [
    [("arm", AWARD, NOTHING), ("arm", OTHER, NOTHING), ("reveal", OTHER, NOTHING)],
    [("arm", AWARD, NOTHING), ("reveal", AWARD, NOTHING), ("take-back", AWARD, NOTHING)],
    [("arm", AWARD, NOTHING), ("reveal", AWARD, NOTHING), ("correct", AWARD, {"organisation": "다른 센터"})],
    [(verb, AWARD, NOTHING) for verb in ("arm", "reveal", "present", "photo", "done")]
    + [(verb, OTHER, NOTHING) for verb in ("defer", "skip", "take-back")],
]


@pytest.mark.parametrize("story", STORIES)
def test_an_old_snapshot_and_the_entries_since_equal_a_fresh_snapshot(
    seeded: Hub, operator: FlaskClient, story: list[Step]
) -> None:
    steps = [partial(run, operator, verb, award, **body) for verb, award, body in story]

    assert holds_over(seeded, CONF, steps)
