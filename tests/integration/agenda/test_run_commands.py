"""The show run through the real application: every command, its fact, its refusals, and who may send it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.core.entries import Entry, since
from conference_hub.core.stream import Stream
from conference_hub.web.hub import Hub
from tests.integration.agenda.commanding import done, refused, send, snapshot
from tests.integration.conftest import SignIn
from tests.law import holds_over
from tests.model_day import CONF, FakeNow

OPENING_AT = "2021-12-02T00:20:00.000Z"


def entries(hub: Hub, stream: Stream = Stream.OPERATOR) -> list[Entry]:
    with hub.database.reading() as db:
        return since(db, CONF, stream, 0, 10_000)


def head(hub: Hub) -> int:
    return entries(hub)[-1].seq


def test_start_puts_the_first_cue_of_the_first_lane_on_air(seeded: Hub, operator: FlaskClient) -> None:
    seen = head(seeded)

    answer = done(operator, "run/start", seen=seen)

    fact = answer["fact"]
    assert (fact["stream"], fact["seq"], fact["topic"], fact["at"]) == (
        "operator",
        seen + 1,
        "LaneStarted",
        OPENING_AT,
    )
    assert {k: v for k, v in fact["body"].items() if k not in {"docs", "actor"}} == {
        "lane": "hall",
        "cue": "opening",
        "by": "김감독",
    }
    assert fact["body"]["docs"] == answer["docs"]
    assert answer["docs"] == {
        "calling/hall": snapshot(seeded)["calling/hall"],
        "lane/hall": {
            "id": "hall",
            "title": {"ko": "현장", "en": "Hall"},
            "colour": None,
            "room": "grand-ballroom",
            "position": 1,
            "run": "run-1",
            "status": "running",
            "cue": "opening",
            "held_since": None,
            "standby": None,
            "ready_since": None,
            "commands": {
                "start": "already_running",
                "next": None,
                "arm": None,
                "jump": None,
                "skip": None,
                "bring-back": "not_left_out",
                "restart": None,
                "reopen": "not_finished",
                "hold": None,
                "resume": "not_held",
                "extend": None,
                "finish": None,
                "undo": None,
                "redo": "nothing_to_redo",
            },
            "extend_min_s": -599,
            "extend_max_s": 3600,
            "holder": None,
            "undo": {
                "number": seen + 1,
                "topic": "LaneStarted",
                "at": OPENING_AT,
                "by": "김감독",
                "lane": "hall",
                "cue": "opening",
            },
            "redo": None,
        },
        "cue/opening": {
            "id": "opening",
            "number": "1",
            "lane": "hall",
            "segment": "opening",
            "title": {
                "ko": "개회 및 고용노동부 장관 격려사",
                "en": "Opening and address by the Minister of Employment and Labor",
            },
            "kind": "opening",
            "position": 1,
            "planned_start": OPENING_AT,
            "planned_s": 600,
            "colour": None,
            "warn_s": None,
            "danger_s": None,
            "speakers": [{"name": "안경덕", "role": "", "reads_for": None}],
            "started_at": OPENING_AT,
            "ended_at": None,
            "extension_s": 0,
            "held_s": 0,
            "skipped": False,
            "fixed": True,
            "sync": None,
        },
        "driving/hall": {
            "lane": "hall",
            "position": 1,
            "commands": [
                {
                    "topic": "LaneStarted",
                    "at": OPENING_AT,
                    "by": "김감독",
                    "actor": fact["body"]["actor"],
                    "lane": "hall",
                    "cue": "opening",
                },
            ],
        },
    }


def test_next_ends_one_cue_and_starts_the_other(operator: FlaskClient, now: FakeNow) -> None:
    done(operator, "run/start")
    now.forward(minutes=11)

    answer = done(operator, "run/next")

    assert answer["fact"]["topic"] == "CueStarted"
    assert answer["fact"]["body"]["left"] == "opening"
    assert answer["docs"]["cue/opening"]["ended_at"] == "2021-12-02T00:31:00.000Z"
    assert answer["docs"]["cue/round-1-hall"]["started_at"] == "2021-12-02T00:31:00.000Z"
    assert answer["docs"]["lane/hall"]["cue"] == "round-1-hall"


def test_hold_and_resume_keep_the_time_that_was_left(operator: FlaskClient, now: FakeNow) -> None:
    done(operator, "run/start")
    now.forward(minutes=2)
    held = done(operator, "run/hold")
    now.forward(seconds=90)

    resumed = done(operator, "run/resume")

    assert held["docs"]["lane/hall"]["held_since"] == "2021-12-02T00:22:00.000Z"
    assert resumed["docs"]["lane/hall"]["status"] == "running"
    assert resumed["docs"]["cue/opening"]["held_s"] == 90


def test_extend_adds_and_takes_time(operator: FlaskClient) -> None:
    done(operator, "run/start")

    longer = done(operator, "run/extend", seconds=60)
    shorter = done(operator, "run/extend", seconds=-120)

    assert longer["docs"]["cue/opening"]["extension_s"] == 60
    assert shorter["docs"]["cue/opening"]["extension_s"] == -60
    assert shorter["fact"]["body"]["added_s"] == -120


def test_the_lane_says_what_may_come_next(seeded: Hub, operator: FlaskClient) -> None:
    started = done(operator, "run/start")["fact"]
    lane = snapshot(seeded)["lane/hall"] or {}

    assert {name: code for name, code in lane["commands"].items() if code is None}.keys() == {
        "next",
        "arm",
        "jump",
        "skip",
        "restart",
        "hold",
        "extend",
        "finish",
        "undo",
    }
    assert lane["undo"] == {
        "number": started["seq"],
        "topic": "LaneStarted",
        "lane": "hall",
        "cue": "opening",
        "at": OPENING_AT,
        "by": "김감독",
    }
    assert "commands" not in (snapshot(seeded, Stream.SEALED)["lane/hall"] or {})


def test_lane_finishes_early_only_when_asked(seeded: Hub, operator: FlaskClient) -> None:
    done(operator, "run/start", lane="metaverse")

    assert refused(operator, "run/finish", lane="metaverse") == (409, "not_last_cue")
    answer = done(operator, "run/finish", lane="metaverse", early=True)

    assert answer["fact"]["topic"] == "LaneFinished"
    assert answer["fact"]["body"]["left_out"] == 1
    lanes = snapshot(seeded)
    assert [(lanes[f"lane/{lane}"] or {})["status"] for lane in ("hall", "metaverse")] == [
        "waiting",
        "finished",
    ]


@pytest.mark.parametrize(
    ("before", "command", "code"),
    [
        ((), "next", "not_started"),
        ((), "undo", "nothing_to_undo"),
        ((), "redo", "nothing_to_redo"),
        ((), "hold", "not_started"),
        ((), "finish", "not_started"),
        (("start",), "start", "already_running"),
        (("start",), "resume", "not_held"),
        (("start", "hold"), "hold", "held"),
        (("start", "next"), "next", "last_cue"),
        (("start", "next", "finish"), "next", "finished"),
        (("start", "next", "finish"), "start", "finished"),
    ],
)
def test_forbidden_command_is_refused_and_changes_nothing(
    seeded: Hub, operator: FlaskClient, before: tuple[str, ...], command: str, code: str
) -> None:
    for step in before:
        done(operator, f"run/{step}", lane="metaverse")
    known = (entries(seeded), snapshot(seeded))

    assert refused(operator, f"run/{command}", lane="metaverse") == (409, code)
    assert (entries(seeded), snapshot(seeded)) == known


def test_a_cue_cannot_lose_all_its_time(operator: FlaskClient) -> None:
    done(operator, "run/start")

    assert refused(operator, "run/extend", seconds=-600) == (409, "too_short")


def test_a_repeated_command_gets_the_first_answer_and_moves_once(seeded: Hub, operator: FlaskClient) -> None:
    done(operator, "run/start")
    first = done(operator, "run/next", command_id="twice", seen=head(seeded))
    again = send(operator, "run/next", command_id="twice", seen=first["fact"]["seq"] - 1)

    assert again == (200, first)
    assert entries(seeded)[-1].as_wire() == first["fact"]


def test_a_repeated_refusal_stays_a_refusal_though_the_state_moved_on(operator: FlaskClient) -> None:
    assert refused(operator, "run/next", command_id="early") == (409, "not_started")
    done(operator, "run/start")

    assert refused(operator, "run/next", command_id="early") == (409, "not_started")


def test_stale_command_is_refused_with_the_facts_since(
    seeded: Hub, operator: FlaskClient, sign_in: SignIn
) -> None:
    other = sign_in(Role.OPERATOR, name="이조감독")
    done(operator, "run/start")
    seen = head(seeded)
    fact = done(operator, "run/next", seen=seen)["fact"]

    status, answer = send(other, "run/next", seen=seen)

    assert status == 409
    assert answer["error"]["code"] == "stale"
    assert answer["error"]["by"] == "김감독"
    assert answer["error"]["changed"] == [{**fact, "by": "김감독"}]
    assert "김감독" in answer["error"]["message"]


def test_a_change_of_another_lane_makes_nothing_stale(seeded: Hub, operator: FlaskClient) -> None:
    seen = head(seeded)
    done(operator, "run/start", lane="metaverse")

    assert done(operator, "run/start", lane="hall", seen=seen)["docs"]["lane/hall"]["status"] == "running"


@pytest.mark.parametrize(
    ("command", "body", "status", "code"),
    [
        ("rewind", {}, 404, "not_found"),
        ("start", {"lane": "roof"}, 404, "not_found"),
        ("jump", {}, 422, "invalid"),
        ("start", {"lane": 7}, 422, "invalid"),
        ("start", {"seen": "1"}, 422, "invalid"),
        ("start", {"command_id": ""}, 422, "invalid"),
        ("start", {"command_id": "x" * 81}, 422, "invalid"),
        ("extend", {}, 422, "invalid"),
        ("extend", {"seconds": 0}, 422, "invalid"),
        ("extend", {"seconds": 1.5}, 422, "invalid"),
        ("extend", {"seconds": True}, 422, "invalid"),
        ("extend", {"seconds": 3601}, 422, "invalid"),
        ("extend", {"seconds": -3601}, 422, "invalid"),
        ("finish", {"early": "yes"}, 422, "invalid"),
    ],
)
def test_a_malformed_command_is_refused_and_changes_nothing(
    seeded: Hub, operator: FlaskClient, command: str, body: dict[str, object], status: int, code: str
) -> None:
    before = entries(seeded)

    assert refused(operator, f"run/{command}", **body) == (status, code)
    assert entries(seeded) == before


@pytest.mark.parametrize("role", [None, Role.ATTENDEE, Role.STAFF, Role.EMCEE])
def test_only_operators_may_run_lanes(seeded: Hub, app: Flask, sign_in: SignIn, role: Role | None) -> None:
    browser = app.test_client() if role is None else sign_in(role, guest_id="guest-001")
    before = entries(seeded)

    status, _ = send(browser, "run/start")
    page = browser.get(f"/c/{CONF}/console")

    assert status == (401 if role is None else 403)
    assert page.status_code == (302 if role is None else 403)
    assert entries(seeded) == before


def test_only_operators_see_who_gave_commands(seeded: Hub, operator: FlaskClient) -> None:
    done(operator, "run/start")

    for stream in (Stream.PUBLIC, Stream.STAFF, Stream.SEALED):
        last = entries(seeded, stream)[-1]
        assert (last.topic, last.body["cue"]) == ("LaneStarted", "opening")
        assert "by" not in last.body
        assert not [key for key in snapshot(seeded, stream) if key.startswith("driving/")]
        assert "김감독" not in str(last.body)


def test_every_action_keeps_the_law(seeded: Hub, operator: FlaskClient, now: FakeNow) -> None:
    def step(command: str, **body: Any) -> None:
        now.forward(seconds=61.25)
        done(operator, f"run/{command}", **body)

    assert holds_over(
        seeded,
        CONF,
        [
            lambda: step("start"),
            lambda: step("next"),
            lambda: step("start", lane="metaverse"),
            lambda: step("hold"),
            lambda: step("extend", seconds=-60),
            lambda: step("resume"),
            lambda: step("undo"),
            lambda: step("undo"),
            lambda: step("redo"),
            lambda: step("back"),
            lambda: step("undo"),
            lambda: step("arm", cue="closing"),
            lambda: step("arm", cue=None),
            lambda: step("skip", cue="closing"),
            lambda: step("bring-back", cue="closing"),
            lambda: step("restart"),
            lambda: step("jump", cue="performance"),
            lambda: step("jump", cue="opening"),
            lambda: step("next", lane="metaverse"),
            lambda: step("hold", lane="metaverse"),
            lambda: step("finish", lane="metaverse"),
            lambda: step("back", lane="metaverse"),
            lambda: step("finish", early=True),
            lambda: step("back"),
        ],
    )


def test_the_plan_reaches_every_audience_as_a_fact(seeded: Hub) -> None:
    for stream in set(Stream) - {Stream.REHEARSAL}:
        planned = next(e for e in entries(seeded, stream) if e.topic == "AgendaPlanned")
        kept = {k: v for k, v in snapshot(seeded, stream).items() if k in planned.body["docs"]}
        assert planned.body["docs"] == kept
        assert len([key for key in kept if key.startswith("cue/")]) == 11
