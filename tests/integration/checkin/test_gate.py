"""Scans through the real application: one admission per guest, whatever the devices do."""

from __future__ import annotations

import json
import re
import threading

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.access.actions import make_token
from conference_hub.access.model import Role
from conference_hub.checkin import store
from conference_hub.checkin.model import Place
from conference_hub.core.actor import Actor
from conference_hub.core.commands import CommandRow
from conference_hub.core.entries import since
from conference_hub.core.stream import Stream
from conference_hub.core.text import Text
from conference_hub.web.hub import Hub
from tests.gates import add_gate
from tests.integration.checkin.gate import GUEST, REDEEM, presence, redeem, token_of, topics
from tests.integration.conftest import SignIn
from tests.model_day import CONF, FakeNow

UNDO = f"/api/v1/c/{CONF}/checkin/undo"
SEARCH = f"/api/v1/c/{CONF}/checkin/search"


def test_redeem_admits_and_names_the_guest(seeded: Hub, staff: FlaskClient) -> None:
    answer = redeem(staff, "scan-1", token=token_of(seeded))

    person = {
        key: answer["person"][key]
        for key in ("guest", "name", "masked", "role", "organisation", "group", "mode", "seat")
    }
    assert person == {
        "guest": "guest-001",
        "name": {"ko": "석용주", "en": "석용주"},
        "masked": "석*주",
        "role": None,
        "organisation": "천안고용센터",
        "group": {"id": "recipient", "label": {"ko": "수상자", "en": "Award recipient"}},
        "mode": {"id": "onsite", "label": {"ko": "현장", "en": "On site"}},
        "seat": "D-08",
    }
    assert {key: answer[key] for key in answer if key != "person"} == {
        "scan_id": "scan-1",
        "verdict": "admitted",
        "door": True,
        "may_force": False,
        "may_undo": True,
        "may_switch": False,
        "forced": False,
        "again": False,
        "first": {
            "at": "2021-12-02T00:00:00.000Z",
            "gate": "main",
            "gate_title": {"ko": "그랜드볼룸 정문", "en": "Grand Ballroom main entrance"},
        },
    }


def test_answer_says_where_to_send_a_recipient_and_not_for_which_award(
    seeded: Hub, staff: FlaskClient
) -> None:
    recipient = redeem(staff, "scan-1", token=token_of(seeded))
    official = redeem(staff, "scan-2", token=token_of(seeded, "guest-088"))

    assert recipient["person"]["calls"] == [
        {
            "lane": {"ko": "현장", "en": "Hall"},
            "room": {"ko": "그랜드볼룸", "en": "Grand Ballroom"},
            "cue": None,
            "order": None,
        }
    ]
    assert official["person"]["calls"] == []
    assert "대상" not in str(recipient)


def test_second_scan_answers_already_inside_with_the_first_admission(
    seeded: Hub, staff: FlaskClient, now: FakeNow
) -> None:
    token = token_of(seeded)
    redeem(staff, "scan-1", token=token)
    now.forward(minutes=3)

    answer = redeem(staff, "scan-2", token=token.lower(), gate="recipients")

    assert (answer["verdict"], answer["reason"]) == ("already_inside", "이미 입장한 분입니다.")
    assert (answer["may_force"], answer["may_undo"]) == (True, False)
    assert (answer["first"]["at"], answer["first"]["gate"]) == ("2021-12-02T00:00:00.000Z", "main")
    assert presence(seeded)["inside"] == 1


def test_a_repeated_scan_gets_the_first_answer(seeded: Hub, staff: FlaskClient, now: FakeNow) -> None:
    token = token_of(seeded)
    first = redeem(staff, "scan-1", token=token)
    now.forward(minutes=1)

    assert redeem(staff, "scan-1", token=token) == first
    assert topics(seeded).count("GuestAdmitted") == 1


def test_a_scan_id_used_for_another_badge_is_refused(seeded: Hub, staff: FlaskClient) -> None:
    redeem(staff, "scan-1", token=token_of(seeded))

    answer = staff.post(
        REDEEM, json={"scan_id": "scan-1", "gate": "main", "token": token_of(seeded, "guest-002")}
    )

    assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "command_id_reused")


