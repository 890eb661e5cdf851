"""Commands of a lane taken back and done again, and cues started out of their order, through the real application."""

from __future__ import annotations

from flask.testing import FlaskClient

from conference_hub.core.stream import Stream
from conference_hub.web.hub import Hub
from tests.integration.agenda.commanding import done, refused, snapshot
from tests.model_day import FakeNow


def test_undo_restores_everything_but_who_drove(seeded: Hub, operator: FlaskClient, now: FakeNow) -> None:
    done(operator, "run/start")
    before = snapshot(seeded, Stream.PUBLIC)
    now.forward(minutes=9)
    next_seq = done(operator, "run/next")["fact"]["seq"]

    answer = done(operator, "run/undo")

    assert snapshot(seeded, Stream.PUBLIC) == before
    assert answer["fact"]["topic"] == "CommandUndone"
    body = answer["fact"]["body"]
    assert (body["lane"], body["undone"], body["number"]) == ("hall", "CueStarted", next_seq)
    assert [c["topic"] for c in answer["docs"]["driving/hall"]["commands"]] == [
        "CommandUndone",
        "CueStarted",
        "LaneStarted",
    ]


def test_undo_and_redo_walk_the_commands_of_a_lane(seeded: Hub, operator: FlaskClient, now: FakeNow) -> None:
    states = [snapshot(seeded, Stream.PUBLIC)]
    for command, body in (("start", {}), ("hold", {}), ("next", {}), ("extend", {"seconds": 60})):
        now.forward(minutes=3)
        done(operator, f"run/{command}", **body)
        states.append(snapshot(seeded, Stream.PUBLIC))

    for state in reversed(states[:-1]):
        done(operator, "run/undo")
        assert snapshot(seeded, Stream.PUBLIC) == state
    assert refused(operator, "run/undo") == (409, "nothing_to_undo")
    for state in states[1:]:
        now.forward(minutes=1)
        done(operator, "run/redo")
        assert snapshot(seeded, Stream.PUBLIC) == state
    assert refused(operator, "run/redo") == (409, "nothing_to_redo")


def test_a_new_command_ends_what_could_be_redone(operator: FlaskClient) -> None:
    done(operator, "run/start")
    done(operator, "run/hold")
    done(operator, "run/undo")
    done(operator, "run/next")

    assert refused(operator, "run/redo") == (409, "nothing_to_redo")
    assert done(operator, "run/undo")["fact"]["body"]["undone"] == "CueStarted"


def test_undo_of_one_lane_leaves_the_other(seeded: Hub, operator: FlaskClient) -> None:
    done(operator, "run/start")
    done(operator, "run/start", lane="metaverse")
    done(operator, "run/undo")

    lanes = snapshot(seeded)
    assert [(lanes[f"lane/{lane}"] or {})["status"] for lane in ("hall", "metaverse")] == [
        "waiting",
        "running",
    ]


def test_jump_goes_to_any_cue_and_back(operator: FlaskClient, now: FakeNow) -> None:
    done(operator, "run/start")
    now.forward(minutes=10)
    ahead = done(operator, "run/jump", cue="performance")
    now.forward(minutes=10)
    returned = done(operator, "run/jump", cue="round-1-hall")
    now.forward(minutes=10)
    after = done(operator, "run/next")

    assert (ahead["fact"]["topic"], ahead["fact"]["body"]["left"]) == ("CueStarted", "opening")
    assert returned["docs"]["lane/hall"]["cue"] == "round-1-hall"
    assert after["docs"]["lane/hall"]["cue"] == "round-2-hall"
    assert refused(operator, "run/jump", cue="round-2-hall") == (409, "on_air")
    assert refused(operator, "run/jump", cue="round-2-metaverse") == (404, "not_found")


def test_finish_is_undone(operator: FlaskClient) -> None:
    for command in ("start", "next", "finish"):
        done(operator, f"run/{command}", lane="metaverse")

    answer = done(operator, "run/back", lane="metaverse")

    assert answer["docs"]["lane/metaverse"]["status"] == "running"
    assert answer["docs"]["lane/metaverse"]["cue"] == "round-3-metaverse"
    assert answer["fact"]["body"]["undone"] == "LaneFinished"
