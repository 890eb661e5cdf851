"""A point that only counts: lunch at two gates, through the API, with the counts of its own persons."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from conference_hub.checkin import sources
from conference_hub.cli.links import COMMAND_LINE
from conference_hub.core.entries import since
from conference_hub.core.now import iso
from conference_hub.core.stream import Stream
from conference_hub.core.text import Text
from conference_hub.gates.actions import set_gates, set_points
from conference_hub.gates.model import Gate, GateId, Point, Reentry, Window
from conference_hub.gates.store import all_gates, all_points
from conference_hub.web.hub import Hub
from tests.gates import LUNCH as LUNCH_POINT
from tests.integration.checkin.gate import presence, redeem, token_of
from tests.integration.checkin.guest_desk import change
from tests.integration.checkin.test_batch import send
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF, FakeNow

pytestmark = ON_SQLITE

LUNCH = LUNCH_POINT.id
EAST, WEST = GateId("east"), GateId("west")
UNDO = f"/api/v1/c/{CONF}/checkin/undo"


@pytest.fixture
def lunch(seeded: Hub) -> Point:
    """Lunch on two days, counted anew each day."""
    windows = tuple(
        Window(
            opens_at=seeded.now() + timedelta(days=day, minutes=-30),
            closes_at=seeded.now() + timedelta(days=day, hours=2),
        )
        for day in range(2)
    )
    point = replace(LUNCH_POINT, windows=windows)
    with seeded.journal.writing(CONF, actor=COMMAND_LINE) as write:
        set_points(write, (*all_points(write.session, CONF), point))
        gates = [
            Gate(id=gate, title=Text(ko=ko, en=en), position=9, point=LUNCH)
            for gate, ko, en in ((EAST, "동쪽 식당", "East hall"), (WEST, "서쪽 식당", "West hall"))
        ]
        set_gates(write, (*all_gates(write.session, CONF), *gates), seeded.gate_ties)
    return point


def told(hub: Hub) -> dict[str, Any]:
    """Return what the documents of gates say of counted persons; what scans told so far is what is read anew."""
    with hub.database.reading() as db:
        fresh = sources.gate_documents(db, CONF, [gate.id for gate in all_gates(db, CONF)])
        entries = since(db, CONF, Stream.STAFF, 0, 1000)
    so_far = {key: doc for entry in entries for key, doc in entry.body["docs"].items() if key in fresh}
    assert so_far == {key: fresh[key] for key in so_far}
    return {key: doc["counted"] for key, doc in fresh.items() if doc}


def test_lunch_counts_each_person_once_a_day_at_both_gates(
    seeded: Hub, staff: FlaskClient, lunch: Point, now: FakeNow
) -> None:
    first = redeem(staff, "1", token=token_of(seeded), gate=EAST)
    again = redeem(staff, "2", token=token_of(seeded), gate=WEST)
    redeem(staff, "3", token=token_of(seeded, "guest-002"), gate=WEST)
    today = told(seeded)
    now.forward(hours=24)
    tomorrow = redeem(staff, "4", token=token_of(seeded), gate=WEST)

    assert (first["verdict"], first["door"], first["may_undo"]) == ("admitted", False, True)
    assert (again["verdict"], again["door"], again["first"]["gate"], again["may_force"]) == (
        *("already_counted", False, "east"),
        True,
    )
    day, next_day = "2021-12-02", "2021-12-03"
    counted = {"total": 2, "by_day": {day: 2}}
    assert (today["gate/east"], today["gate/west"], today["gate/main"]) == (counted, counted, None)
    assert tomorrow["verdict"] == "admitted"
    assert told(seeded)["gate/east"] == {"total": 2, "by_day": {day: 2, next_day: 1}}
    assert (presence(seeded)["inside"], presence(seeded)["admitted"]) == (0, 0)


def test_what_was_counted_by_mistake_is_undone_at_all_gates(
    seeded: Hub, staff: FlaskClient, lunch: Point
) -> None:
    redeem(staff, "1", guest="guest-001", gate=EAST)
    before = told(seeded)["gate/west"]

    undone = staff.post(UNDO, json={"command_id": "undo-1", "scan_id": "1"})

    assert (before["total"], undone.status_code) == (1, 200)
    assert told(seeded)["gate/west"] == {"total": 0, "by_day": {}}
    assert redeem(staff, "2", guest="guest-001", gate=WEST)["verdict"] == "admitted"


def test_who_of_a_party_is_still_to_come_is_said_by_what_lunch_counted_that_day(
    seeded: Hub, staff: FlaskClient, lunch: Point, now: FakeNow
) -> None:
    for guest in ("guest-001", "guest-002", "guest-003"):
        change(seeded, guest, party="세종 일행")
    redeem(staff, "hall", token=token_of(seeded, "guest-002"), gate="main")

    first = redeem(staff, "1", token=token_of(seeded), gate=EAST)
    redeem(staff, "2", guest="guest-003", gate=WEST)
    again = redeem(staff, "1", token=token_of(seeded), gate=EAST)
    companions = f"/api/v1/c/{CONF}/door/companions/guest-001"
    at_lunch = staff.get(companions, query_string={"gate": EAST}).get_json()["guests"]
    at_hall = staff.get(companions).get_json()["guests"]
    now.forward(hours=24)
    tomorrow = staff.get(companions, query_string={"gate": EAST}).get_json()["guests"]

    assert [one["inside"] for one in first["person"]["party"]["others"]] == [False, False]
    assert {one["guest"]: one["inside"] for one in again["person"]["party"]["others"]} == {
        "guest-002": False,
        "guest-003": True,
    }
    assert [
        sorted(one["guest"] for one in found if one["inside"]) for found in (at_lunch, at_hall, tomorrow)
    ] == [["guest-001", "guest-003"], ["guest-002"], []]


def test_a_party_counted_in_one_batch_is_told_as_it_goes_on(
    seeded: Hub, staff: FlaskClient, lunch: Point
) -> None:
    for guest in ("guest-001", "guest-002"):
        change(seeded, guest, party="세종 일행")

    answers = send(
        staff,
        {"scan_id": "1", "gate": EAST, "token": token_of(seeded), "at": iso(seeded.now())},
        {"scan_id": "2", "gate": EAST, "guest": "guest-002", "at": iso(seeded.now())},
    )

    assert [one["person"]["party"]["others"][0]["inside"] for one in answers] == [False, True]


def test_unknown_gate_is_no_place_to_ask_for_companions(
    seeded: Hub, staff: FlaskClient, lunch: Point
) -> None:
    answer = staff.get(f"/api/v1/c/{CONF}/door/companions/guest-001", query_string={"gate": "nowhere"})

    assert answer.status_code == 404


def test_a_scan_outside_the_hours_of_lunch_counts_nobody(
    seeded: Hub, staff: FlaskClient, lunch: Point, now: FakeNow
) -> None:
    now.forward(hours=5)

    answer = redeem(staff, "1", token=token_of(seeded), gate=EAST)

    assert (answer["verdict"], answer["details"]["opens_at"]) == (
        "not_yet_open",
        iso(lunch.windows[1].opens_at),
    )
    assert told(seeded)["gate/east"] == {"total": 0, "by_day": {}}


def test_who_went_out_of_a_door_that_lets_in_once_is_told_when(
    seeded: Hub, staff: FlaskClient, now: FakeNow
) -> None:
    with seeded.journal.writing(CONF, actor=COMMAND_LINE) as write:
        points = all_points(write.session, CONF)
        set_points(write, [replace(point, reentry=Reentry.ONCE) for point in points])
    redeem(staff, "in", token=token_of(seeded))
    inside = redeem(staff, "twice", token=token_of(seeded))
    now.forward(minutes=10)
    left = redeem(staff, "out", token=token_of(seeded), direction="out")
    now.forward(minutes=10)

    back = redeem(staff, "back", token=token_of(seeded))

    assert (left["verdict"], left["details"]) == ("left", {"reentry": "once"})
    assert (inside["verdict"], inside.get("details")) == ("already_inside", None)
    out = iso(seeded.now() - timedelta(minutes=10))
    assert (back["verdict"], back["details"]) == ("already_inside", {"reentry": "once", "left_at": out})