@pytest.mark.parametrize("devices", [2, 50])
def test_concurrent_scans_of_one_badge_admit_once(seeded: Hub, app: Flask, devices: int) -> None:
    with seeded.database.writing() as db:
        bearers = [
            make_token(
                db, conf=CONF, role=Role.STAFF, name=f"기기 {n}", at=seeded.now(), by=Actor.system("test")
            )
            for n in range(devices)
        ]
    token, verdicts = token_of(seeded), list[str]()
    together = threading.Barrier(devices)

    def scan(bearer: str) -> None:
        browser = app.test_client()
        together.wait(timeout=10)
        answer = browser.post(
            REDEEM,
            json={"scan_id": f"scan-{bearer}", "gate": "main", "token": token},
            headers={"Authorization": f"Bearer {bearer}"},
        )
        verdicts.append(answer.get_json()["verdict"])

    threads = [threading.Thread(target=scan, args=(bearer,)) for bearer in bearers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert sorted(verdicts) == ["admitted"] + ["already_inside"] * (devices - 1)
    assert presence(seeded)["inside"] == 1
    assert topics(seeded).count("GuestAdmitted") == 1


def test_guest_leaves_and_enters_again(seeded: Hub, staff: FlaskClient, now: FakeNow) -> None:
    token = token_of(seeded)
    redeem(staff, "in", token=token)
    now.forward(minutes=10)
    out = redeem(staff, "out", token=token, direction="out")
    counts = presence(seeded)
    again = redeem(staff, "again", token=token)

    assert (out["verdict"], again["verdict"]) == ("left", "admitted")
    assert (counts["inside"], counts["admitted"]) == (0, 1)
    assert again["first"]["at"] == "2021-12-02T00:00:00.000Z"
    assert presence(seeded)["inside"] == 1


def test_going_out_without_having_entered_is_refused(seeded: Hub, staff: FlaskClient) -> None:
    answer = redeem(staff, "out", token=token_of(seeded), direction="out")

    assert (answer["verdict"], answer["reason"]) == ("not_inside", "입장 기록이 없습니다.")


@pytest.mark.parametrize("token", ["AAAAAAAAAAAAAAAAAAAAAAAAAA", "nonsense"])
def test_an_unknown_badge_is_refused_and_counted(seeded: Hub, staff: FlaskClient, token: str) -> None:
    answer = redeem(staff, "scan-1", token=token)

    assert answer == {
        "scan_id": "scan-1",
        "verdict": "unknown_badge",
        "door": True,
        "may_force": False,
        "may_undo": False,
        "may_switch": False,
        "reason": "등록되지 않은 명찰입니다.",
    }
    with seeded.database.reading() as db:
        gate = seeded.snapshot(db, CONF, Stream.STAFF)["gate/main"]
    assert gate is not None
    assert (gate["admitted"], gate["refused"]) == (0, 1)


def test_scan_outside_opening_hours_is_refused_unless_forced(
    seeded: Hub, staff: FlaskClient, now: FakeNow
) -> None:
    now.forward(days=-1)
    token = token_of(seeded)

    refused = redeem(staff, "scan-1", token=token)
    forced = redeem(staff, "scan-2", token=token, force=True, why="looked")

    assert refused["verdict"] == "not_yet_open"
    assert refused["details"] == {
        "opens_at": "2021-12-01T21:20:00.000Z",
        "closes_at": "2021-12-02T04:40:00.000Z",
    }
    assert (forced["verdict"], forced["forced"]) == ("admitted", True)
    with seeded.database.reading() as db:
        entry = since(db, CONF, Stream.OPERATOR, 0, 1000)[-1]
    assert (entry.topic, entry.body["forced"], entry.body["by"]) == ("GuestAdmitted", True, "접수 1")


def test_a_replaced_badge_is_refused_even_by_force(seeded: Hub, staff: FlaskClient, sign_in: SignIn) -> None:
    before = token_of(seeded)
    desk = sign_in(Role.ORGANISER, name="주최자")
    answer = desk.post(f"/c/{CONF}/desk/people/{GUEST}/reissue", json={"command_id": "reissue-1"})
    assert answer.status_code == 200

    assert redeem(staff, "old", token=before, force=True, why="looked")["verdict"] == "revoked"
    assert redeem(staff, "new", token=token_of(seeded))["verdict"] == "admitted"


def test_guest_found_by_name_is_admitted(seeded: Hub, staff: FlaskClient) -> None:
    found = staff.get(SEARCH, query_string={"q": "ㅅㅇㅈ"}).get_json()
    answer = redeem(staff, "scan-1", guest=found["guests"][0]["guest"])
    after = staff.get(SEARCH, query_string={"q": "석용주"}).get_json()

    assert [(one["guest"], one["place"]) for one in found["guests"]] == [("guest-001", None)]
    assert answer["verdict"] == "admitted"
    assert after["guests"][0]["place"] == "hall"


def test_a_search_shows_at_most_twenty(staff: FlaskClient) -> None:
    found = staff.get(SEARCH, query_string={"q": "센터"}).get_json()

    assert (len(found["guests"]), found["more"]) == (20, True)


def test_an_admission_is_undone_once(seeded: Hub, staff: FlaskClient) -> None:
    redeem(staff, "scan-1", token=token_of(seeded))
    undone = staff.post(UNDO, json={"command_id": "undo-1", "scan_id": "scan-1"})
    repeated = staff.post(UNDO, json={"command_id": "undo-1", "scan_id": "scan-1"})
    again = staff.post(UNDO, json={"command_id": "undo-2", "scan_id": "scan-1"})

    assert undone.get_json() == {"scan_id": "scan-1", "guest": "guest-001", "undone": True, "place": None}
    assert repeated.get_json() == undone.get_json()
    assert (again.status_code, again.get_json()["error"]["code"]) == (409, "undone")
    counts = presence(seeded)
    assert (counts["inside"], counts["admitted"]) == (0, 0)
    assert redeem(staff, "scan-2", token=token_of(seeded))["verdict"] == "admitted"


def test_undo_is_refused_after_the_guest_left(seeded: Hub, staff: FlaskClient) -> None:
    redeem(staff, "in", token=token_of(seeded))
    redeem(staff, "out", token=token_of(seeded), direction="out")

    answer = staff.post(UNDO, json={"command_id": "undo-1", "scan_id": "in"})

    assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "moved_on")


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({}, 422, "scan_id"),
        ({"scan_id": "s", "gate": "main"}, 422, "token"),
        ({"scan_id": "s", "gate": "main", "token": "A", "guest": GUEST}, 422, "token"),
        ({"token": "A", "scan_id": "s", "gate": "main", "wave": 1}, 422, "wave"),
        ({"token": "A"}, 422, "scan_id"),
        ({"token": "A", "scan_id": "s"}, 422, "gate"),
        ({"token": "A", "scan_id": "s" * 71, "gate": "main"}, 422, "scan_id"),
        ({"token": "A", "scan_id": "s", "gate": "main", "direction": "up"}, 422, "direction"),
        ({"token": "A", "scan_id": "s", "gate": "main", "force": "yes"}, 422, "force"),
        ({"token": "A", "scan_id": "s", "gate": "main", "at": "09:20"}, 422, "at"),
        ({"token": "A", "scan_id": "s", "gate": "side door"}, 404, None),
        ({"guest": "nobody", "scan_id": "s", "gate": "main"}, 404, None),
    ],
)
def test_redeem_rejects_malformed_body(
    staff: FlaskClient, body: dict[str, object], status: int, field: str | None
) -> None:
    answer = staff.post(REDEEM, json=body)

    assert (answer.status_code, answer.get_json()["error"].get("field")) == (status, field)


