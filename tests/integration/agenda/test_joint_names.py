"""Names that were not called when rounds of two lanes start together: each lane speaks for its own."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.web.hub import Hub
from tests.integration.agenda.commanding import done, refused, send
from tests.integration.agenda.joint_rounds import (
    ROUNDS,
    apply,
    go,
    in_round_1,
    make_ready,
    names_of,
    standing,
    start_metaverse,
)
from tests.integration.conftest import SignIn
from tests.law import Watch
from tests.model_day import CONF


@pytest.fixture
def organiser(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    """An organiser of the model day, whose rounds of both lanes start together."""
    del seeded
    browser = sign_in(Role.ORGANISER, name="김기획")
    apply(browser, ROUNDS)
    return browser


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
