"""Who drives a lane, what scripts must say, several lanes by one press, and what older acts cannot be taken back."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.access import actions as access
from conference_hub.access.model import Role
from conference_hub.core.actor import Actor
from conference_hub.core.entries import head
from conference_hub.core.stream import Stream
from conference_hub.web.hub import Hub
from tests.integration.agenda.commanding import API, done, numbers, refused, send, snapshot
from tests.integration.conftest import SignIn
from tests.model_day import CONF, FakeNow

pytestmark = pytest.mark.usefixtures("seeded")
BOTH = ["hall", "metaverse"]


@pytest.fixture
def kim(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.OPERATOR, name="김감독")


@pytest.fixture
def lee(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.OPERATOR, name="이감독")


def holder(hub: Hub, lane: str = "hall") -> Any:
    found = snapshot(hub)[f"lane/{lane}"]
    assert found is not None
    return found["holder"]


def seen(hub: Hub, stream: Stream = Stream.OPERATOR) -> int:
    with hub.database.reading() as db:
        return head(db, CONF, stream)


def award(browser: FlaskClient, name: str, award_id: str = "case-01", **body: Any) -> tuple[int, str]:
    answer = browser.post(f"{API}/awards/{award_id}/{name}", json={"command_id": f"a{next(numbers)}", **body})
    return answer.status_code, answer.get_json().get("error", {}).get("code", "")


def test_a_lane_that_somebody_drives_refuses_others_by_name(
    seeded: Hub, kim: FlaskClient, lee: FlaskClient
) -> None:
    done(kim, "run/take-control")

    status, answer = send(lee, "run/start")

    assert (status, answer["error"]["code"], answer["error"]["by"]) == (409, "held_by", "김감독")
    assert award(lee, "arm", outside="test") == (409, "held_by")
    assert refused(lee, "run/undo") == (409, "held_by")
    assert done(lee, "run/start", lane="metaverse")["fact"]["topic"] == "LaneStarted"
    assert holder(seeded)["by"] == "김감독"


def test_panic_acts_ask_no_driver(kim: FlaskClient, lee: FlaskClient) -> None:
    assert award(kim, "arm", outside="test") == (200, "")
    assert award(kim, "reveal", outside="test") == (200, "")
    done(kim, "run/take-control")

    assert done(lee, "screens/layer", lane="hall", layer="blackout")["fact"]["topic"] == "LayerChanged"
    assert award(lee, "take-back") == (200, "")


def test_a_lane_is_taken_over_from_the_one_who_is_named(
    seeded: Hub, kim: FlaskClient, lee: FlaskClient
) -> None:
    done(kim, "run/take-control")
    assert refused(kim, "run/take-control") == (409, "already_yours")
    assert refused(lee, "run/take-control") == (409, "held_by")
    assert refused(lee, "run/take-control", force="account:999") == (409, "held_by")
    assert refused(lee, "run/release-control") == (409, "not_yours")

    fact = done(lee, "run/take-control", force=holder(seeded)["actor"])["fact"]

    assert (fact["topic"], fact["body"]["holder"]) == ("ControlTaken", "김감독")
    assert holder(seeded)["by"] == "이감독"
    assert refused(kim, "run/start") == (409, "held_by")
    done(lee, "run/release-control")
    assert holder(seeded) is None
    done(kim, "run/start")


def test_the_public_never_hears_who_drives(seeded: Hub, kim: FlaskClient) -> None:
    before = seen(seeded, Stream.PUBLIC)

    done(kim, "run/take-control")

    assert "holder" not in str(snapshot(seeded, Stream.PUBLIC))
    assert seen(seeded, Stream.PUBLIC) == before


def test_a_plan_that_is_applied_leaves_the_driver(seeded: Hub, kim: FlaskClient, sign_in: SignIn) -> None:
    done(kim, "run/take-control")
    organiser = sign_in(Role.ORGANISER)
    plan = organiser.get(f"{API}/plan").get_json()
    plan["lanes"][0]["cues"][-1]["title"] = {"ko": "마지막 순서"}
    content = {name: plan[name] for name in ("segments", "lanes", "departments")}
    revision = done(organiser, "plan", revision=plan["revision"], **content)["revision"]

    done(organiser, "run/apply", revision=revision)

    assert holder(seeded)["by"] == "김감독"


def machine(hub: Hub, app: Flask, maker: Actor | None = None) -> FlaskClient:
    with hub.database.writing() as db:
        token = access.make_token(
            db,
            conf=CONF,
            role=Role.OPERATOR,
            name="Stream Deck",
            at=hub.now(),
            by=maker or Actor.system("test"),
        )
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


def test_a_script_says_on_what_its_command_rests(seeded: Hub, app: Flask) -> None:
    script = machine(seeded, app)

    assert refused(script, "run/start") == (422, "seen_required")
    assert award(script, "arm", outside="test") == (422, "seen_required")
    assert refused(script, "screens/layer", lane="hall", layer="logo") == (422, "seen_required")
    assert refused(script, "run/start", expect="opening") == (409, "stale")
    done(script, "run/start", expect="")
    assert refused(script, "run/next", expect="") == (409, "stale")
    done(script, "run/next", expect="opening")
    assert award(script, "arm", expect="armed", outside="test") == (409, "stale")
    assert award(script, "arm", expect="sealed", outside="test") == (200, "")
    done(script, "run/undo", seen=seen(seeded))


def test_a_token_of_the_driver_drives_too(seeded: Hub, app: Flask, kim: FlaskClient) -> None:
    done(kim, "run/take-control")
    actor = holder(seeded)["actor"]
    own = machine(seeded, app, Actor.stored(actor, "김감독"))
    other = machine(seeded, app, Actor.stored("account:999", "이감독"))

    assert refused(other, "run/start", expect="") == (409, "held_by")
    done(own, "run/start", expect="")


def test_several_lanes_begin_at_one_instant_or_none_does(seeded: Hub, kim: FlaskClient, now: FakeNow) -> None:
    before = snapshot(seeded)
    done(kim, "run/start", lane="metaverse")
    assert refused(kim, "run/start", lanes=BOTH) == (409, "already_running")
    assert snapshot(seeded)["lane/hall"] == before["lane/hall"]
    done(kim, "run/undo", lane="metaverse")

    done(kim, "run/start", lanes=BOTH)
    now.forward(minutes=3)
    done(kim, "run/next", lanes=BOTH)

    docs = snapshot(seeded)
    on_air = [docs[f"lane/{lane}"]["cue"] for lane in BOTH]  # type: ignore[index]
    assert len({docs[f"cue/{cue}"]["started_at"] for cue in on_air}) == 1  # type: ignore[index]
    assert refused(kim, "run/next", lanes=["hall", "hall"]) == (422, "invalid")
    assert refused(kim, "run/next", lane="hall", lanes=BOTH) == (422, "invalid")


def test_names_that_were_not_called_are_asked_about(seeded: Hub, kim: FlaskClient) -> None:
    done(kim, "run/start")
    done(kim, "run/next")
    round_1 = [
        doc
        for doc in snapshot(seeded).values()
        if doc and doc.get("cue") == "round-1-hall" and "level" in doc
    ]
    assert award(kim, "arm", round_1[0]["id"]) == (200, "")

    status, answer = send(kim, "run/next", with_left=None)

    error = answer["error"]
    assert (status, error["code"], error["count"], error["move"]) == (409, "names_left", len(round_1), True)
    assert set(error["awards"].split(",")) == {doc["id"] for doc in round_1}
    done(kim, "run/next", with_left="move")
    docs = snapshot(seeded)
    assert {(docs[f"award/{doc['id']}"]["cue"], docs[f"award/{doc['id']}"]["state"]) for doc in round_1} == {  # type: ignore[index]
        ("round-2-hall", "sealed")
    }
    done(kim, "run/undo")
    assert snapshot(seeded)[f"award/{round_1[0]['id']}"]["state"] == "armed"  # type: ignore[index]


def test_names_cannot_move_where_no_round_is_left(seeded: Hub, kim: FlaskClient) -> None:
    done(kim, "run/jump", cue="round-3-hall")

    status, answer = send(kim, "run/finish", early=True, with_left=None)

    assert (status, answer["error"]["code"], answer["error"]["move"]) == (409, "names_left", False)
    assert refused(kim, "run/finish", early=True, with_left="move") == (409, "no_round")
    done(kim, "run/finish", early=True, with_left="leave")


def test_leaving_a_round_seals_the_armed_award(seeded: Hub, kim: FlaskClient) -> None:
    done(kim, "run/start")
    assert award(kim, "arm", "case-01", outside="줄을 바꿈") == (200, "")

    done(kim, "run/next", with_left="leave")

    assert snapshot(seeded)["award/case-01"]["state"] == "sealed"  # type: ignore[index]
    assert award(kim, "reveal", "case-01", outside="test") == (409, "not_armed")


def test_a_name_is_called_in_its_round_or_with_a_reason(kim: FlaskClient) -> None:
    assert award(kim, "arm") == (409, "not_its_round")
    assert award(kim, "arm", outside="리허설에서 빠짐") == (200, "")
    assert award(kim, "reveal") == (409, "not_its_round")


def test_an_act_of_another_feature_makes_next_stale(seeded: Hub, kim: FlaskClient, lee: FlaskClient) -> None:
    done(kim, "run/start")
    known = seen(seeded)
    assert award(lee, "arm", outside="test") == (200, "")

    assert refused(kim, "run/next", seen=known) == (409, "stale")
    assert send(kim, "run/hold", seen=known)[0] == 200


def test_an_award_is_not_called_by_who_missed_that_the_lane_went_on(
    seeded: Hub, kim: FlaskClient, lee: FlaskClient
) -> None:
    done(kim, "run/start")
    known = seen(seeded)
    done(lee, "run/next")

    assert award(kim, "arm", "case-15", outside="test", seen=known) == (409, "stale")


def test_a_plan_without_a_cue_ends_the_undo_of_what_touched_it(
    seeded: Hub, kim: FlaskClient, sign_in: SignIn
) -> None:
    organiser = sign_in(Role.ORGANISER)
    done(kim, "run/start")
    done(kim, "run/skip", cue="performance")
    plan = organiser.get(f"{API}/plan").get_json()
    for lane in plan["lanes"]:
        lane["cues"] = [cue for cue in lane["cues"] if cue["id"] != "performance"]
    content = {name: plan[name] for name in ("segments", "lanes", "departments")}
    revision = done(organiser, "plan", revision=plan["revision"], **content)["revision"]

    done(organiser, "run/apply", revision=revision)

    assert snapshot(seeded)["lane/hall"]["undo"] is None  # type: ignore[index]
    assert refused(kim, "run/undo") == (409, "undo_ends_here")
    done(kim, "run/hold")
    done(kim, "run/undo")
    assert refused(kim, "run/undo") == (409, "undo_ends_here")
