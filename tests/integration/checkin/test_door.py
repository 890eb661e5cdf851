"""The door beside scans: walk-ins, companions, new badges, seats."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.checkin import store
from conference_hub.core.actor import Actor
from conference_hub.core.entries import since
from conference_hub.core.stream import Stream
from conference_hub.core.text import Text
from conference_hub.people import notices
from conference_hub.people import store as people
from conference_hub.people.model import Mode
from conference_hub.registration import actions as registering
from conference_hub.registration import setup_store
from conference_hub.registration.actions import Application
from conference_hub.registration.model import Opening, Person
from conference_hub.registration.moving import Around
from conference_hub.web.hub import Capacity, Hub
from tests.integration.checkin.gate import redeem, token_of
from tests.integration.conftest import SignIn
from tests.integration.gates.test_devices import invited, paired
from tests.model_day import CONF, FakeNow

DOOR = f"/api/v1/c/{CONF}/door"
GUEST = "guest-001"
HOST = "천안고용센터"


def walk_in(staff: FlaskClient, number: str = "walk-in-1", **body: Any) -> dict[str, Any]:
    answer = staff.post(f"{DOOR}/walk-in", json={"command_id": number, "name": "나현장", **body})
    answered: dict[str, Any] = answer.get_json()
    return answered


def code_of(answer: dict[str, Any]) -> str:
    code: str = answer["error"]["code"]
    return code


def people_count(hub: Hub) -> int:
    with hub.database.reading() as db:
        return len(people.numbers(db, CONF))


def test_walk_in_is_on_the_list_with_a_badge_and_is_let_in_by_it(seeded: Hub, staff: FlaskClient) -> None:
    answer = walk_in(staff, organisation=" 새 기관 ", group="staff")

    person = {name: answer["person"][name] for name in ("name", "organisation", "group", "mode", "seat")}
    assert person == {
        "name": {"ko": "나현장", "en": "나현장"},
        "organisation": "새 기관",
        "group": {"id": "staff", "label": {"ko": "운영진", "en": "Event staff"}},
        "mode": {"id": "onsite", "label": {"ko": "현장", "en": "On site"}},
        "seat": None,
    }
    assert redeem(staff, "scan-1", token=token_of(seeded, answer["guest"]))["verdict"] == "admitted"
    with seeded.database.reading() as db:
        assert people.last_change(db, CONF, answer["guest"])[1] == "접수 1"
        entries = [
            one for one in since(db, CONF, Stream.OPERATOR, 0, 1000) if one.topic == "WalkInRegistered"
        ]
    said = [{name: one.body[name] for name in ("by", "guest", "over", "notice")} for one in entries]
    assert said == [{"by": "접수 1", "guest": answer["guest"], "over": [], "notice": None}]


def test_repeated_walk_in_is_registered_once(seeded: Hub, staff: FlaskClient) -> None:
    before = people_count(seeded)

    assert walk_in(staff) == walk_in(staff)
    assert people_count(seeded) == before + 1


def test_walk_in_of_a_known_name_and_organisation_is_asked_about(seeded: Hub, staff: FlaskClient) -> None:
    before = people_count(seeded)
    known = {"name": "석용주", "organisation": HOST}

    assert code_of(walk_in(staff, **known)) == "already_listed"
    assert people_count(seeded) == before
    assert "person" in walk_in(staff, "walk-in-2", **known, over=["already_listed"])
    assert "person" in walk_in(staff, "walk-in-3", name="석용주", organisation="다른 기관")


def set_up(hub: Hub, **settings: Any) -> None:
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        setup = setup_store.setup_of(write.session, CONF)
        setup_store.save_setup(
            write.session, CONF, replace(setup, settings=replace(setup.settings, **settings))
        )


def capacity(hub: Hub) -> Capacity | None:
    with hub.database.reading() as db:
        return hub.capacity(db, CONF, Mode.ONSITE)


def wait_for_a_place(hub: Hub) -> None:
    """Put somebody on the waiting list, by the form that everybody fills in."""
    person = Person(
        name="대기자", address="waiting@example.org", organisation=None, mode=Mode.ONSITE, language="ko"
    )
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        around = Around(link=lambda _one: "https://hub.example.org/")
        registering.register(write, Application(person=person, answers={}), around)


def test_walk_in_takes_a_place_of_registration_until_they_are_removed(
    seeded: Hub, staff: FlaskClient, desk: FlaskClient
) -> None:
    set_up(seeded, capacity={Mode.ONSITE: 2, Mode.ONLINE: None})

    guest = walk_in(staff)["guest"]

    assert capacity(seeded) == Capacity(most=2, taken=1, waiting=0)
    assert "현장 등록 1명 포함" in desk.get(f"/c/{CONF}/desk/registration?lang=ko").text
    desk.post(f"/c/{CONF}/desk/people/{guest}/remove")
    assert capacity(seeded) == Capacity(most=2, taken=0, waiting=0)


def test_walk_in_beyond_the_places_is_registered_with_a_reason_only(
    seeded: Hub, staff: FlaskClient, desk: FlaskClient
) -> None:
    set_up(seeded, capacity={Mode.ONSITE: 1})
    walk_in(staff)
    before = people_count(seeded)

    refused = walk_in(staff, "walk-in-2", name="둘째")
    unexplained = walk_in(staff, "walk-in-3", name="둘째", over=["full"])

    assert code_of(refused) == "full"
    assert refused["error"]["message"] == "현장 정원 1명이 모두 찼습니다. 지금 1명입니다."
    assert (code_of(unexplained), unexplained["error"]["field"]) == ("invalid", "note")
    assert people_count(seeded) == before
    guest = walk_in(staff, "walk-in-4", name="둘째", over=["full"], note="초청 강연자 <수행원>")["guest"]
    assert capacity(seeded) == Capacity(most=1, taken=2, waiting=0)
    page = desk.get(f"/c/{CONF}/desk/people/{guest}?lang=ko").text
    assert "정원을 넘겨 등록했습니다." in page
    assert "초청 강연자 &lt;수행원&gt;" in page
    assert "접수 1" in page


def test_walk_in_does_not_overtake_who_waits_for_a_place_unnoticed(seeded: Hub, staff: FlaskClient) -> None:
    set_up(seeded, opening=Opening.OPEN, capacity={Mode.ONSITE: 0})
    wait_for_a_place(seeded)
    set_up(seeded, capacity={Mode.ONSITE: 1})

    refused = walk_in(staff)

    assert code_of(refused) == "full"
    assert refused["error"]["message"] == "현장 정원 1명 중 0명이 찼고, 대기자 1명이 먼저입니다."
    set_up(seeded, capacity={Mode.ONSITE: 2})
    assert "person" in walk_in(staff, "walk-in-2")


def test_notice_that_a_walk_in_was_shown_is_kept_with_them(
    seeded: Hub, staff: FlaskClient, desk: FlaskClient, sign_in: SignIn
) -> None:
    set_up(seeded, notice=Text(ko="행사 뒤 6개월간 보관합니다."), notice_version=3)

    told = walk_in(staff, notice=3)["guest"]
    later = walk_in(staff, "walk-in-2", name="둘째", notice=9)["guest"]
    untold = walk_in(staff, "walk-in-3", name="셋째")["guest"]

    def shown(guest: str) -> tuple[int, str] | None:
        with seeded.database.reading() as db:
            found = notices.last_shown(db, CONF, guest)
        return (found.version, found.by.label) if found else None

    assert [shown(one) for one in (told, later, untold)] == [(3, "접수 1"), (3, "접수 1"), None]
    assert "처리 안내 버전 3을 보았습니다." in desk.get(f"/c/{CONF}/desk/people/{told}?lang=ko").text
    asked = [
        "읽었습니다" in sign_in(Role.ATTENDEE, guest_id=one).get(f"/c/{CONF}/me?lang=ko").text
        for one in (told, untold)
    ]
    assert asked == [False, True]


def test_gate_says_what_walk_ins_are_told(seeded: Hub, staff: FlaskClient) -> None:
    set_up(seeded, notice=Text(ko="<행사> 뒤 6개월간 보관합니다."), notice_version=2)

    page = staff.get("/checkin/?lang=ko").text
    found = re.search(r'<script type="application/json" id="page-data">(.*?)</script>', page)

    assert found is not None
    assert json.loads(found[1])["notice"] == {
        "version": 2,
        "words": "<행사> 뒤 6개월간 보관합니다.",
        "until": "2022년 6월 2일 (목)",
    }


@pytest.mark.parametrize(
    "body",
    [
        {"name": " "},
        {"group": "nothing"},
        {"over": ["cancelled"]},
        {"organisation": 1},
        {"notice": -1},
        {"note": 1},
    ],
)
def test_walk_in_rejects_malformed_body(seeded: Hub, staff: FlaskClient, body: dict[str, Any]) -> None:
    before = people_count(seeded)

    assert code_of(walk_in(staff, **body)) == "invalid"
    assert people_count(seeded) == before


def test_new_badge_takes_the_place_of_the_one_before_and_is_shown_for_a_while(
    seeded: Hub, staff: FlaskClient, now: FakeNow
) -> None:
    before, page = token_of(seeded), f"/c/{CONF}/door/badges/{GUEST}"
    now.forward(minutes=16)
    assert [staff.get(f"{page}{end}").status_code for end in ("", ".svg")] == [404, 404]

    answer = staff.post(f"{DOOR}/badge", json={"command_id": "badge-1", "guest": GUEST}).get_json()

    assert answer["guest"] == answer["person"]["guest"] == GUEST
    assert redeem(staff, "old", token=before)["verdict"] == "revoked"
    assert "<svg" in staff.get(page).text
    assert staff.get(f"{page}.svg").mimetype == "image/svg+xml"
    now.forward(minutes=16)
    assert [staff.get(f"{page}{end}").status_code for end in ("", ".svg")] == [404, 404]


def test_only_the_sheet_of_one_badge_stands_in_a_frame_of_the_gate(seeded: Hub, staff: FlaskClient) -> None:
    staff.post(f"{DOOR}/badge", json={"command_id": "new", "guest": GUEST})

    policies = {
        path: staff.get(path).headers["Content-Security-Policy"]
        for path in (f"/c/{CONF}/door/badges/{GUEST}", f"/checkin/?conf={CONF}")
    }

    ancestors = [policy.partition("frame-ancestors ")[2] for policy in policies.values()]
    assert ancestors == ["'self'", "'none'"]
    assert "frame-src 'self'" in policies[f"/checkin/?conf={CONF}"]


def test_seat_is_changed_once_nobody_else_has_it(seeded: Hub, staff: FlaskClient) -> None:
    def seat(number: str, **body: Any) -> dict[str, Any]:
        answered = staff.post(f"{DOOR}/seat", json={"command_id": number, "guest": GUEST, **body})
        result: dict[str, Any] = answered.get_json()
        return result

    with seeded.database.reading() as db:
        taken = next(one.seat for one in people.all_guests(db, CONF) if one.seat and one.id != GUEST)

    assert code_of(seat("1", seat=taken, before="D-08")) == "seat_taken"
    assert code_of(seat("2", seat="Z-01", before="C-01")) == "changed_since"
    assert seat("3", seat="Z-01", before="D-08")["person"]["seat"] == "Z-01"
    assert seat("4", seat=None, before="Z-01")["person"]["seat"] is None
    assert (
        staff.post(f"{DOOR}/seat", json={"command_id": "5", "guest": "nobody", "seat": "A"}).status_code
        == 404
    )


def test_companions_are_the_guests_of_the_hall_from_one_organisation(seeded: Hub, staff: FlaskClient) -> None:
    walk_in(staff, organisation=HOST)
    found = staff.get(f"{DOOR}/companions/{GUEST}").get_json()["guests"]

    assert found[0]["guest"] == GUEST
    assert {one["organisation"] for one in found} == {HOST}
    assert {one["mode"]["id"] for one in found} == {"onsite"}
    assert "나현장" in {one["name"]["ko"] for one in found}
    redeem(staff, "scan-1", guest=GUEST)
    assert staff.get(f"{DOOR}/companions/{GUEST}").get_json()["guests"][0]["place"] == "hall"


def test_somebody_without_organisation_comes_alone(staff: FlaskClient) -> None:
    guest = walk_in(staff)["guest"]

    found = staff.get(f"{DOOR}/companions/{guest}").get_json()["guests"]

    assert [one["guest"] for one in found] == [guest]
    assert staff.get(f"{DOOR}/companions/nobody").status_code == 404


def test_emcees_register_nobody(seeded: Hub, sign_in: SignIn) -> None:
    before = people_count(seeded)

    answer = sign_in(Role.EMCEE).post(f"{DOOR}/walk-in", json={"command_id": "1", "name": "나현장"})

    assert (answer.status_code, people_count(seeded)) == (403, before)


def test_badge_of_a_walk_in_is_valid(seeded: Hub, staff: FlaskClient) -> None:
    guest = walk_in(staff)["guest"]

    with seeded.database.reading() as db:
        badge = store.find_valid_badge(db, CONF, guest)
    assert badge is not None
    assert "나현장" in staff.get(f"/c/{CONF}/door/badges/{guest}").text


def test_a_device_that_only_scans_does_nothing_of_it(
    seeded: Hub, app: Flask, desk: FlaskClient, staff: FlaskClient
) -> None:
    desk.get(f"/c/{CONF}/desk/gates/devices?lang=ko")
    device = app.test_client()
    paired(device, invited(desk, scan_only="on"))
    staff.post(f"{DOOR}/badge", json={"command_id": "badge-1", "guest": GUEST})
    before = people_count(seeded)

    answers = [
        device.post(f"{DOOR}/walk-in", json={"command_id": "1", "name": "나현장"}),
        device.post(f"{DOOR}/badge", json={"command_id": "2", "guest": GUEST}),
        device.post(f"{DOOR}/seat", json={"command_id": "3", "guest": GUEST, "seat": "Z-01"}),
        device.get(f"{DOOR}/companions/{GUEST}"),
    ]

    assert [(one.status_code, code_of(one.get_json())) for one in answers] == [(403, "scan_only")] * 4
    assert [device.get(f"/c/{CONF}/door/badges/{GUEST}{end}").status_code for end in ("", ".svg")] == [
        403,
        403,
    ]
    assert people_count(seeded) == before
