"""Commands after the upgrade: repeated ones get the answer of version 82fd37d, and the day goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.core import entries
from conference_hub.core.actor import Actor
from conference_hub.core.stream import Stream
from conference_hub.core.text import Text
from conference_hub.web.hub import Hub
from tests import law
from tests.gates import add_gate
from tests.integration.upgrade.morning import (
    API,
    HEADS,
    INSIDE,
    Command,
    badge,
    browser,
    fields,
    snapshot,
    state,
)
from tests.model_day import CONF, FakeNow, outside
from tests.upgrade import half_a_day

LATER_FIELDS = {"door": True, "may_force": False, "may_undo": True, "may_switch": False}
"""What an answer that was stored by that version has of later fields."""
LATER_OF_PERSON = {"number": "1", "needs": None, "needs_look": False, "party": None}
FIRST_ANSWERS = [
    ("run/hold", "stream-deck", {"command_id": "run-12", "lane": "hall"}),
    ("awards/case-15/reveal", "stream-deck", {"command_id": "award-15"}),
    (
        "follow-up/session-2/reschedule",
        "script",
        {
            "command_id": "move-session-2",
            "starts_at": "2021-12-09T15:00:00+09:00",
            "ends_at": "2021-12-09T16:00:00+09:00",
        },
    ),
]


def first_answer(command_id: str) -> dict[str, Any]:
    (rows,) = [rows for name, _, rows in half_a_day.read() if name == "command"]
    (answer,) = [row[6] for row in rows if row[1] == command_id]
    stored: dict[str, Any] = answer
    return stored


def completed(scan: dict[str, Any]) -> dict[str, Any]:
    """Return the stored answer to a scan with the fields of later versions."""
    return {**LATER_FIELDS, **scan, "person": scan["person"] | LATER_OF_PERSON}


@pytest.mark.parametrize(("path", "by", "body"), FIRST_ANSWERS)
def test_repeated_command_gets_its_first_answer(
    command: Command, client: FlaskClient, path: str, by: str, body: dict[str, Any]
) -> None:
    """Later versions may add fields to an answer; none of the first answer's is missing or another."""
    first = first_answer(body["command_id"])["ok"]
    answer = command(path, by=by, **body)

    assert (answer.status_code, answer.get_json()) == (200, answer.get_json() | first)
    assert state(client, "operator")["head"] == HEADS["operator"]


@pytest.mark.parametrize("name", ["kim", "kim2"])
def test_account_or_colleague_who_repeats_a_command_gets_its_first_answer(app: Flask, name: str) -> None:
    answer = browser(app, name).post(f"{API}/run/start", json={"command_id": "start-hall", "lane": "hall"})

    assert (answer.status_code, answer.get_json()) == (200, first_answer("start-hall")["ok"])


def test_repeated_scan_gets_its_first_answer(command: Command, client: FlaskClient) -> None:
    answer = command(
        "checkin/redeem",
        by="gate-main",
        scan_id="scan-guest-001",
        gate="recipients",
        token=badge("guest-001"),
    )

    first = first_answer("scan:scan-guest-001")["ok"]
    assert (answer.status_code, answer.get_json()) == (200, completed(first))
    assert (first["verdict"], first["person"]["masked"]) == ("admitted", "석*주")
    assert snapshot(client, "staff")["gate/recipients"]["admitted"] == 3


def test_colleague_who_repeats_a_scan_gets_its_first_answer(app: Flask) -> None:
    scan = {"scan_id": "scan-guest-001", "gate": "recipients", "token": badge("guest-001")}
    answer = browser(app, "park").post(f"{API}/checkin/redeem", json=scan)

    first = first_answer("scan:scan-guest-001")["ok"]
    assert (answer.status_code, answer.get_json()) == (200, completed(first))


def test_browser_that_opened_a_guests_link_works_as_operator_again(app: Flask, client: FlaskClient) -> None:
    held = browser(app, "shared").post(f"{API}/run/hold", json={"command_id": "hold-hall", "lane": "hall"})

    assert held.status_code == 200, held.text
    by = held.get_json()["fact"]["body"]["by"]
    assert by not in {"guest-004", "하연희"}, by
    assert fields(snapshot(client)["lane/hall"], "status") == ("held",)


