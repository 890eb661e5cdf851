"""Many scans in one request: each answered as if it had come alone, in their order."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.access.revoking import take_back_grants
from conference_hub.access.tables import SessionGrantRow
from conference_hub.core.actor import Actor
from conference_hub.web.hub import Hub, go_on
from tests.integration.checkin.gate import presence, redeem, token_of, topics
from tests.integration.conftest import SignIn
from tests.model_day import CONF, FakeNow

BATCH = f"/api/v1/c/{CONF}/checkin/redeem/batch"


def send(browser: FlaskClient, *scans: object, **body: object) -> list[dict[str, Any]]:
    answer = browser.post(BATCH, json={"scans": list(scans), **body})
    assert answer.status_code == 200, answer.text
    answers: list[dict[str, Any]] = answer.get_json()["answers"]
    return answers


def scan(hub: Hub, scan_id: str, guest: str = "guest-001", **body: object) -> dict[str, object]:
    return {"scan_id": scan_id, "gate": "main", "token": token_of(hub, guest), **body}


def test_scans_are_answered_in_their_order(seeded: Hub, staff: FlaskClient) -> None:
    answers = send(
        staff,
        scan(seeded, "in"),
        scan(seeded, "again"),
        scan(seeded, "out", direction="out"),
        scan(seeded, "back"),
    )

    assert [(one["scan_id"], one["ok"], one["verdict"]) for one in answers] == [
        ("in", True, "admitted"),
        ("again", True, "already_inside"),
        ("out", True, "left"),
        ("back", True, "admitted"),
    ]
    assert presence(seeded)["inside"] == 1


def test_batch_sent_again_gets_the_first_answers(seeded: Hub, staff: FlaskClient, now: FakeNow) -> None:
    scans = [scan(seeded, "one"), scan(seeded, "two", "guest-002"), scan(seeded, "three")]
    first = send(staff, *scans)
    now.forward(minutes=5)

    again = send(staff, *scans, scan(seeded, "four", "guest-003"))

    assert again[:3] == first
    assert again[3]["verdict"] == "admitted"
    assert topics(seeded).count("GuestAdmitted") == 3


def test_scan_that_came_alone_is_the_same_in_a_batch(seeded: Hub, staff: FlaskClient) -> None:
    alone = scan(seeded, "one", at="2021-12-02T00:00:00Z", sent_at="2021-12-02T00:00:00Z")
    first = redeem(staff, **alone)  # type: ignore[arg-type]

    again = send(staff, {**alone, "sent_at": "2021-12-02T00:00:09Z"})

    assert again == [{**first, "ok": True}]


def test_what_cannot_be_answered_leaves_the_others_as_they_are(seeded: Hub, staff: FlaskClient) -> None:
    answers = send(
        staff,
        scan(seeded, "good"),
        {"scan_id": "malformed", "gate": "main"},
        scan(seeded, "nowhere", gate="side"),
        "not even an object",
        {"scan_id": 7, "gate": "main", "token": "A"},
        scan(seeded, "last", "guest-002"),
    )

    assert [(one["scan_id"], one["ok"]) for one in answers] == [
        *(("good", True), ("malformed", True), ("nowhere", True)),
        *(("", False), ("", False), ("last", True)),
    ]
    assert answers[1:3] == [
        {"scan_id": one, "ok": True, "quarantined": True} for one in ("malformed", "nowhere")
    ]
    assert [one["error"] for one in answers if not one["ok"]] == [
        {"code": "invalid", "field": "body", "message": "JSON 객체여야 합니다: body"},
        {"code": "invalid", "field": "scan_id", "message": "글자여야 합니다: scan_id"},
    ]
    assert presence(seeded)["inside"] == 2


def test_clock_of_the_device_is_corrected_for_all(seeded: Hub, staff: FlaskClient, now: FakeNow) -> None:
    now.forward(minutes=30)
    fast = {"sent_at": "2021-12-02T00:37:00Z"}

    answers = send(staff, scan(seeded, "early", at="2021-12-02T00:36:00Z"), **fast)

    assert answers[0]["at"] == {
        "claimed": "2021-12-02T00:36:00.000Z",
        "used": "2021-12-02T00:29:00.000Z",
        "doubted": None,
    }


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "scans"),
        ({"scans": []}, "scans"),
        ({"scans": [{"scan_id": str(n), "gate": "main", "token": "A"} for n in range(101)]}, "scans"),
        ({"scans": "all"}, "scans"),
        ({"scans": [{"scan_id": "1", "gate": "main", "token": "A"}], "sent_at": "soon"}, "sent_at"),
        ({"scans": [{"scan_id": "1", "gate": "main", "token": "A"}], "wave": 1}, "wave"),
    ],
)
def test_malformed_batch_is_refused(staff: FlaskClient, body: dict[str, object], field: str) -> None:
    answer = staff.post(BATCH, json=body)

    assert (answer.status_code, answer.get_json()["error"]["field"]) == (422, field)


def test_who_may_not_scan_is_refused_as_a_whole(seeded: Hub, sign_in: SignIn) -> None:
    answer = sign_in(Role.ATTENDEE).post(BATCH, json={"scans": [scan(seeded, "one")]})

    assert (answer.status_code, answer.get_json()["error"]["code"]) == (403, "forbidden")


def test_who_loses_the_right_amid_a_batch_sends_it_again_as_somebody_who_has_it(
    seeded: Hub, staff: FlaskClient, sign_in: SignIn
) -> None:
    redeem(staff, "before", token=token_of(seeded, "guest-003"))  # what is read of awards stays in memory
    scans = [scan(seeded, "one"), scan(seeded, "two", "guest-002")]

    def revoke() -> None:
        with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
            take_back_grants(write, SessionGrantRow.role == Role.STAFF)

    seeded.pause = revoke
    broken_off = staff.post(BATCH, json={"scans": scans})
    seeded.pause = go_on
    kept = topics(seeded).count("GuestAdmitted")
    still = staff.post(BATCH, json={"scans": scans})
    answers = send(sign_in(Role.STAFF, name="접수 2"), *scans)

    assert (broken_off.status_code, still.status_code, kept) == (401, 401, 2)
    assert [one["verdict"] for one in answers] == ["admitted", "admitted"]
    assert topics(seeded).count("GuestAdmitted") == 3


def test_what_a_scanner_may_have_typed_is_tried_in_turn(seeded: Hub, staff: FlaskClient) -> None:
    token = token_of(seeded)
    typed = token.translate(str.maketrans("YZ", "ZY"))

    known = redeem(staff, "scan-1", token="A" * 26, also=["nonsense", typed, token])
    unknown = redeem(staff, "scan-2", token="A" * 26, also=["B" * 26])

    assert (known["verdict"], unknown["verdict"]) == ("admitted", "unknown_badge")
