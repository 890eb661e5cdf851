"""Rounds of two lanes that start together: who waits, who takes whom along, and what undo leaves of it."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.web.hub import Hub
from tests.integration.agenda.commanding import API, done, refused, send, snapshot
from tests.integration.agenda.joint_rounds import (
    ROUNDS,
    apply,
    go,
    in_round_1,
    make_ready,
    names_of,
    standing,
    start_metaverse,
    started,
)
from tests.integration.conftest import SignIn
from tests.law import Watch
from tests.model_day import CONF, FakeNow


@pytest.fixture
def organiser(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    """An organiser of the model day, whose rounds of both lanes start together."""
    del seeded
    browser = sign_in(Role.ORGANISER, name="김기획")
    apply(browser, ROUNDS)
    return browser


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


def test_one_press_starts_rounds_that_meet_also_where_one_is_the_first_of_its_lane(
    organiser: FlaskClient, seeded: Hub, now: FakeNow
) -> None:
    watch = Watch(seeded, CONF)
    in_round_1(organiser)
    now.forward(minutes=5)
    both = {"lanes": ["hall", "metaverse"]}
    assert refused(organiser, "run/next", **both, with_left=None) == (409, "names_left")
    assert started(seeded, "round-2-hall", "round-2-metaverse") == [None, None]

    go(organiser, "next", **both, with_left="leave")

    assert standing(seeded) == [("round-2-hall", None, None), ("round-2-metaverse", None, None)]
    assert started(seeded, "round-2-hall", "round-2-metaverse") == ["2021-12-02T00:05:00.000Z"] * 2
    for lane in both["lanes"]:
        go(organiser, "undo", lane=lane)
    assert standing(seeded) == [("round-1-hall", None, None), (None, None, None)]
    assert refused(organiser, "run/next", lane="metaverse") == (409, "not_started")
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


def test_joint_start_is_after_what_happened_in_either_lane_though_the_clock_was_set_back(
    organiser: FlaskClient, seeded: Hub, now: FakeNow
) -> None:
    in_round_1(organiser)
    make_ready(organiser)
    now.forward(minutes=-5)

    start_metaverse(organiser)

    assert started(seeded, "round-2-hall", "round-2-metaverse") == ["2021-12-02T00:00:00.001Z"] * 2


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