def test_scan_at_an_unknown_gate_is_answered_anew_when_there_is_one(
    app: Flask, hub: Hub, command: Command
) -> None:
    assert app is not None
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        add_gate(write, "balcony", Text(ko="발코니", en="Balcony"))

    answer = command(
        "checkin/redeem",
        by="gate-main",
        scan_id="scan-no-gate",
        gate="balcony",
        token=badge("guest-005", revoked=True),
    )

    assert (answer.status_code, answer.get_json().get("verdict")) == (200, "revoked"), answer.text


def test_refusal_of_a_stale_command_stays_its_answer(command: Command) -> None:
    answer = command("run/next", command_id="stale-next", lane="hall", seen=1)

    assert answer.status_code == 409
    assert answer.get_json()["error"]["code"] == "stale"


def test_command_id_of_another_request_is_refused(command: Command) -> None:
    answer = command("run/hold", command_id="award-15", lane="hall")

    assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "command_id_reused")


def _later_morning(app: Flask, command: Command, now: FakeNow) -> list[Callable[[], object]]:
    """Return what happens after the upgrade, step by step; each step fails when it is refused."""
    numbers = iter(range(100))

    def after(wait_s: int, path: str, by: str = "stream-deck", **body: Any) -> Callable[[], object]:
        def step() -> None:
            now.forward(seconds=wait_s)
            answer = command(path, by=by, **{"command_id": f"later-{next(numbers)}", "seen": 10**6, **body})
            assert answer.status_code == 200, (path, answer.text)

        return step

    def scan(guest: str, verdict: str, **body: Any) -> Callable[[], object]:
        def step() -> None:
            now.forward(seconds=5)
            shown = {"scan_id": f"later-{next(numbers)}", "gate": "main", "token": badge(guest), **body}
            answer = command("checkin/redeem", by="gate-main", **shown)
            assert (answer.status_code, answer.get_json()["verdict"]) == (200, verdict), answer.text

        return step

    def sign_up() -> None:
        answer = browser(app, "guest-001").post(f"/c/{CONF}/follow-up/session-2/sign-up")
        assert answer.status_code == 302, answer.text

    return [
        after(60, "run/resume", lane="metaverse"),
        after(10, "run/extend", lane="metaverse", seconds=30),
        after(20, "awards/commend-02/present"),
        after(20, "awards/case-06/reveal", **outside("reveal")),
        after(20, "awards/case-06/take-back"),
        after(20, "awards/case-05/arm", **outside("arm")),
        after(20, "awards/case-05/reveal", **outside("reveal")),
        after(20, "awards/case-03/correct", recipient="윤지수"),
        after(20, "run/next", lane="hall", with_left="leave"),
        scan("guest-004", "admitted"),
        scan("guest-002", "left", direction="out"),
        scan("guest-003", "already_inside"),
        scan("guest-006", "admitted"),
        after(5, "checkin/undo", by="gate-main", scan_id="scan-by-shared"),
        sign_up,
        after(
            5,
            "follow-up/session-2/reschedule",
            by="script",
            starts_at="2021-12-13T15:00:00+09:00",
            ends_at="2021-12-13T16:00:00+09:00",
        ),
        after(60, "run/next", lane="metaverse", with_left="leave"),
        after(60, "run/finish", lane="metaverse", with_left="leave"),
    ]


def test_law_holds_over_the_rest_of_the_day(app: Flask, hub: Hub, command: Command, now: FakeNow) -> None:
    assert law.holds_over(hub, CONF, _later_morning(app, command, now))


