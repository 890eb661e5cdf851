"""The ceremony of a rehearsal through the real application: run as on the day, by numbers, and apart from the day."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from conference_hub.awards import store
from conference_hub.awards.preparation import put_level
from conference_hub.awards.preparing import prepare
from conference_hub.awards.rehearsing import WORDED
from conference_hub.awards.verbs import VERBS
from conference_hub.core import entries
from conference_hub.core.actor import Actor
from conference_hub.core.now import parse_iso
from conference_hub.core.stream import Stream
from conference_hub.core.text import Text
from conference_hub.data.export import conference_as_json
from tests.integration.awards.rehearsed import (
    AUDIENCES,
    CUE,
    FIRST,
    LANE,
    NEXT_CUE,
    ON_DAY,
    SECOND,
    Rehearsal,
    call_all,
    same_level,
    words_about_people,
)
from tests.law import PLENTY, Watch
from tests.model_day import CONF


def test_every_recipient_of_the_plan_is_a_number_in_calling_order(rehearsal: Rehearsal) -> None:
    docs = rehearsal.all(Stream.OPERATOR)
    with rehearsal.hub.database.reading() as db:
        real = store.load(db, CONF)
    order = [key for own in real.rounds.values() for key in own]
    awards = sorted(real.awards.values(), key=lambda one: (order.index(one.cue_id), one.call_order))
    mine = [doc for key, doc in docs.items() if key.startswith(f"rehearsal-award/{rehearsal.run}/")]

    assert [(one["number"], one["cue"], one["order"], one["level"]["id"]) for one in mine] == [
        (f"{place:02}", one.cue_id, one.call_order, one.level_id) for place, one in enumerate(awards, 1)
    ]
    assert {one["rehearsed"] for one in mine} == {True}
    names = ("recipient", "organisation", "guest", "representative", "presenter", "conferrer", "citation")
    assert {one[name] for one in mine for name in names} == {None}


def test_an_award_goes_its_way_as_on_the_day(rehearsal: Rehearsal) -> None:
    rehearsal.ok(f"awards/{FIRST}/arm")
    ready = rehearsal.of_lane("calling")
    rehearsal.now.forward(seconds=5)
    rehearsal.ok(f"awards/{FIRST}/reveal", expect="armed")
    out = rehearsal.award(FIRST)
    for step in ("present", "photo", "done"):
        rehearsal.ok(f"awards/{FIRST}/{step}")

    cue = rehearsal.all()[f"cue/{CUE}"]
    assert (ready["cue"], ready["up"], ready["left"]) == (CUE, FIRST, ready["total"])
    assert (out["state"], out["number"]) == ("revealed", "01")
    assert parse_iso(out["revealed_at"]) == parse_iso(cue["planned_start"]) + timedelta(seconds=5)
    assert rehearsal.states(FIRST, SECOND) == ["done", "sealed"]


def test_screens_learn_a_level_when_it_is_called(rehearsal: Rehearsal) -> None:
    before = rehearsal.shown(FIRST)
    rehearsal.ok(f"awards/{FIRST}/arm")
    ready = rehearsal.shown(FIRST)
    rehearsal.ok(f"awards/{FIRST}/reveal")
    out = rehearsal.shown(FIRST)
    rehearsal.ok(f"awards/{FIRST}/take-back")

    untold = {"ko": "시상", "en": "Award"}
    assert (before["level"]["label"], ready["level"]["label"], ready["state"]) == (untold, untold, "armed")
    assert out["level"] == rehearsal.award(FIRST)["level"] != before["level"]
    assert rehearsal.shown(FIRST) == before
    assert "commands" not in out
    assert (
        len({json.dumps(one["level"]) for key, one in rehearsal.all().items() if key.startswith("award/")})
        == 1
    )


@pytest.mark.parametrize("command", sorted(VERBS.keys() - WORDED))
def test_every_command_of_an_award_is_rehearsed_and_undone(rehearsal: Rehearsal, command: str) -> None:
    live = rehearsal.rows(*ON_DAY)
    if command not in {"arm", "defer", "absent", "skip"}:
        rehearsal.ok(f"awards/{FIRST}/arm")
    if command not in {"arm", "reveal", "defer", "absent", "skip", "take-back"}:
        rehearsal.ok(f"awards/{FIRST}/reveal")
    before = rehearsal.award(FIRST), rehearsal.of_lane("calling"), rehearsal.shown(FIRST)

    rehearsal.ok(f"awards/{FIRST}/{command}")
    after = rehearsal.award(FIRST)
    rehearsal.ok("undo")
    back = rehearsal.award(FIRST), rehearsal.of_lane("calling"), rehearsal.shown(FIRST)
    rehearsal.ok("redo", publish=True)

    assert after != before[0]
    assert back == before
    assert rehearsal.award(FIRST) == after
    assert rehearsal.rows(*ON_DAY) == live


@pytest.mark.parametrize(
    ("command", "body"),
    [("correct", {"recipient": "홍길동"}), ("proxy", {"name": "홍길동"}), ("withdraw", {"reason": "이유"})],
)
def test_what_is_written_about_a_person_is_not_rehearsed(
    rehearsal: Rehearsal, command: str, body: dict[str, str]
) -> None:
    before = rehearsal.all(Stream.OPERATOR)

    assert rehearsal.refused(f"awards/{FIRST}/{command}", **body) == (409, "not_rehearsed")

    assert rehearsal.award(FIRST)["commands"][command] == "not_rehearsed"
    assert rehearsal.all(Stream.OPERATOR) == before
    assert rehearsal.refused(f"awards/nobody/{command}", **body) == (404, "not_found")


def test_an_award_of_the_day_is_none_of_a_rehearsal(rehearsal: Rehearsal) -> None:
    assert rehearsal.refused("awards/case-01/arm", outside="x") == (404, "not_found")
    assert rehearsal.send(f"awards/{FIRST}/arm", outside="x")[0] == 404
    assert rehearsal.send(f"runs/run-1/awards/{FIRST}/arm", outside="x")[0] == 404
    assert rehearsal.send("runs/run-1/awards/case-01/arm", outside="x")[0] == 404


def test_names_belong_to_their_round_and_a_sender_sees_the_newest(rehearsal: Rehearsal) -> None:
    later = next(
        key.rpartition("/")[2]
        for key, doc in rehearsal.all().items()
        if key.startswith("award/") and doc["cue"] == NEXT_CUE
    )
    assert rehearsal.refused(f"awards/{later}/arm") == (409, "not_its_round")
    seen = rehearsal.ok(f"awards/{FIRST}/arm")["fact"]["seq"]
    rehearsal.ok(f"awards/{SECOND}/absent")
    assert rehearsal.refused(f"awards/{FIRST}/reveal", seen=seen) == (409, "stale")
    assert rehearsal.refused(f"awards/{SECOND}/absent", seen=seen) == (409, "stale")
    rehearsal.ok(f"awards/{FIRST}/defer", seen=seen)
    assert rehearsal.refused(f"awards/{FIRST}/reveal", expect="armed") == (409, "stale")


def test_a_cue_that_is_left_asks_about_names_and_takes_them_along(rehearsal: Rehearsal) -> None:
    rehearsal.ok(f"awards/{FIRST}/arm")
    before = rehearsal.of_lane("calling")
    status, answer = rehearsal.send(f"runs/{rehearsal.run}/next", force=True)
    left = answer["error"]
    rehearsal.ok("next", force=True, with_left="move")
    moved = rehearsal.award(FIRST)
    rehearsal.ok("undo")

    assert (status, left["code"], left["count"], left["move"]) == (409, "names_left", before["left"], True)
    assert left["awards"].split(",")[0] == FIRST
    assert (moved["cue"], moved["state"]) == (NEXT_CUE, "sealed")
    assert (rehearsal.award(FIRST)["state"], rehearsal.of_lane("calling")) == ("armed", before)


def test_a_round_is_lined_up_in_the_rehearsal_alone(rehearsal: Rehearsal) -> None:
    live = rehearsal.rows(*ON_DAY)
    order = rehearsal.of_lane("calling")["order"]

    rehearsal.ok("awards/line-up", lane=LANE, cue=CUE, order=order[::-1])

    assert rehearsal.of_lane("calling")["order"] == order[::-1]
    assert rehearsal.of_lane("calling", Stream.REHEARSAL)["order"] == order[::-1]
    rehearsal.ok("undo")
    assert rehearsal.of_lane("calling")["order"] == order
    assert rehearsal.rows(*ON_DAY) == live


def test_layers_lie_over_the_stages_of_the_rehearsal_alone(rehearsal: Rehearsal) -> None:
    live = rehearsal.rows(*ON_DAY)
    day = {stream: rehearsal.all(stream).get(f"layer/{LANE}") for stream in (*AUDIENCES, Stream.OPERATOR)}
    seen = rehearsal.ok("screens/layer", lane=LANE, layer="text", text={"ko": "쉬는 시간"})["fact"]["seq"]
    lying = rehearsal.of_lane("layer", Stream.REHEARSAL)
    rehearsal.ok("screens/layer", lane=LANE, layer="blackout", seen=seen)
    assert rehearsal.refused("screens/layer", lane=LANE, layer=None, seen=seen) == (409, "stale")
    rehearsal.ok("undo")

    cue = rehearsal.all()[f"cue/{CUE}"]
    assert (lying["layer"], lying["text"]["ko"], lying["since"]) == (
        "text",
        "쉬는 시간",
        cue["planned_start"],
    )
    assert rehearsal.of_lane("layer") == lying
    assert {stream: rehearsal.all(stream).get(f"layer/{LANE}") for stream in day} == day
    assert rehearsal.rows(*ON_DAY) == live


def test_a_group_is_paced_by_the_clock_of_the_rehearsal(day: Rehearsal) -> None:
    day.begin(speed=10)
    members = same_level(day)
    day.turn()
    day.ok("awards/group", lane=LANE, awards=members, pace_s=10)
    out = []
    for _ in members:
        day.turn(seconds=1)
        out.append(day.of_lane("group")["revealed"])

    assert out == [members[: place + 1] for place in range(len(members))]
    instants = [day.award(one)["revealed_at"] for one in members[:2]]
    assert [one[17:19] for one in instants] == ["10", "20"]
    assert day.of_lane("group", Stream.REHEARSAL)["awards"] == members


def test_a_group_pauses_and_goes_back_as_on_the_day(rehearsal: Rehearsal) -> None:
    members = same_level(rehearsal)
    rehearsal.turn()
    rehearsal.ok("awards/group", lane=LANE, awards=members, pace_s=10)
    rehearsal.turn(seconds=10)
    rehearsal.ok("screens/layer", lane=LANE, layer="blackout")
    covered = rehearsal.of_lane("group")["paused"]
    rehearsal.turn(seconds=60)
    rehearsal.ok("awards/group/resume", lane=LANE)
    rehearsal.ok("awards/group/next", lane=LANE, expect=members[1])
    rehearsal.ok("awards/group/back", lane=LANE, expect=members[1])
    back = rehearsal.of_lane("group")
    rehearsal.ok("awards/group/skip", lane=LANE, expect=members[1])
    rehearsal.ok("awards/group/resume", lane=LANE)
    rehearsal.ok("awards/group/pause", lane=LANE)
    skipped = rehearsal.of_lane("group")["awards"]
    rehearsal.ok("awards/group/end", lane=LANE)

    assert (covered, back["paused"], back["revealed"]) == (True, True, members[:1])
    assert skipped == [one for one in members if one != members[1]]
    assert rehearsal.of_lane("group") == {} == rehearsal.of_lane("group", Stream.REHEARSAL)


def test_a_late_name_pauses_the_group_by_the_seconds_that_people_wait(day: Rehearsal) -> None:
    day.begin(speed=60)
    members = same_level(day)
    day.turn()
    day.ok("awards/group", lane=LANE, awards=members, pace_s=6)
    day.turn(seconds=1)
    soon = day.of_lane("group")
    day.turn(seconds=7)

    assert (soon["revealed"], soon["paused"]) == (members[:1], False)
    assert (day.of_lane("group")["revealed"], day.of_lane("group")["paused"]) == (members[:1], True)


def test_a_group_of_a_cleared_rehearsal_names_nobody(rehearsal: Rehearsal) -> None:
    rehearsal.turn()
    rehearsal.ok("awards/group", lane=LANE, awards=same_level(rehearsal), pace_s=4)
    rehearsal.ok("clear")
    heads = rehearsal.heads()

    rehearsal.turn(seconds=4)

    assert rehearsal.heads() == heads
    tables = ("rehearsed_award", "rehearsed_level", "rehearsed_group", "rehearsed_layer")
    assert rehearsal.rows(*tables) == {name: [] for name in tables}
    assert [key for key in rehearsal.all() if key.startswith(("award/", "calling/", "group/"))] == []


def test_the_day_and_its_audiences_hear_of_no_rehearsal(day: Rehearsal) -> None:
    """Every award is called in the rehearsal; nothing of the day changes, and no stream of an audience says a word."""
    live, heads = day.rows(*ON_DAY), day.heads()
    before = {stream: day.all(stream) for stream in AUDIENCES}
    day.begin(cue=None)
    call_all(day)

    out = [doc["state"] for key, doc in day.all().items() if key.startswith("award/")]
    assert set(out) == {"revealed"}
    assert day.rows(*ON_DAY) == live
    assert (day.heads(), {stream: day.all(stream) for stream in AUDIENCES}) == (heads, before)


def test_nothing_that_screens_of_a_rehearsal_hear_names_anybody(day: Rehearsal) -> None:
    programme = json.dumps(day.all(Stream.PUBLIC), ensure_ascii=False)
    secret = {word for word in words_about_people(day.hub) if word not in programme}
    assert len(secret) > 100
    day.begin(cue=None)
    call_all(day)
    day.ok("clear")

    with day.hub.database.reading() as db:
        told = json.dumps(
            [entry.as_wire() for entry in entries.since(db, CONF, Stream.REHEARSAL, 0, PLENTY)],
            ensure_ascii=False,
        )
    assert "RehearsalCommanded" in told
    assert sorted(word for word in secret if word in told) == []


def test_the_ceremony_of_the_day_says_nothing_to_screens_of_a_rehearsal(rehearsal: Rehearsal) -> None:
    before = rehearsal.all()

    assert rehearsal.send("awards/case-01/arm", outside="x")[0] == 200
    assert rehearsal.send("awards/case-01/reveal", outside="x")[0] == 200
    assert rehearsal.send("screens/layer", lane=LANE, layer="logo")[0] == 200

    assert rehearsal.all() == before
    assert rehearsal.states(FIRST) == ["sealed"]


def test_what_organisers_change_leaves_a_rehearsal_as_it_began(rehearsal: Rehearsal) -> None:
    before = rehearsal.award(FIRST)
    with rehearsal.hub.database.reading() as db:
        level = store.LEVELS.of(db, CONF)[before["level"]["id"]]
    changed = replace(level, label=Text(ko="새 이름", en="New name"))
    with rehearsal.hub.journal.writing(CONF, actor=Actor.system("organiser")) as write:
        prepare(write, lambda prepared: put_level(prepared, changed))
    rehearsal.watch.look()

    assert rehearsal.award(FIRST) == before


def test_a_rehearsal_that_begins_later_has_called_those_before(day: Rehearsal) -> None:
    day.begin(cue=NEXT_CUE)

    docs = [doc for key, doc in day.all().items() if key.startswith("award/")]
    first = [one for one in docs if one["cue"] == CUE]
    assert {one["state"] for one in first} == {"done"}
    assert {one["state"] for one in docs if one["cue"] == NEXT_CUE} == {"sealed"}
    begun = day.all()[f"cue/{CUE}"]
    assert all(begun["started_at"] <= one["revealed_at"] <= begun["ended_at"] for one in first)
    assert day.of_lane("calling")["cue"] == NEXT_CUE


def test_a_withdrawn_award_is_not_rehearsed(day: Rehearsal) -> None:
    assert day.send("awards/case-01/withdraw", reason="사유")[0] == 200
    with day.hub.database.reading() as db:
        given = [one for one in store.load(db, CONF).awards.values() if one.state.value != "withdrawn"]

    day.begin()

    assert sum(key.startswith("award/") for key in day.all()) == len(given)


def test_a_joint_reveal_is_rehearsed_without_its_word(day: Rehearsal) -> None:
    with day.hub.database.reading() as db:
        known = store.load(db, CONF).awards.values()
    rounds = (NEXT_CUE, "round-2-metaverse")
    first = [
        min((one for one in known if one.cue_id == cue), key=lambda one: one.call_order) for cue in rounds
    ]
    with day.hub.database.writing() as db:
        for one in first:
            given = {"word": "홍길동", "conf": CONF, "id": one.id}
            db.execute(sa.text("UPDATE award SET joint = :word WHERE conf = :conf AND id = :id"), given)
    day.watch = Watch(day.hub, CONF)
    day.begin(cue=NEXT_CUE)
    hall, annex = (
        next(doc["id"] for doc in day.all().values() if (doc.get("cue"), doc.get("order")) == place)
        for place in ((one.cue_id, one.call_order) for one in first)
    )
    live = day.rows(*ON_DAY)
    day.ok(f"awards/{hall}/arm")
    day.ok(f"awards/{hall}/reveal")
    out = day.states(hall, annex), day.award(hall)["revealed_at"], day.shown(hall)["together"]
    day.ok("undo", lane=LANE)

    assert out[0] == ["revealed", "revealed"]
    assert day.states(hall, annex) == ["armed", "armed"]
    assert day.rows(*ON_DAY) == live
    with day.hub.database.reading() as db:
        told = [entry.as_wire() for entry in entries.since(db, CONF, Stream.REHEARSAL, 0, PLENTY)]
    assert "홍길동" not in json.dumps([told, day.all(), out], ensure_ascii=False)


def test_the_report_of_a_rehearsal_has_its_awards_by_number(rehearsal: Rehearsal) -> None:
    for command in ("arm", "reveal", "done"):
        rehearsal.ok(f"awards/{FIRST}/{command}")

    pages = [
        rehearsal.browser.get(f"/c/{CONF}/desk/{path}?run={rehearsal.run}").text
        for path in ("report/awards", "report/acts", "report.csv", "report/awards.csv")
    ]
    assert ["수상자 01" in page for page in pages] == [True] * 4
    secret = words_about_people(rehearsal.hub)
    assert sorted(word for word in secret for page in pages if word in page) == []


def test_an_export_leaves_out_what_was_rehearsed(rehearsal: Rehearsal) -> None:
    rehearsal.ok(f"awards/{FIRST}/arm")
    with rehearsal.hub.database.reading() as db:
        tables = conference_as_json(db, CONF)["tables"]

    assert [name for name in tables if name.startswith("rehearsed")] == []
