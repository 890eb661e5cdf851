"""Making up time in a lane that is late: the ways that are offered, and what each does when it is taken."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.core.stream import Docs, Stream
from conference_hub.web.hub import Hub
from tests.integration.agenda.commanding import API, apply_to_cues, done, refused, send, snapshot
from tests.integration.conftest import SignIn
from tests.law import Watch
from tests.model_day import CONF, FakeNow

BUDGET: dict[str, dict[str, Any]] = {
    "performance": {"shortest_s": 300, "droppable": True},
    "closing": {"shortest_s": 120},
    "round-2-hall": {"droppable": True},
}


@pytest.fixture
def organiser(seeded: Hub, sign_in: SignIn, now: FakeNow) -> FlaskClient:
    """An organiser of the model day, whose hall begins twelve minutes late."""
    del seeded
    browser = sign_in(Role.ORGANISER, name="김기획")
    apply(browser, BUDGET)
    now.forward(minutes=32)
    done(browser, "run/start", lane="hall")
    return browser


def apply(browser: FlaskClient, budget: dict[str, dict[str, Any]]) -> None:
    """Let the live run follow a plan whose cues may be cut and left out so."""
    apply_to_cues(browser, lambda cue: budget.get(cue, {}))


def ways(browser: FlaskClient, lane: str = "hall", run: str = "run") -> dict[str, Any]:
    answer = browser.get(f"{API}/{run}/ways?lane={lane}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def ends(browser: FlaskClient) -> list[dict[str, Any]]:
    lanes = browser.get(f"{API}/run/projection").get_json()["lanes"]
    return [{name: lane[name] for name in ("id", "projected_finish", "drift_s")} for lane in lanes]


def run_documents(hub: Hub, stream: Stream = Stream.PUBLIC) -> Docs:
    return {key: doc for key, doc in snapshot(hub, stream).items() if key.startswith(("lane/", "cue/"))}


def test_each_way_gives_the_end_that_it_says_and_one_undo_takes_it_back(
    organiser: FlaskClient, seeded: Hub
) -> None:
    watch, before = Watch(seeded, CONF), run_documents(seeded)
    found = ways(organiser)

    assert (found["run"], found["lane"], found["drift_s"], len(found["ways"])) == ("run-1", "hall", 720, 3)
    for way in found["ways"]:
        made = done(organiser, "run/make-up", lane="hall", cuts=way["cuts"], drop=way["drop"])
        assert (made["fact"]["topic"], made["fact"]["body"]["lane"]) == ("LaneMadeUp", "hall")
        assert ends(organiser) == way["lanes"]
        done(organiser, "run/undo", lane="hall")
        assert run_documents(seeded) == before
    watch.look()


def test_ways_go_from_the_least_to_the_most_painful(organiser: FlaskClient) -> None:
    cut, faster, everything = ways(organiser)["ways"]

    assert (cut["cuts"], cut["drop"], cut["paces"]) == ({"performance": 300, "closing": 60}, [], {})
    assert (faster["drop"], set(faster["cuts"]) > set(cut["cuts"])) == ([], True)
    assert {name for name in faster["paces"] if faster["paces"][name] < 4} == set()
    assert everything["drop"] == ["performance"]


def test_lane_in_time_and_lane_with_nothing_to_give_have_no_way(organiser: FlaskClient) -> None:
    assert [ways(organiser, lane)["ways"] for lane in ("metaverse",)] == [[]]
    assert organiser.get(f"{API}/run/ways?lane=nowhere").status_code == 404


def test_made_up_time_is_one_act_of_the_lane(organiser: FlaskClient, seeded: Hub) -> None:
    done(organiser, "run/arm", lane="hall", cue="performance")

    answer = done(organiser, "run/make-up", lane="hall", cuts={"closing": 60}, drop=["performance"])

    lane, closing, out = (answer["docs"][key] for key in ("lane/hall", "cue/closing", "cue/performance"))
    assert (lane["standby"], lane["undo"]["topic"]) == (None, "LaneMadeUp")
    assert (closing["extension_s"], out["skipped"]) == (-60, True)
    public = {key: doc or {} for key, doc in run_documents(seeded).items()}
    assert (public["cue/closing"]["extension_s"], public["cue/performance"]["skipped"]) == (-60, True)
    undone = done(organiser, "run/undo", lane="hall")
    assert undone["docs"]["lane/hall"]["standby"] == "performance"
    done(organiser, "run/redo", lane="hall")
    assert (run_documents(seeded)["cue/closing"] or {})["extension_s"] == -60


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({}, (422, "invalid")),
        ({"cuts": {"closing": 0}}, (422, "invalid")),
        ({"cuts": {"closing": 1.5}}, (422, "invalid")),
        ({"drop": ["performance", "performance"]}, (422, "invalid")),
        ({"cuts": {"performance": 60}, "drop": ["performance"]}, (422, "invalid")),
        ({"cuts": {"opening": 60}}, (409, "has_ended")),
        ({"cuts": {"closing": 61}}, (409, "below_shortest")),
        ({"cuts": {"round-2-hall": 480}}, (409, "too_short")),
        ({"drop": ["closing"]}, (409, "not_droppable")),
        ({"drop": ["opening"]}, (409, "not_droppable")),
        ({"drop": ["round-2-hall"]}, (409, "names_left")),
        ({"cuts": {"round-2-metaverse": 60}}, (404, "not_found")),
        ({"drop": ["nowhere"]}, (404, "not_found")),
        ({"cuts": {"closing": 30}, "drop": ["closing"]}, (422, "invalid")),
        ({"cuts": {"closing": 30, "opening": 30}}, (409, "has_ended")),
    ],
)
def test_make_up_is_refused_whole(
    organiser: FlaskClient, seeded: Hub, body: dict[str, Any], refusal: tuple[int, str]
) -> None:
    done(organiser, "run/next", lane="hall")
    before = snapshot(seeded)

    assert refused(organiser, "run/make-up", lane="hall", **body) == refusal
    assert snapshot(seeded) == before


def test_names_of_a_round_that_is_dropped_are_asked_about(organiser: FlaskClient) -> None:
    body = {"lane": "hall", "drop": ["round-2-hall"]}

    answer = done(organiser, "run/make-up", with_left="leave", **body)

    assert answer["docs"]["cue/round-2-hall"]["skipped"] is True


def test_make_up_of_somebody_who_has_not_seen_the_newest_act_is_stale(organiser: FlaskClient) -> None:
    seen = done(organiser, "run/hold", lane="hall")["fact"]["seq"]
    done(organiser, "run/resume", lane="hall")

    assert refused(organiser, "run/make-up", lane="hall", seen=seen, cuts={"closing": 60}) == (409, "stale")


def test_cut_stays_when_a_plan_is_applied_unless_it_leaves_no_time(
    organiser: FlaskClient, seeded: Hub
) -> None:
    done(organiser, "run/make-up", lane="hall", cuts={"closing": 60, "performance": 300})
    watch = Watch(seeded, CONF)

    apply(organiser, {"closing": {"planned_s": 240}, "performance": {"planned_s": 300, "shortest_s": None}})

    docs = run_documents(seeded)
    assert [(docs[f"cue/{name}"] or {})["extension_s"] for name in ("closing", "performance")] == [-60, 0]
    assert refused(organiser, "run/undo", lane="hall") == (409, "undo_ends_here")
    watch.look()


def test_rehearsal_makes_up_time_too(organiser: FlaskClient, seeded: Hub) -> None:
    plan = organiser.get(f"{API}/plan").get_json()
    live = run_documents(seeded)
    begun = done(organiser, "runs", revision=plan["revision"], while_live=True)["run"]
    done(organiser, f"runs/{begun}/start", lane="hall")
    done(organiser, f"runs/{begun}/extend", lane="hall", seconds=1800)

    (first, *_) = ways(organiser, run=f"runs/{begun}")["ways"]
    status, _ = send(organiser, f"runs/{begun}/make-up", lane="hall", cuts=first["cuts"], drop=first["drop"])

    docs = snapshot(seeded)
    assert status == 200
    for cue, cut in first["cuts"].items():
        assert (docs[f"rehearsal-cue/{begun}/{cue}"] or {})["extension_s"] == (
            1800 if cue == "opening" else 0
        ) - cut
    assert run_documents(seeded) == live