def test_day_goes_on_from_where_it_stood(
    app: Flask, client: FlaskClient, command: Command, now: FakeNow
) -> None:
    for step in _later_morning(app, command, now):
        step()
    docs = snapshot(client)

    assert fields(docs["lane/hall"], "status", "cue") == ("running", "round-3-hall")
    assert fields(docs["lane/metaverse"], "status", "cue") == ("finished", None)
    assert fields(docs["cue/round-2-metaverse"], "extension_s", "held_s") == (-30, 119.75)
    states = {key: docs[key]["state"] for key in ("award/case-05", "award/case-06", "award/commend-02")}
    assert states == {"award/case-05": "revealed", "award/case-06": "sealed", "award/commend-02": "presented"}
    assert docs["award/case-03"]["recipient"] == "윤지수"
    inside = {doc["id"] for key, doc in docs.items() if key.startswith("guest/") and doc["inside"]}
    assert inside == (INSIDE | {"guest-004", "guest-006"}) - {"guest-002", "guest-007"}
    assert fields(docs["presence"], "admitted", "inside", "remote") == (9, 6, 2)
    assert fields(docs["session/session-2"], "sequence", "taken") == (2, 1)


def test_name_that_is_taken_back_after_the_upgrade_leaves_the_morning_too(
    command: Command, client: FlaskClient, hub: Hub
) -> None:
    assert command("awards/commend-02/take-back", command_id="oops", seen=10**6).status_code == 200

    assert client is not None
    with hub.database.reading() as db:
        told = entries.since(db, CONF, Stream.PUBLIC, 0, law.PLENTY)
    assert "허진희" not in str([entry.body for entry in told])


def test_command_before_the_upgrade_has_nothing_stored_to_undo_it(command: Command) -> None:
    answer = command("run/back", command_id="one-back", lane="hall", seen=10**6)

    assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "nothing_to_undo")


def test_command_after_the_upgrade_is_undone_to_where_the_morning_stood(
    command: Command, client: FlaskClient
) -> None:
    assert client is not None
    before = snapshot(client, "public")
    assert command("run/next", command_id="on", lane="hall", seen=10**6, with_left="leave").status_code == 200
    assert snapshot(client, "public")["lane/hall"] != before["lane/hall"]

    assert command("run/undo", command_id="back", lane="hall", seen=10**6).status_code == 200

    assert snapshot(client, "public") == before


def test_plan_of_before_the_upgrade_is_edited_applied_and_rehearsed(
    app: Flask, client: FlaskClient, command: Command
) -> None:
    before = snapshot(client, "public")
    organiser = browser(app, "kim")
    plan = organiser.get(f"{API}/plan").get_json()
    hall = next(lane for lane in plan["lanes"] if lane["id"] == "hall")
    hall["cues"][-1]["title"] = {"ko": "폐회 인사", "en": "Closing words"}
    last = f"cue/{hall['cues'][-1]['id']}"

    edited = command(
        "plan",
        by="script",
        command_id="edit",
        revision=plan["revision"],
        segments=plan["segments"],
        lanes=plan["lanes"],
    )
    assert edited.status_code == 200, edited.text
    assert snapshot(client, "public") == before
    applied = command("run/apply", by="script", command_id="apply", **edited.get_json())
    assert applied.status_code == 200, applied.text

    after = snapshot(client, "public")
    assert {key for key in before if after.get(key) != before[key]} == {last, "programme"}
    assert (after.keys(), after[last]["title"]) == (before.keys(), hall["cues"][-1]["title"])

    run = command(
        "runs", by="script", command_id="rehearse", while_live=True, **edited.get_json()
    ).get_json()["run"]
    started = command(f"runs/{run}/start", by="script", command_id="rehearsed", lane="hall", expect="")
    assert started.status_code == 200, started.text
    assert snapshot(client)[f"rehearsal-lane/{run}/hall"]["status"] == "running"
    number = f"runs/{run}/awards/recipient-01/arm"
    armed = command(number, by="script", command_id="number", expect="sealed", outside="연습")
    assert armed.status_code == 200, armed.text
    assert snapshot(client)[f"rehearsal-award/{run}/recipient-01"]["state"] == "armed"
    assert snapshot(client, "public") == after
    assert command(f"runs/{run}/clear", by="script", command_id="cleared").status_code == 200
