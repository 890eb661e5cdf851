"""Somebody with a metaverse badge comes to the hall: admitted in one step, and their award is called there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.agenda.store import working_plan
from conference_hub.awards.preparation import place
from conference_hub.awards.prepared import load_prepared
from conference_hub.awards.preparing import prepare
from conference_hub.awards.to_hall import Stages, places_in_hall
from conference_hub.checkin.actions import switch_mode
from conference_hub.checkin.scans import get_scan
from conference_hub.core.actor import Actor
from conference_hub.core.errors import Refused
from conference_hub.core.stream import Stream
from conference_hub.people.model import Mode
from conference_hub.people.store import get_guest
from conference_hub.web.hub import Hub
from tests.integration.checkin.gate import presence, redeem, token_of, topics
from tests.integration.conftest import SignIn
from tests.law import holds_over
from tests.model_day import CONF

FROM_AFAR, AWARD = "guest-033", "commend-07"
"""Called as the third of the metaverse's second round."""
BEFORE, AFTER = ("metaverse", "round-2-metaverse", 3), ("hall", "round-2-hall", 26)
SWITCH = {"force": True, "over": ["mode_mismatch"], "why": "switched", "switch": True}


def called(hub: Hub, award_id: str = AWARD) -> tuple[str, str, int]:
    with hub.database.reading() as db:
        award = load_prepared(db, CONF).award(award_id)
    return award.lane_id, award.cue_id, award.call_order


def mode(hub: Hub, guest_id: str = FROM_AFAR) -> Mode:
    with hub.database.reading() as db:
        return get_guest(db, CONF, guest_id).mode


def documents(hub: Hub, stream: Stream) -> Mapping[str, Any]:
    with hub.database.reading() as db:
        return hub.snapshot(db, CONF, stream)


def at_the_door(hub: Hub, staff: FlaskClient, **body: object) -> dict[str, Any]:
    return redeem(staff, f"scan-{len(topics(hub))}", token=token_of(hub, FROM_AFAR), **body)


def undo(staff: FlaskClient, scan_id: str) -> dict[str, Any]:
    answer = staff.post(
        f"/api/v1/c/{CONF}/checkin/undo", json={"command_id": f"undo {scan_id}", "scan_id": scan_id}
    )
    assert answer.status_code == 200, answer.text
    result: dict[str, Any] = answer.get_json()
    return result


def written(hub: Hub, change: Callable[..., object]) -> None:
    with hub.journal.writing(CONF, actor=Actor.system("주최자")) as write:
        change(write)


def arm(sign_in: SignIn) -> None:
    operator = sign_in(Role.OPERATOR, name="진행")
    answer = operator.post(
        f"/api/v1/c/{CONF}/awards/{AWARD}/arm", json={"command_id": "arm", "outside": "test"}
    )
    assert answer.status_code == 200, answer.text


def test_recipient_is_admitted_and_called_in_the_hall(seeded: Hub, staff: FlaskClient) -> None:
    refused = at_the_door(seeded, staff)
    told = len(topics(seeded))
    answer = at_the_door(seeded, staff, **SWITCH)

    assert (refused["verdict"], refused["may_switch"]) == ("mode_mismatch", True)
    assert (answer["verdict"], answer["forced"], answer["may_switch"]) == ("admitted", True, False)
    assert answer["person"]["mode"]["id"] == "onsite"
    assert [call["lane"]["en"] for call in answer["person"]["calls"]] == ["Hall"]
    assert mode(seeded) is Mode.ONSITE
    assert called(seeded) == AFTER
    assert called(seeded, "commend-08") == ("metaverse", "round-2-metaverse", 3)
    assert topics(seeded)[told:] == ["AwardsPrepared", "ModeSwitched", "GuestAdmitted"]
    assert presence(seeded)["inside"] == 1


def test_backstage_sees_the_name_in_the_line_up_of_the_hall(seeded: Hub, staff: FlaskClient) -> None:
    at_the_door(seeded, staff, **SWITCH)

    docs = documents(seeded, Stream.SEALED)
    award = docs[f"award/{AWARD}"]
    assert (award["lane"], award["cue"], award["order"]) == AFTER
    assert AWARD not in str(documents(seeded, Stream.STAFF))


def test_who_receives_nothing_only_takes_part_in_another_way(seeded: Hub, staff: FlaskClient) -> None:
    written(seeded, lambda write: switch_mode(write, "guest-088", Mode.ONLINE))
    token = token_of(seeded, "guest-088")

    refused = redeem(staff, "first", token=token)
    answer = redeem(staff, "second", token=token, **SWITCH)

    assert (refused["may_switch"], answer["verdict"]) == (True, "admitted")
    assert mode(seeded, "guest-088") is Mode.ONSITE
    assert topics(seeded)[-2:] == ["ModeSwitched", "GuestAdmitted"]


