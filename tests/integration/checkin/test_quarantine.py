"""Scans that wait as they came: sent by an ended device or impossible to judge; accepted or rejected on the desk."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from conference_hub.checkin import quarantine_store as store
from conference_hub.checkin import quarantining
from conference_hub.checkin.quarantine import Quarantined
from conference_hub.conferences.actions import bring_back
from conference_hub.conferences.model import State
from conference_hub.core.actor import Actor
from conference_hub.core.now import iso
from conference_hub.web.hub import Hub
from tests.integration.checkin.gate import presence, redeem, token_of, topics
from tests.integration.checkin.test_batch import send
from tests.integration.checkin.test_scan_times import waiting as conflicts
from tests.integration.checkin.test_scan_times import where
from tests.integration.conferences.test_states import bring
from tests.integration.gates.test_devices import devices, invited, paired
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF, FakeNow

pytestmark = ON_SQLITE

UPLOAD = f"/api/v1/c/{CONF}/checkin/device/upload"
INBOX = f"/c/{CONF}/desk/check-in"
PAGE = f"{INBOX}/quarantine"
OTHER = "guest-002"


class EndedDevice:
    """A device that was paired an hour ago and ended since, and still has scans."""

    def __init__(self, hub: Hub, app: Flask, desk: FlaskClient, now: FakeNow) -> None:
        desk.get(f"/c/{CONF}/desk/gates/devices?lang=ko")
        self.hub, self.desk, self.browser = hub, desk, app.test_client()
        pairing = paired(self.browser, invited(desk, name="정문 1번"))
        now.forward(hours=1)
        self.id, self.header = pairing["device"], f"{pairing['device']}.{pairing['key']}"
        desk.post(f"/c/{CONF}/desk/gates/devices/{self.id}/end")

    def scan(self, scan_id: str, guest: str = "guest-001", ago: int = 40, **body: Any) -> dict[str, Any]:
        at = iso(self.hub.now() - timedelta(minutes=ago))
        scan = {"scan_id": scan_id, "gate": "main", "token": token_of(self.hub, guest), "at": at}
        return {**scan, "acted": "admitted", "sent_at": iso(self.hub.now()), **body}

    def upload(self, *scans: object, header: str | None = None) -> TestResponse:
        key = self.header if header is None else header
        return self.browser.post(UPLOAD, json={"scans": list(scans)}, headers={"X-Upload-Key": key})

    def decide(self, do: str, **fields: str) -> TestResponse:
        until = self.hub.now().isoformat()
        return self.desk.post(PAGE, data={"do": do, "sender": self.id, "until": until, **fields})


@pytest.fixture
def ended(seeded: Hub, app: Flask, desk: FlaskClient, now: FakeNow) -> EndedDevice:
    return EndedDevice(seeded, app, desk, now)


def waiting(hub: Hub) -> list[Quarantined]:
    with hub.database.reading() as db:
        return [
            scan
            for sender in store.waiting_senders(db, CONF)
            for scan in store.waiting_of(db, CONF, sender.sender)
        ]


def test_an_ended_device_learns_nothing_and_moves_nobody(seeded: Hub, ended: EndedDevice) -> None:
    scans = [ended.scan("one"), ended.scan("two", token="A" * 26), {"scan_id": "three", "gate": 7}]

    answer, again = ended.upload(*scans), ended.upload(*scans)

    told = [{"scan_id": one, "ok": True, "quarantined": True} for one in ("one", "two", "three")]
    assert (answer.status_code, answer.get_json(), again.get_json()) == (200, *[{"answers": told}] * 2)
    assert [one.scan_id for one in waiting(seeded)] == ["one", "two", "three"]
    assert (presence(seeded)["inside"], where(seeded)) == (0, None)
    assert topics(seeded).count("ScansQuarantined") == 1


def test_accepted_scans_count_at_their_time_and_contradict_others(
    seeded: Hub, staff: FlaskClient, ended: EndedDevice
) -> None:
    redeem(staff, "gate 2", token=token_of(seeded), gate="recipients")
    ended.upload(ended.scan("one"), ended.scan("two", OTHER, ago=30))
    inbox = ended.desk.get(f"{INBOX}?lang=ko").text

    answer = ended.decide("accept")

    found = where(seeded)
    assert ("연결이 끝난 기기의 스캔 2건" in inbox, "정문 1번" in inbox) == (True, True)
    assert found is not None
    assert (answer.status_code, found.since.isoformat()) == (302, "2021-12-02T00:20:00+00:00")
    assert (presence(seeded)["inside"], waiting(seeded)) == (2, [])
    assert conflicts(seeded) == [("double", "gate 2", "one")]
    assert topics(seeded).count("QuarantineSettled") == 2


def test_a_clock_that_was_wrong_is_set_right(seeded: Hub, ended: EndedDevice) -> None:
    fast = timedelta(minutes=7)
    at, sent_at = (iso(seeded.now() + fast - timedelta(minutes=ago)) for ago in (40, 0))
    ended.upload(ended.scan("one", at=at, sent_at=sent_at))

    ended.decide("accept")

    found = where(seeded)
    assert found is not None
    assert found.since.isoformat() == "2021-12-02T00:20:00+00:00"


def test_scans_whose_times_are_set_right_to_one_instant_keep_the_order_of_their_device(
    seeded: Hub, ended: EndedDevice
) -> None:
    early, late = (iso(seeded.now() + timedelta(seconds=ahead)) for ahead in (2, 3))
    ended.upload(ended.scan("second", OTHER, at=late), ended.scan("the first", at=early))

    found = waiting(seeded)
    assert [(one.scan_id, one.happened_at) for one in found] == [
        ("the first", seeded.now()),
        ("second", seeded.now()),
    ]


def test_rejected_scans_never_count(seeded: Hub, ended: EndedDevice) -> None:
    ended.upload(ended.scan("one"), ended.scan("two", OTHER))

    answer = ended.decide("reject")
    late = ended.decide("accept")
    ended.upload(ended.scan("one"))

    assert (answer.status_code, late.status_code) == (302, 409)
    assert (presence(seeded)["inside"], waiting(seeded)) == (0, [])


def test_one_is_decided_by_itself_and_what_came_later_waits(
    seeded: Hub, ended: EndedDevice, now: FakeNow
) -> None:
    ended.upload(ended.scan("one"), ended.scan("two", OTHER))
    page = ended.desk.get(f"{PAGE}?sender={ended.id}&lang=ko").text
    first = next(one for one in waiting(seeded) if one.scan_id == "one")
    until = seeded.now().isoformat()
    now.forward(minutes=1)
    ended.upload(ended.scan("three", "guest-003"))

    one_by_one = ended.decide("accept", scan=first.id)
    ended.decide("accept", until=until)

    assert ("석용주" in page, "기기가 들여보냄" in page, one_by_one.status_code) == (True, True, 302)
    assert ([one.scan_id for one in waiting(seeded)], presence(seeded)["inside"]) == (["three"], 2)


def test_a_scan_that_was_answered_before_counts_once(seeded: Hub, ended: EndedDevice) -> None:
    scan = ended.scan("one")
    before = {name: value for name, value in scan.items() if name not in {"acted", "sent_at"}}
    desk_answer = send(ended.desk, before)
    ended.upload(scan)

    ended.decide("accept")

    assert (desk_answer[0]["verdict"], presence(seeded)["inside"], waiting(seeded)) == ("admitted", 1, [])
    assert conflicts(seeded) == []


def test_what_cannot_be_accepted_waits_on_and_may_name_another_gate(seeded: Hub, ended: EndedDevice) -> None:
    ended.upload(ended.scan("gone", gate="side"), ended.scan("ok", OTHER), {"scan_id": "odd"})
    page = ended.desk.get(f"{PAGE}?sender={ended.id}&lang=ko").text

    first = ended.decide("accept")
    left = [one.scan_id for one in waiting(seeded)]
    nowhere = ended.decide("accept", gate="nowhere")
    ended.decide("accept", gate="main")

    assert ("읽을 수 없는 스캔" in page, "삭제한 출입구" in page, first.status_code) == (True, True, 302)
    assert (left, nowhere.status_code) == (["gone", "odd"], 404)
    assert ([one.scan_id for one in waiting(seeded)], presence(seeded)["inside"]) == (["odd"], 2)


def test_a_scan_from_before_a_gate_was_chosen_counts_at_the_gate_that_people_name(
    seeded: Hub, ended: EndedDevice
) -> None:
    scan = ended.scan("early")
    del scan["gate"], scan["acted"]
    ended.upload(scan)
    page = ended.desk.get(f"{PAGE}?sender={ended.id}&lang=ko").text

    ended.decide("accept")
    left = [one.scan_id for one in waiting(seeded)]
    ended.decide("accept", gate="main")

    assert ("출입구 고르기 전" in page, "읽을 수 없는 스캔" in page, left) == (True, False, ["early"])
    assert (waiting(seeded), presence(seeded)["inside"]) == ([], 1)


@pytest.mark.parametrize("wrong", ["", "nobody.key", "{id}.key", "{id}"])
def test_no_other_key_is_taken(seeded: Hub, ended: EndedDevice, wrong: str) -> None:
    answer = ended.upload(ended.scan("one"), header=wrong.format(id=ended.id))

    assert (answer.status_code, answer.get_json()["error"]["code"]) == (401, "not_signed_in")
    assert waiting(seeded) == []


def test_a_device_that_is_not_ended_and_one_that_was_for_long_are_refused(
    seeded: Hub, app: Flask, desk: FlaskClient, ended: EndedDevice, now: FakeNow
) -> None:
    living = paired(app.test_client(), invited(desk, name="정문 2번"))
    alive = ended.upload(ended.scan("one"), header=f"{living['device']}.{living['key']}")
    now.forward(hours=73)
    late = ended.upload(ended.scan("one"))

    assert (alive.status_code, late.status_code, waiting(seeded)) == (401, 401, [])
    assert len(devices(seeded)) == 2


def test_the_key_is_enough_while_the_conference_is_a_draft(seeded: Hub, ended: EndedDevice) -> None:
    bring(seeded, State.DRAFT)

    stranger = ended.upload(ended.scan("one"), header="nobody.key")
    answer = ended.upload(ended.scan("one"))

    assert (stranger.status_code, answer.status_code) == (401, 200)
    assert [one.scan_id for one in waiting(seeded)] == ["one"]


def test_an_archived_conference_takes_nothing_until_it_is_brought_back(
    seeded: Hub, ended: EndedDevice
) -> None:
    bring(seeded, State.OVER, State.ARCHIVED)
    refused = ended.upload(ended.scan("one"))
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        bring_back(write)

    answer = ended.upload(ended.scan("one"))

    assert (refused.status_code, refused.get_json()["error"]["code"]) == (409, "archived")
    assert (answer.status_code, [one.scan_id for one in waiting(seeded)]) == (200, ["one"])


def test_one_device_sends_no_more_than_it_may(
    seeded: Hub, ended: EndedDevice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quarantining, "MOST_OF_A_SENDER", 2)
    ended.upload(ended.scan("one"), ended.scan("two", OTHER))

    more, again = ended.upload(ended.scan("three")), ended.upload(ended.scan("one"))

    assert (more.status_code, more.get_json()["error"]["code"], again.status_code) == (429, "too_many", 200)
    assert [one.scan_id for one in waiting(seeded)] == ["one", "two"]


def test_what_has_no_id_is_refused_in_its_place(seeded: Hub, ended: EndedDevice) -> None:
    answers = ended.upload({"gate": "main"}, {"scan_id": "long", "token": "A" * 40_000}, ended.scan("ok"))

    assert [(one["scan_id"], one["ok"]) for one in answers.get_json()["answers"]] == [
        *(("", False), ("long", False), ("ok", True))
    ]
    assert [one.scan_id for one in waiting(seeded)] == ["ok"]


@pytest.mark.parametrize("body", [{}, {"scans": []}, {"scans": ["x"]}, {"scans": [{}] * 101}])
def test_malformed_upload_is_refused(ended: EndedDevice, body: dict[str, object]) -> None:
    answer = ended.browser.post(UPLOAD, json=body, headers={"X-Upload-Key": ended.header})

    assert answer.status_code == 422


def test_a_batch_keeps_what_it_cannot_judge_and_answers_those_behind(
    seeded: Hub, staff: FlaskClient, desk: FlaskClient
) -> None:
    scan = {"scan_id": "one", "gate": "side", "token": token_of(seeded), "at": iso(seeded.now())}
    known = {"scan_id": "two", "gate": "main", "token": token_of(seeded, OTHER)}

    first, again = send(staff, scan, known), send(staff, scan, known)
    inbox = desk.get(f"{INBOX}?lang=ko").text
    overview = desk.get(f"/c/{CONF}/desk/").text

    assert [(one.get("quarantined"), one.get("verdict")) for one in first] == [
        (True, None),
        (None, "admitted"),
    ]
    assert again == first
    assert [(one.scan_id, one.why) for one in waiting(seeded)] == [("one", "not_found")]
    assert ("판정하지 못한 스캔 1건" in inbox, "체크인에서 확인할 일이 1건" in overview) == (True, True)


def test_an_id_that_was_used_for_another_scan_stops_nobody(seeded: Hub, staff: FlaskClient) -> None:
    redeem(staff, "one", token=token_of(seeded))

    answers = send(staff, {"scan_id": "one", "gate": "main", "token": token_of(seeded, OTHER)})

    assert (answers[0]["quarantined"], waiting(seeded)[0].why) == (True, "command_id_reused")


def test_malformed_decision_shows_the_inbox_again(seeded: Hub, ended: EndedDevice) -> None:
    ended.upload(ended.scan("one"))

    answer = ended.decide("looked")

    assert (answer.status_code, re.search("정문 1번", answer.text) is not None) == (422, True)
    assert len(waiting(seeded)) == 1
