"""Messages over the API: who sees what from when to when, and that a retracted text is nowhere."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.core.now import iso
from conference_hub.core.stream import Stream
from conference_hub.messages.actions import show_due_everywhere
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.model_day import CONF, FakeNow
from tests.traces import kept_with, rows_with

API = f"/api/v1/c/{CONF}/messages"
SAID = "정전으로 잠시 멈춥니다"
numbers = itertools.count(1)


@pytest.fixture
def operator(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    assert seeded is not None
    return sign_in(Role.OPERATOR)


def send(browser: FlaskClient, path: str = "", **body: Any) -> dict[str, Any]:
    """POST a command; returns the status and what the answer says: the message's id, or the refusal's code."""
    answer = browser.post(f"{API}{path}", json={"command_id": f"m{next(numbers)}", **body})
    found = answer.get_json()
    if answer.status_code != 200:
        return {"status": answer.status_code, "code": found["error"]["code"]}
    return {"status": 200, "id": found["fact"]["body"]["message"], "topic": found["fact"]["topic"]}


def say(browser: FlaskClient, path: str = "", **body: Any) -> dict[str, Any]:
    """Send or change a message to everybody in the hall; `body` says what is different."""
    return send(browser, path, **{"text": {"ko": SAID}, "audiences": ["public", "stage"], **body})


def seen_by(hub: Hub) -> dict[str, list[dict[str, Any]]]:
    """Return the documents of messages by stream."""
    with hub.database.reading() as db:
        return {
            stream.value: [
                dict(doc or {})
                for key, doc in hub.snapshot(db, CONF, stream).items()
                if key.startswith("message/")
            ]
            for stream in Stream
            if stream is not Stream.REHEARSAL
        }


def test_message_is_shown_to_its_audiences(operator: FlaskClient, hub: Hub, now: FakeNow) -> None:
    sent = say(operator, audiences=["staff", "stage", "public"], lane="hall")

    doc = {
        "id": sent["id"],
        "text": {"ko": SAID, "en": ""},
        "emergency": False,
        "lane": "hall",
        "at": iso(now.instant),
        "until": None,
    }
    by = {"by": seen_by(hub)["operator"][0]["by"]}
    everyone = ["public", "staff", "stage"]
    assert sent["topic"] == "MessageShown"
    assert seen_by(hub) == {
        "public": [{**doc, "audiences": ["public", "stage"]}],
        "staff": [{**doc, "audiences": ["staff"], **by}],
        "sealed": [],
        "operator": [{**doc, "audiences": everyone, **by, "acknowledged": [], "state": "shown"}],
    }


def test_scheduled_message_is_on_no_screen_before_its_time(
    operator: FlaskClient, hub: Hub, now: FakeNow
) -> None:
    at, until = now.instant + timedelta(minutes=5), now.instant + timedelta(minutes=9)
    assert say(operator, at=iso(at), until=iso(until))["topic"] == "MessageScheduled"

    found = []
    for instant in (at - timedelta(seconds=1), at, until):
        now.instant = instant
        following = show_due_everywhere(hub, instant)
        documents = seen_by(hub)
        found.append((following, len(documents["public"]), documents["operator"][0]["state"]))
        assert show_due_everywhere(hub, instant) == following

    assert found == [(at, 0, "scheduled"), (until, 1, "shown"), (None, 0, "ended")]


@pytest.mark.parametrize(
    ("said", "topic", "shown_after"),
    [({}, "MessageScheduled", 5), ({"at": None}, "MessageShown", 0), ({"at": 7}, "MessageScheduled", 7)],
)
def test_scheduled_message_keeps_its_time_unless_another_is_said(
    operator: FlaskClient, hub: Hub, now: FakeNow, said: dict[str, Any], topic: str, shown_after: int
) -> None:
    began = now.instant
    sent = say(operator, at=iso(began + timedelta(minutes=5)))
    when = {"at": iso(began + timedelta(minutes=7))} if said.get("at") else said

    changed = say(operator, f"/{sent['id']}/edit", text={"ko": "고친 글"}, **when)

    (doc,) = seen_by(hub)["operator"]
    assert (changed["topic"], doc["text"]["ko"]) == (topic, "고친 글")
    assert doc["at"] == iso(began + timedelta(minutes=shown_after))


def test_emergency_takes_every_stream(operator: FlaskClient, hub: Hub) -> None:
    say(operator, emergency=True, audiences=["public"], lane="hall")

    audiences = {stream: docs[0]["audiences"] for stream, docs in seen_by(hub).items()}
    assert audiences == {
        "public": ["public", "stage", "timer"],
        "staff": ["staff"],
        "sealed": ["emcee"],
        "operator": ["public", "staff", "stage", "timer", "emcee"],
    }


@pytest.mark.parametrize("act", ["retract", "edit"])
def test_text_that_was_taken_back_is_nowhere(operator: FlaskClient, hub: Hub, app: object, act: str) -> None:
    sent = say(operator, emergency=True)
    assert rows_with(hub.database, SAID) != []

    if act == "retract":
        assert send(operator, f"/{sent['id']}/retract")["topic"] == "MessageRetracted"
    else:
        changed = say(operator, f"/{sent['id']}/edit", text={"ko": "곧 다시 시작합니다"})
        assert changed["topic"] == "MessageEdited"

    assert rows_with(hub.database, SAID) == []
    assert kept_with(SAID, hub, app) == []
    left = {stream: len(docs) for stream, docs in seen_by(hub).items()}
    shown = {"public": 1, "staff": 0, "sealed": 0, "operator": 1}
    assert left == (shown if act == "edit" else dict.fromkeys(shown, 0))


def test_emcee_acknowledges_and_operators_see_who(operator: FlaskClient, hub: Hub, sign_in: SignIn) -> None:
    sent = say(operator, audiences=["emcee"])
    emcee = sign_in(Role.EMCEE, name="김사회")

    topics = [send(emcee, f"/{sent['id']}/acknowledge").get("topic") for _ in range(2)]

    read = [[one["by"] for one in doc["acknowledged"]] for doc in seen_by(hub)["operator"]]
    assert (topics, len(read[0])) == (["MessageAcknowledged"] * 2, 1)
    edited = say(operator, f"/{sent['id']}/edit", audiences=["emcee"])
    assert edited["status"] == 200
    assert seen_by(hub)["sealed"][0]["acknowledged"] == []


def test_second_of_two_editors_is_told(operator: FlaskClient, hub: Hub) -> None:
    sent = say(operator)
    seen = operator.get(f"/api/v1/c/{CONF}/state?stream=operator").get_json()["head"]

    first = say(operator, f"/{sent['id']}/edit", seen=seen, text={"ko": "첫 번째"})
    second = say(operator, f"/{sent['id']}/edit", seen=seen, text={"ko": "두 번째"})
    gone = send(operator, f"/{sent['id']}/retract", seen=seen)

    assert (first["status"], second, gone) == (
        200,
        {"status": 409, "code": "stale"},
        {"status": 409, "code": "stale"},
    )
    assert [doc["text"]["ko"] for doc in seen_by(hub)["public"]] == ["첫 번째"]


def test_message_that_was_shown_ended_or_read_meanwhile_is_retracted_all_the_same(
    operator: FlaskClient, hub: Hub, now: FakeNow, sign_in: SignIn
) -> None:
    at, until = now.instant + timedelta(minutes=5), now.instant + timedelta(minutes=9)
    sent = say(operator, audiences=["emcee"], at=iso(at), until=iso(until))
    seen = operator.get(f"/api/v1/c/{CONF}/state?stream=operator").get_json()["head"]
    now.instant = at
    show_due_everywhere(hub, at)
    read = send(sign_in(Role.EMCEE), f"/{sent['id']}/acknowledge")
    now.instant = until
    show_due_everywhere(hub, until)

    edited = say(operator, f"/{sent['id']}/edit", seen=seen)
    retracted = send(operator, f"/{sent['id']}/retract", seen=seen)

    assert (read["status"], edited) == (200, {"status": 409, "code": "stale"})
    assert retracted == {"status": 200, "id": sent["id"], "topic": "MessageRetracted"}
    assert rows_with(hub.database, SAID) == []


@pytest.mark.parametrize("when", [None, timedelta(minutes=7)])
def test_message_that_was_changed_before_its_time_is_not_retracted_unseen(
    operator: FlaskClient, hub: Hub, now: FakeNow, when: timedelta | None
) -> None:
    sent = say(operator, at=iso(now.instant + timedelta(minutes=5)))
    seen = operator.get(f"/api/v1/c/{CONF}/state?stream=operator").get_json()["head"]

    say(operator, f"/{sent['id']}/edit", text={"ko": "고친 글"}, at=iso(now.instant + when) if when else None)

    assert send(operator, f"/{sent['id']}/retract", seen=seen) == {"status": 409, "code": "stale"}
    assert [doc["text"]["ko"] for doc in seen_by(hub)["operator"]] == ["고친 글"]


def test_what_cannot_be_sent_is_refused(operator: FlaskClient, hub: Hub, now: FakeNow) -> None:
    sent = say(operator)
    refusals = [
        say(operator, text={}),
        say(operator, audiences=[]),
        say(operator, audiences=["nobody"]),
        say(operator, until=iso(now.instant)),
        say(operator, lane="nowhere"),
        say(operator, "/unknown/edit"),
        send(operator, "/unknown/retract"),
        send(operator, f"/{sent['id']}/acknowledge"),
    ]

    assert [(one["status"], one["code"]) for one in refusals] == [
        *((422, one["code"]) for one in refusals[:4]),
        *((404, "not_found"),) * 3,
        (403, "forbidden"),
    ]
    assert len(seen_by(hub)["operator"]) == 1
