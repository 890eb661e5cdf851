"""A database from before the show: nothing is committed to, linked or laid over a stage, and all of it can be."""

from __future__ import annotations

from flask import Flask

from conference_hub.agenda import lane_store, run_store
from conference_hub.agenda.acts import acts_of
from conference_hub.agenda.history import LIVE_RUN
from conference_hub.agenda.model import LaneId
from conference_hub.agenda.steps import all_steps
from conference_hub.awards.openings import openings
from conference_hub.awards.proof_actions import commit
from conference_hub.awards.proof_store import commitments
from conference_hub.awards.sealing import seal_of
from conference_hub.awards.store import load
from conference_hub.core.actor import Actor
from conference_hub.screens.actions import links_of, make_link
from conference_hub.screens.model import ScreenKind
from conference_hub.web.hub import Hub
from tests.integration.upgrade.morning import HEADS, Command, browser, snapshot
from tests.model_day import CONF

SEEN = HEADS["operator"]


def test_the_gate_is_told_no_order_and_nothing_was_committed_to(hub: Hub) -> None:
    with hub.database.reading() as db:
        seal, known, opened = seal_of(db, CONF), commitments(db, CONF), openings(db, CONF, 10)
        awards = load(db, CONF).awards
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        commit(write, reason="")

    with hub.database.reading() as db:
        (commitment,) = commitments(db, CONF)
    assert (seal.gate_order, seal.opened_at, known, opened) == (False, None, [], [])
    assert len(commitment.digests) == len(awards)


def test_a_screen_can_be_linked(hub: Hub, app: Flask) -> None:
    with hub.database.reading() as db:
        before = links_of(db, CONF)
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        secret = make_link(write, kind=ScreenKind.STAGE, name="무대", options="lane=hall")

    page = app.test_client().get(f"/s/{secret}?lane=hall")

    assert (before, page.status_code) == ([], 200)


def test_nothing_lies_over_a_stage_until_somebody_lays_it(command: Command, app: Flask) -> None:
    client = app.test_client()
    before = [key for key, doc in snapshot(client).items() if key.startswith("layer/") and doc["layer"]]

    laid = command("screens/layer", command_id="cover", seen=SEEN, lane="hall", layer="blackout")

    assert (before, laid.status_code) == ([], 200), laid.text
    assert snapshot(client)["layer/hall"]["layer"] == "blackout"


def test_no_cue_is_on_standby_or_left_out(hub: Hub) -> None:
    with hub.database.reading() as db:
        states = lane_store.lane_states(db, CONF, run_store.live_run(db, CONF))

    assert [state.run.standby for state in states] == [None] * len(states)
    assert {cue.skipped for state in states for cue in state.run.cues} == {False}


def test_awards_have_none_of_the_later_words(hub: Hub) -> None:
    with hub.database.reading() as db:
        awards = load(db, CONF).awards.values()

    assert {(one.honorific, one.conferrer, one.pronunciation, one.joint) for one in awards} == {
        (None, None, None, None)
    }


def test_the_history_of_a_lane_begins_with_the_first_command(command: Command, hub: Hub) -> None:
    with hub.database.reading() as db:
        before = list(all_steps(db, CONF, LIVE_RUN)), list(acts_of(db, CONF, LIVE_RUN))
    answer = command("run/hold", command_id="held", seen=SEEN, lane="hall")

    with hub.database.reading() as db:
        (step,), (act,) = all_steps(db, CONF, LIVE_RUN), acts_of(db, CONF, LIVE_RUN)
    assert (before, answer.status_code) == (([], []), 200)
    assert (step.lane, step.topic, step.number) == (LaneId("hall"), "LaneHeld", act.number)


def test_the_report_tells_what_the_morning_was(app: Flask) -> None:
    page = browser(app, "kim").get(f"/c/{CONF}/desk/report?lang=ko")

    assert (page.status_code, "09:20:30" in page.text, "+0:30" in page.text) == (200, True, True)