def test_undo_also_uncounts_refusals_that_depend_on_the_admission(seeded: Hub, staff: FlaskClient) -> None:
    redeem(staff, "in", token=token_of(seeded))
    redeem(staff, "again", token=token_of(seeded))

    answer = staff.post(UNDO, json={"command_id": "undo-1", "scan_id": "in"})

    assert answer.status_code == 200
    with seeded.database.reading() as db:
        assert store.find_presence(db, CONF, GUEST) is None


def test_scan_repeated_by_a_colleague_gets_the_first_answer(
    seeded: Hub, staff: FlaskClient, sign_in: SignIn
) -> None:
    first = redeem(staff, "scan-1", token=token_of(seeded))

    assert redeem(sign_in(Role.STAFF, name="접수 2"), "scan-1", token=token_of(seeded)) == first


def test_scan_at_an_unknown_gate_is_answered_anew_once_the_gate_exists(
    seeded: Hub, staff: FlaskClient
) -> None:
    scan = {"scan_id": "scan-1", "gate": "side", "token": token_of(seeded)}
    before = staff.post(REDEEM, json=scan)
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        add_gate(write, "side", Text.of("옆문"))

    after = staff.post(REDEEM, json=scan)

    assert (before.status_code, after.status_code) == (404, 200)
    assert after.get_json()["verdict"] == "admitted"


def test_a_stored_answer_to_a_scan_holds_no_name(seeded: Hub, staff: FlaskClient) -> None:
    redeem(staff, "scan-1", token=token_of(seeded))
    redeem(staff, "scan-2", token=token_of(seeded))
    staff.post(UNDO, json={"command_id": "undo-1", "scan_id": "scan-1"})

    with seeded.database.reading() as db:
        stored = [row.answer for row in db.scalars(sa.select(CommandRow))]
    assert len(stored) == 3
    assert not re.search("[가-힣]", json.dumps(stored, ensure_ascii=False))


def test_presence_is_in_no_public_answer(seeded: Hub, app: Flask, staff: FlaskClient) -> None:
    redeem(staff, "scan-1", token=token_of(seeded))

    state = app.test_client().get(f"/api/v1/c/{CONF}/state?stream=public").get_json()

    assert not {key for key in state["snapshot"] if key.startswith(("guest/", "gate/", "presence"))}
    assert topics(seeded, Stream.PUBLIC).count("GuestAdmitted") == 0
    with seeded.database.reading() as db:
        presences = store.all_presences(db, CONF)
    assert [one.place for one in presences.values()] == [Place.HALL]


def test_who_scanned_under_no_name_is_called_by_their_role_in_the_readers_language(
    seeded: Hub, sign_in: SignIn
) -> None:
    nameless, token = sign_in(Role.STAFF), token_of(seeded)
    redeem(nameless, "first", token=token)

    again = nameless.post(f"{REDEEM}?lang=en", json={"scan_id": "again", "gate": "main", "token": token})

    assert again.get_json()["first"]["device"] == "Check-in staff"