def test_overruling_alone_changes_neither_the_way_nor_the_lane(seeded: Hub, staff: FlaskClient) -> None:
    answer = at_the_door(seeded, staff, force=True, over=["mode_mismatch"], why="vip")

    assert (answer["verdict"], mode(seeded), called(seeded)) == ("admitted", Mode.METAVERSE, BEFORE)


def test_a_switch_without_overruling_is_malformed(seeded: Hub, staff: FlaskClient) -> None:
    body = {"scan_id": "s", "gate": "main", "token": token_of(seeded, FROM_AFAR), "switch": True}
    answer = staff.post(f"/api/v1/c/{CONF}/checkin/redeem", json=body)

    assert (answer.status_code, answer.get_json()["error"]["field"]) == (422, "switch")


def test_an_award_that_is_ready_to_be_revealed_stays_with_its_guest(
    seeded: Hub, staff: FlaskClient, sign_in: SignIn
) -> None:
    arm(sign_in)
    refused = at_the_door(seeded, staff)
    body = {"scan_id": "s", "gate": "main", "token": token_of(seeded, FROM_AFAR), **SWITCH}
    answer = staff.post(f"/api/v1/c/{CONF}/checkin/redeem", json=body)

    assert (refused["verdict"], refused["may_force"], refused["may_switch"]) == ("mode_mismatch", True, False)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "cannot_switch")
    assert (mode(seeded), called(seeded), presence(seeded)["inside"]) == (Mode.METAVERSE, BEFORE, 0)


def test_a_closed_door_is_told_before_anything_is_switched(seeded: Hub, staff: FlaskClient, now: Any) -> None:
    now.forward(days=-1)
    refused = at_the_door(seeded, staff)
    answer = at_the_door(seeded, staff, **SWITCH)

    assert (refused["verdict"], refused["may_switch"]) == ("mode_mismatch", False)
    assert (answer["verdict"], mode(seeded), called(seeded)) == ("not_yet_open", Mode.METAVERSE, BEFORE)


def test_undo_puts_the_guest_and_their_award_back(seeded: Hub, staff: FlaskClient) -> None:
    admitted = at_the_door(seeded, staff, **SWITCH)
    undone = undo(staff, admitted["scan_id"])

    assert (undone["undone"], undone["place"], undone["switched"]) == (True, None, "back")
    assert (mode(seeded), called(seeded)) == (Mode.METAVERSE, BEFORE)
    assert called(seeded, "commend-08") == ("metaverse", "round-2-metaverse", 4)
    assert presence(seeded)["inside"] == 0


def test_undo_leaves_what_was_changed_since(seeded: Hub, staff: FlaskClient) -> None:
    admitted = at_the_door(seeded, staff, **SWITCH)
    written(
        seeded,
        lambda write: prepare(write, lambda now: place(now, [AWARD], "round-3-hall", "hall")),
    )
    undone = undo(staff, admitted["scan_id"])

    assert undone["switched"] == "kept"
    assert (mode(seeded), called(seeded)[:2]) == (Mode.ONSITE, ("hall", "round-3-hall"))


def test_it_is_said_why_an_award_cannot_be_called_in_the_hall(seeded: Hub) -> None:
    with seeded.database.reading() as db:
        prepared, plan = load_prepared(db, CONF), working_plan(db, CONF)

    with pytest.raises(Refused, match="남은 시상 순서가 없어") as refused:
        places_in_hall(prepared, Stages(plan=plan, open={}), FROM_AFAR)

    assert refused.value.code == "cannot_switch"


def test_undo_of_another_admission_says_nothing_of_a_switch(seeded: Hub, staff: FlaskClient) -> None:
    redeem(staff, "in", token=token_of(seeded))

    assert "switched" not in undo(staff, "in")


def test_the_law_holds_when_somebody_comes_to_the_hall(seeded: Hub, staff: FlaskClient) -> None:
    steps: list[Callable[[], object]] = [
        partial(redeem, staff, "in", token=token_of(seeded, FROM_AFAR), **SWITCH),
        partial(undo, staff, "in"),
        partial(redeem, staff, "in again", token=token_of(seeded, FROM_AFAR), **SWITCH),
    ]

    assert holds_over(seeded, CONF, steps)
    with seeded.database.reading() as db:
        assert get_scan(db, CONF, "in again").switched is not None
