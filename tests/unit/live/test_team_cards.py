"""What screens of the team say by themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from conference_hub.agenda.lane_run import CueRun, LaneRun, LaneStatus
from conference_hub.agenda.model import CueId, LaneId
from conference_hub.agenda.run import Run
from conference_hub.core.now import iso
from conference_hub.core.text import Text
from conference_hub.live.team_cards import Department, TeamLane, team

NOW = datetime(2021, 12, 2, 4, 0, tzinfo=UTC)
BEGAN = NOW - timedelta(minutes=5)


def cue_run(name: str, minutes: int, **more: Any) -> CueRun:
    start = NOW + timedelta(minutes=minutes)
    return CueRun(cue_id=CueId(name), planned_start=start, planned=timedelta(minutes=10), **more)


CUES = (
    cue_run("left", -30),
    cue_run("done", -20, started_at=NOW - timedelta(minutes=15), ended_at=BEGAN),
    cue_run("on", -10, started_at=BEGAN),
    cue_run("out", 0, skipped=True),
    cue_run("a", 10),
    cue_run("b", 20),
    cue_run("c", 30),
)
RUNNING = LaneRun(lane_id=LaneId("hall"), cues=CUES, status=LaneStatus.RUNNING, position=2, held_since=None)
FINISHED = replace(RUNNING, status=LaneStatus.FINISHED, position=None)


def docs(run: LaneRun, **lane: Any) -> dict[str, Any]:
    said = {
        "id": "hall",
        "title": {"ko": "현장", "en": "Hall"},
        "colour": None,
        "room": None,
        "standby": None,
    }
    on = run.current.cue_id if run.current else None
    cues: dict[str, Any] = {
        f"cue/{one.cue_id}": {
            "id": one.cue_id,
            "number": "",
            "segment": "s",
            "kind": "general",
            "title": {"ko": one.cue_id, "en": ""},
            "planned_s": 600.0,
            "extension_s": 0.0,
            "speakers": [],
            "sync": None,
            "skipped": one.skipped,
            "started_at": iso(one.started_at) if one.started_at else None,
        }
        for one in run.cues
    }
    return {"lane/hall": {**said, "status": run.status.value, "cue": on, "ready_since": None, **lane}, **cues}


def hall(run: LaneRun, **lane: Any) -> TeamLane:
    (only,) = team(docs(run, **lane), Run(lanes=(run,), cues={}), NOW).lanes
    return only


def test_each_cue_stands_where_its_lane_has_it() -> None:
    lines = {line.id: (line.state, line.passed) for line in hall(RUNNING).lines}

    assert lines == {
        "left": ("coming", True),
        "done": ("done", True),
        "on": ("on-air", False),
        "out": ("skipped", False),
        "a": ("coming", False),
        "b": ("coming", False),
        "c": ("coming", False),
    }


def test_what_did_not_run_in_a_finished_lane_was_left_out() -> None:
    lines = hall(FINISHED).lines

    assert [line.id for line in lines if line.state == "left-out"] == ["left", "a", "b", "c"]
    assert all(line.passed for line in lines)


@pytest.mark.parametrize(
    ("run", "standby", "near"),
    [
        (RUNNING, None, ["left", "on", "a"]),
        (RUNNING, "c", ["left", "on", "c"]),
        (FINISHED, None, ["c"]),
    ],
)
def test_folded_rundown_shows_what_is_on_and_what_comes(
    run: LaneRun, standby: str | None, near: list[str]
) -> None:
    assert [line.id for line in hall(run, standby=standby).near] == near


def test_departments_stand_in_their_order() -> None:
    notes = [
        {"department": "light", "place": 3, "title": {"ko": "조명", "en": "Light"}, "text": "암전"},
        {"department": "emcee", "place": 1, "title": {"ko": "사회", "en": "Emcee"}, "text": "개회"},
    ]
    told = {**docs(RUNNING), "notes/on": {"notes": notes[:1]}, "notes/a": {"notes": notes}}

    (lane,) = team(told, Run(lanes=(RUNNING,), cues={}), NOW).lanes

    assert lane.departments == [
        Department(id="emcee", title=Text(ko="사회", en="Emcee")),
        Department(id="light", title=Text(ko="조명", en="Light")),
    ]


def test_lane_says_how_much_sooner_it_will_be_over() -> None:
    loose = replace(RUNNING, cues=tuple(replace(one, fixed=False) for one in CUES))

    assert hall(loose).drift == timedelta(minutes=-5)
