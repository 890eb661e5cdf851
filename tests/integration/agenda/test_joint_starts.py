"""Rounds of two lanes that start together: who waits, who takes whom along, and what undo leaves of it."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.core.stream import Stream
from conference_hub.web.hub import Hub
from tests.integration.agenda.commanding import API, done, refused, send, snapshot
from tests.integration.conftest import SignIn
from tests.law import Watch
from tests.model_day import CONF, FakeNow

ROUNDS = {"round-2-hall": "②", "round-2-metaverse": "②", "round-3-hall": "③", "round-3-metaverse": "③"}


@pytest.fixture
def organiser(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    """An organiser of the model day, whose rounds of both lanes start together."""
    del seeded
    browser = sign_in(Role.ORGANISER, name="김기획")
    apply(browser, ROUNDS)
    return browser


def apply(browser: FlaskClient, points: dict[str, str]) -> None:
    """Let the live run follow a plan whose cues have these sync points."""
    plan = browser.get(f"{API}/plan").get_json()
    edits = [
        {"op": "put_cue", "lane": lane["id"], "cue": {**cue, "sync": points.get(cue["id"])}}
        for lane in plan["lanes"]
        for cue in lane["cues"]
    ]
    revision = done(browser, "plan/edit", revision=plan["revision"], edits=edits)["revision"]
    done(browser, "run/apply", revision=revision)


def go(browser: FlaskClient, command: str, **body: Any) -> None:
    done(browser, f"run/{command}", **body)


def in_round_1(browser: FlaskClient) -> None:
    go(browser, "start", lane="hall")
    go(browser, "next", lane="hall")


def make_ready(browser: FlaskClient, left: str = "leave") -> None:
    """Make the hall ready for its second round, and say what becomes of the names of its first one."""
    go(browser, "next", lane="hall", with_left=left)


def start_metaverse(browser: FlaskClient) -> None:
    """Start the metaverse, which takes the hall along."""
    go(browser, "start", lane="metaverse")


def standing(hub: Hub) -> list[tuple[Any, ...]]:
    """Give of each lane what is on air, since when it is ready, and what is on standby."""
    docs = snapshot(hub, Stream.PUBLIC)
    lanes = (docs[f"lane/{lane}"] or {} for lane in ("hall", "metaverse"))
    return [(lane["cue"], lane["ready_since"], lane["standby"]) for lane in lanes]


def started(hub: Hub, *cues: str) -> list[Any]:
    docs = snapshot(hub, Stream.PUBLIC)
    return [(docs[f"cue/{cue}"] or {})["started_at"] for cue in cues]


def test_first_lane_is_ready_and_the_last_one_starts_both_at_one_instant(
    organiser: FlaskClient, seeded: Hub, now: FakeNow
) -> None:
    watch = Watch(seeded, CONF)
    in_round_1(organiser)
    now.forward(minutes=5)
    make_ready(organiser)
    assert standing(seeded) == [("round-1-hall", "2021-12-02T00:05:00.000Z", None), (None, None, None)]

    now.forward(seconds=40)
    start_metaverse(organiser)

    assert standing(seeded) == [("round-2-hall", None, None), ("round-2-metaverse", None, None)]
    assert started(seeded, "round-2-hall", "round-2-metaverse") == ["2021-12-02T00:05:40.000Z"] * 2
    watch.look()


def test_ready_lane_is_refused_with_whom_it_waits_for_and_starts_alone_by_force(
    organiser: FlaskClient, seeded: Hub
) -> None:
    in_round_1(organiser)
    make_ready(organiser)

    status, answer = send(organiser, "run/next", lane="hall")
    error = answer["error"]
    assert (status, error["code"], error["lane"], error["lanes"]) == (
        409,
        "waiting_for_lanes",
        "hall",
        "metaverse",
    )
    go(organiser, "next", lane="hall", force=True, with_left=None)

    assert standing(seeded) == [("round-2-hall", None, None), (None, None, None)]
    start_metaverse(organiser)
    assert standing(seeded)[1] == ("round-2-metaverse", None, None)


def test_jump_to_a_joint_cue_waits_too(organiser: FlaskClient, seeded: Hub, now: FakeNow) -> None:
    go(organiser, "start", lane="hall")
    go(organiser, "jump", lane="hall", cue="round-2-hall")
    ready = "2021-12-02T00:00:00.000Z"
    assert standing(seeded)[0] == ("opening", ready, "round-2-hall")
    assert refused(organiser, "run/jump", lane="hall", cue="round-2-hall") == (409, "waiting_for_lanes")

    now.forward(minutes=1)
    go(organiser, "jump", lane="metaverse", cue="round-2-metaverse")

    assert standing(seeded) == [("round-2-hall", None, None), ("round-2-metaverse", None, None)]


@pytest.mark.parametrize(
    ("command", "body"),
    [
        ("hold", {}),
        ("arm", {"cue": "performance"}),
        ("jump", {"cue": "opening"}),
        ("restart", {}),
        ("finish", {"early": True}),
        ("undo", {}),
    ],
)
def test_ready_ends_by_another_act_and_nobody_takes_the_lane_along(
    organiser: FlaskClient, seeded: Hub, command: str, body: dict[str, Any]
) -> None:
    watch = Watch(seeded, CONF)
    in_round_1(organiser)
    make_ready(organiser)

    go(organiser, command, lane="hall", **body)
    start_metaverse(organiser)

    assert standing(seeded)[0][1] is None
    assert started(seeded, "round-2-hall") == [None]
    watch.look()


def names_of(hub: Hub, cue: str) -> list[str]:
    """Return the awards of a round in calling order."""
    docs = {key: doc for key, doc in snapshot(hub).items() if doc and key.startswith("award/")}
    awards = [doc for doc in docs.values() if doc["cue"] == cue]
    return [award["id"] for award in sorted(awards, key=lambda award: int(award["order"]))]


def begin_group(browser: FlaskClient, hub: Hub) -> None:
    """Begin a group by key: those of the first round that are of the level of its first name."""
    levels = {name: (snapshot(hub)[f"award/{name}"] or {})["level"] for name in names_of(hub, "round-1-hall")}
    first, *_ = levels.values()
    own = [name for name, level in levels.items() if level == first]
    done(browser, "awards/group", lane="hall", awards=own, pace_s=None)


def test_lane_that_arms_a_name_is_ready_no_longer_and_undo_does_not_make_it_so(
    organiser: FlaskClient, seeded: Hub
) -> None:
    watch = Watch(seeded, CONF)
    in_round_1(organiser)
    make_ready(organiser)

    done(organiser, f"awards/{names_of(seeded, 'round-1-hall')[0]}/arm")
    assert standing(seeded)[0] == ("round-1-hall", None, None)
    watch.look()
    go(organiser, "undo", lane="hall")
    start_metaverse(organiser)

    assert [cue for cue, *_ in standing(seeded)] == ["round-1-hall", None]
    assert (snapshot(seeded)["lane/hall"] or {})["undo"]["topic"] == "CueStarted"
    watch.look()


def test_lane_that_reveals_a_name_is_ready_no_longer(organiser: FlaskClient, seeded: Hub) -> None:
    in_round_1(organiser)
    first = names_of(seeded, "round-1-hall")[0]
    done(organiser, f"awards/{first}/arm")
    make_ready(organiser)

    done(organiser, f"awards/{first}/reveal")

    assert standing(seeded)[0] == ("round-1-hall", None, None)


@pytest.mark.parametrize("act", ["done", "absent"])
def test_lane_stays_ready_while_those_who_were_called_leave_the_stage(
    organiser: FlaskClient, seeded: Hub, act: str
) -> None:
    in_round_1(organiser)
    first, second = names_of(seeded, "round-1-hall")[:2]
    done(organiser, f"awards/{first}/arm")
    done(organiser, f"awards/{first}/reveal")
    make_ready(organiser)

    done(organiser, f"awards/{first if act == 'done' else second}/{act}")

    assert standing(seeded)[0][1] is not None


def test_lane_that_begins_a_group_is_ready_no_longer(organiser: FlaskClient, seeded: Hub) -> None:
    watch = Watch(seeded, CONF)
    in_round_1(organiser)
    make_ready(organiser)

    begin_group(organiser, seeded)

    assert standing(seeded)[0] == ("round-1-hall", None, None)
    assert (snapshot(seeded)["lane/hall"] or {})["undo"]["topic"] == "CueStarted"
    watch.look()


def test_next_name_of_a_group_ends_readiness(organiser: FlaskClient, seeded: Hub) -> None:
    in_round_1(organiser)
    begin_group(organiser, seeded)
    make_ready(organiser)
    assert standing(seeded)[0][1] is not None

    done(organiser, "awards/group/next", lane="hall")

    assert standing(seeded)[0] == ("round-1-hall", None, None)


def test_undo_takes_back_that_a_lane_is_ready_and_nothing_else(organiser: FlaskClient, seeded: Hub) -> None:
    in_round_1(organiser)
    before = snapshot(seeded)["lane/hall"] or {}
    make_ready(organiser)

    go(organiser, "undo", lane="hall")

    assert (snapshot(seeded)["lane/hall"] or {}) == before
    assert refused(organiser, "run/redo", lane="hall") == (409, "nothing_to_redo")


def test_undo_of_a_joint_start_is_of_one_lane_whose_next_waits_for_nobody(
    organiser: FlaskClient, seeded: Hub, now: FakeNow
) -> None:
    watch = Watch(seeded, CONF)
    in_round_1(organiser)
    make_ready(organiser)
    start_metaverse(organiser)

    go(organiser, "undo", lane="hall")
    assert standing(seeded) == [("round-1-hall", None, None), ("round-2-metaverse", None, None)]
    go(organiser, "redo", lane="hall")
    assert standing(seeded)[0] == ("round-2-hall", None, None)
    go(organiser, "undo", lane="hall")
    now.forward(minutes=1)
    go(organiser, "next", lane="hall", with_left="leave")

    assert standing(seeded) == [("round-2-hall", None, None), ("round-2-metaverse", None, None)]
    watch.look()


def test_joint_start_is_never_before_what_happened_in_either_lane(
    organiser: FlaskClient, seeded: Hub, now: FakeNow
) -> None:
    in_round_1(organiser)
    make_ready(organiser)
    now.forward(minutes=-5)

    start_metaverse(organiser)

    assert started(seeded, "round-2-hall", "round-2-metaverse") == ["2021-12-02T00:00:00.000Z"] * 2


def test_lane_that_becomes_ready_is_asked_about_its_names(organiser: FlaskClient, seeded: Hub) -> None:
    in_round_1(organiser)
    before = standing(seeded)

    status, answer = send(organiser, "run/next", lane="hall", with_left=None)

    error = answer["error"]
    assert (status, error["code"], error["lane"], error["move"]) == (409, "names_left", "hall", True)
    assert error["awards"].split(",") == names_of(seeded, "round-1-hall")
    assert standing(seeded) == before


@pytest.mark.parametrize(
    ("left", "cue"), [("leave", "round-1-hall"), ("move", "round-2-hall")], ids=["leave", "move"]
)
def test_what_a_ready_lane_said_of_its_names_holds_when_another_one_starts_it(
    organiser: FlaskClient, seeded: Hub, left: str, cue: str
) -> None:
    watch = Watch(seeded, CONF)
    in_round_1(organiser)
    names, later = names_of(seeded, "round-1-hall"), names_of(seeded, "round-2-hall")
    make_ready(organiser, left)

    go(organiser, "start", lane="metaverse", with_left="move" if left == "leave" else "leave")

    assert standing(seeded) == [("round-2-hall", None, None), ("round-2-metaverse", None, None)]
    assert names_of(seeded, cue) == (names if left == "leave" else [*later, *names])
    watch.look()


def test_either_lane_may_be_the_first_and_each_says_what_becomes_of_its_own_names(
    organiser: FlaskClient, seeded: Hub
) -> None:
    in_round_1(organiser)
    make_ready(organiser)
    start_metaverse(organiser)
    mine, moved = names_of(seeded, "round-2-hall"), names_of(seeded, "round-2-metaverse")
    later = names_of(seeded, "round-3-metaverse")
    go(organiser, "next", lane="metaverse", with_left="move")
    onward = {"lane": "hall", "cue": "round-3-hall"}

    assert refused(organiser, "run/jump", **onward, with_left=None) == (409, "names_left")
    go(organiser, "jump", **onward, with_left="leave")

    assert standing(seeded) == [("round-3-hall", None, None), ("round-3-metaverse", None, None)]
    assert names_of(seeded, "round-3-metaverse") == [*later, *moved]
    assert names_of(seeded, "round-2-hall") == mine


def test_lanes_that_are_pressed_together_speak_each_for_their_own_names(
    organiser: FlaskClient, seeded: Hub
) -> None:
    in_round_1(organiser)
    make_ready(organiser)
    start_metaverse(organiser)
    apply(organiser, {"performance": "③", "round-3-metaverse": "③"})
    of_hall, of_metaverse = names_of(seeded, "round-2-hall"), names_of(seeded, "round-2-metaverse")
    later = [names_of(seeded, "round-3-hall"), names_of(seeded, "round-3-metaverse")]
    both = {"lanes": ["hall", "metaverse"], "with_left": None}

    status, answer = send(organiser, "run/next", **both, with_left_in={"hall": "move"})
    assert (status, answer["error"]["code"], answer["error"]["lane"]) == (409, "names_left", "metaverse")
    go(organiser, "next", **both, with_left_in={"hall": "move", "metaverse": "leave"})

    assert names_of(seeded, "round-2-hall") == []
    assert names_of(seeded, "round-3-hall") == [*later[0], *of_hall]
    assert names_of(seeded, "round-2-metaverse") == of_metaverse
    assert names_of(seeded, "round-3-metaverse") == later[1]


def test_undo_of_a_joint_start_brings_back_what_its_lane_did_with_its_names(
    organiser: FlaskClient, seeded: Hub
) -> None:
    watch = Watch(seeded, CONF)
    in_round_1(organiser)
    names = names_of(seeded, "round-1-hall")
    make_ready(organiser, "move")
    start_metaverse(organiser)

    go(organiser, "undo", lane="hall")

    assert names_of(seeded, "round-1-hall") == names
    assert standing(seeded) == [("round-1-hall", None, None), ("round-2-metaverse", None, None)]
    watch.look()


def test_answer_ends_with_readiness(organiser: FlaskClient) -> None:
    in_round_1(organiser)
    make_ready(organiser)
    go(organiser, "undo", lane="hall")

    assert refused(organiser, "run/next", lane="hall", with_left=None) == (409, "names_left")


def test_name_that_turns_up_later_stops_the_start_until_its_own_lane_has_spoken(
    organiser: FlaskClient, seeded: Hub
) -> None:
    watch = Watch(seeded, CONF)
    in_round_1(organiser)
    late, *others = names_of(seeded, "round-1-hall")
    done(organiser, f"awards/{late}/skip")
    make_ready(organiser, "move")
    done(organiser, f"awards/{late}/take-back")

    status, answer = send(organiser, "run/start", lane="metaverse", with_left="leave")
    error = answer["error"]
    assert (status, error["code"], error["lane"]) == (409, "names_left", "hall")
    assert error["awards"].split(",") == [late, *others]
    assert refused(organiser, "run/next", lane="hall", with_left=None) == (409, "names_left")
    make_ready(organiser)
    start_metaverse(organiser)

    assert standing(seeded) == [("round-2-hall", None, None), ("round-2-metaverse", None, None)]
    assert names_of(seeded, "round-1-hall") == [late, *others]
    watch.look()


def test_name_that_is_gone_since_needs_no_new_answer(organiser: FlaskClient, seeded: Hub) -> None:
    in_round_1(organiser)
    gone, *others = names_of(seeded, "round-1-hall")
    make_ready(organiser, "move")
    done(organiser, f"awards/{gone}/skip")

    start_metaverse(organiser)

    assert names_of(seeded, "round-1-hall") == [gone]
    assert names_of(seeded, "round-2-hall")[-len(others) :] == others


def test_ready_lane_that_starts_alone_by_force_has_been_asked(organiser: FlaskClient, seeded: Hub) -> None:
    in_round_1(organiser)
    names = names_of(seeded, "round-1-hall")
    make_ready(organiser, "move")

    go(organiser, "next", lane="hall", force=True, with_left=None)

    assert names_of(seeded, "round-2-hall")[-len(names) :] == names


def test_ready_lane_that_goes_elsewhere_is_asked_anew(organiser: FlaskClient, seeded: Hub) -> None:
    in_round_1(organiser)
    make_ready(organiser)

    elsewhere = {"lane": "hall", "cue": "performance", "with_left": None}
    assert refused(organiser, "run/jump", **elsewhere) == (409, "names_left")
    assert refused(organiser, "run/finish", lane="hall", early=True, with_left=None) == (409, "names_left")


def test_names_cannot_move_where_no_round_is_left(organiser: FlaskClient, seeded: Hub) -> None:
    apply(organiser, {"closing": "⑨", "round-3-metaverse": "⑨"})
    in_round_1(organiser)
    go(organiser, "jump", lane="hall", cue="round-3-hall", with_left="leave")

    assert refused(organiser, "run/jump", lane="hall", cue="closing", with_left="move") == (409, "no_round")
    assert standing(seeded)[0] == ("round-3-hall", None, None)


def test_sender_who_did_not_see_the_joint_start_is_stale(organiser: FlaskClient, seeded: Hub) -> None:
    in_round_1(organiser)
    make_ready(organiser)
    seen = organiser.get(f"{API}/state?stream=operator").get_json()["head"]
    start_metaverse(organiser)

    assert refused(organiser, "run/next", lane="hall", seen=seen) == (409, "stale")
    assert standing(seeded)[0] == ("round-2-hall", None, None)


@pytest.mark.parametrize(
    ("points", "ready"),
    [
        pytest.param({**ROUNDS, "performance": "④"}, "2021-12-02T00:00:00.000Z", id="the same point"),
        pytest.param({"round-3-hall": "③", "round-3-metaverse": "③"}, None, id="no point any more"),
    ],
)
def test_apply_leaves_a_lane_ready_for_the_same_cue_at_the_same_point_alone(
    organiser: FlaskClient, seeded: Hub, points: dict[str, str], ready: str | None
) -> None:
    in_round_1(organiser)
    make_ready(organiser)

    apply(organiser, points)

    assert standing(seeded)[0] == ("round-1-hall", ready, None)


def test_rehearsal_meets_by_itself(organiser: FlaskClient, seeded: Hub) -> None:
    run = done(organiser, "runs", revision=2)["run"]
    for command in ("start", "next", "next"):
        done(organiser, f"runs/{run}/{command}", lane="hall")
    done(organiser, f"runs/{run}/start", lane="metaverse", with_left="leave")

    docs = snapshot(seeded)
    lanes = [docs[f"rehearsal-lane/{run}/{lane}"] or {} for lane in ("hall", "metaverse")]
    assert [lane["cue"] for lane in lanes] == ["round-2-hall", "round-2-metaverse"]
    assert standing(seeded) == [(None, None, None), (None, None, None)]
