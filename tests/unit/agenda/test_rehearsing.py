"""Where a rehearsal begins, and how its clock goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference_hub.agenda.lane_run import LaneRun, LaneStatus
from conference_hub.agenda.model import Cue, CueId, Lane, LaneId, Plan
from conference_hub.agenda.projection import project_run
from conference_hub.agenda.rehearsing import beginning
from conference_hub.agenda.run import begin
from conference_hub.agenda.run_clock import RunClock
from conference_hub.core.errors import NotFound
from conference_hub.core.text import Text
from tests.unit.agenda.lanes import CUES, LANE, SEGMENT, at, cue, minutes

METAVERSE = Lane(id=LaneId("metaverse"), title=Text(ko="메타버스", en="Metaverse"))
AVATAR = cue("avatar", at("00:25"), minutes(20), lane=METAVERSE.id)
TALK = cue("talk", at("00:50"), minutes(5), lane=METAVERSE.id)


def plan(*cues: Cue) -> Plan:
    return Plan(
        revision=1, changed_at=at("00:00"), segments=(SEGMENT,), lanes=(LANE, METAVERSE), cues=(*CUES, *cues)
    )


def stands(lane: LaneRun) -> tuple[LaneStatus, str | None, list[object], list[object]]:
    on_air = lane.current.cue_id if lane.current else None
    return (
        lane.status,
        on_air,
        [one.started_at for one in lane.cues],
        [one.ended_at for one in lane.cues],
    )


def test_without_a_cue_nothing_has_happened_and_it_is_the_time_of_the_first_one() -> None:
    assert beginning(plan(AVATAR), None, at("23:00")) == (begin(plan(AVATAR)), at("00:20"))


def test_plan_without_cues_begins_now() -> None:
    empty = replace(plan(), cues=())

    assert beginning(empty, None, at("23:00")) == (begin(empty), at("23:00"))


def test_all_before_the_cue_went_as_planned_in_every_lane() -> None:
    run, time = beginning(plan(AVATAR, TALK), CueId("ceremony"), at("23:00"))

    assert time == at("00:30")
    assert [stands(lane) for lane in run.lanes] == [
        (LaneStatus.RUNNING, "ceremony", [at("00:20"), at("00:30"), None], [at("00:30"), None, None]),
        (LaneStatus.RUNNING, "avatar", [at("00:25"), None], [None, None]),
    ]
    assert project_run(run, time).drift == timedelta(0)


def test_in_a_planned_gap_the_last_cue_stays_and_a_lane_that_was_to_be_over_is() -> None:
    gap, _ = beginning(plan(replace(AVATAR, planned=minutes(5)), TALK), CueId("ceremony"), at("23:00"))
    over, _ = beginning(plan(AVATAR), CueId("performance"), at("23:00"))

    assert stands(gap.lanes[1]) == (LaneStatus.RUNNING, "avatar", [at("00:25"), None], [None, None])
    assert stands(over.lanes[1]) == (LaneStatus.FINISHED, None, [at("00:25")], [at("00:45")])


def test_lane_that_begins_later_waits() -> None:
    run, _ = beginning(plan(TALK), CueId("opening"), at("23:00"))

    assert stands(run.lanes[1]) == (LaneStatus.WAITING, None, [None], [None])


@pytest.mark.parametrize("name", ["nothing", "performance"])
def test_cue_that_is_not_run_is_refused(name: str) -> None:
    left_out = tuple(replace(one, skipped=one.id == "performance") for one in CUES)

    with pytest.raises(NotFound):
        beginning(replace(plan(), cues=left_out), CueId(name), at("23:00"))


def test_clock_goes_as_fast_as_it_is_told_and_never_back() -> None:
    clock = RunClock(since=at("10:00"), at=at("00:20"), speed=4)
    slower = clock.going(1, at("10:05"))

    assert [clock.time(at(now)) for now in ("09:00", "10:00", "10:05")] == [
        at("00:20"),
        at("00:20"),
        at("00:40"),
    ]
    assert slower == RunClock(since=at("10:05"), at=at("00:40"), speed=1)
    assert slower.time(at("10:06")) == at("00:41")


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 60)), max_size=8))
def test_another_speed_never_moves_the_time(changes: list[tuple[int, int]]) -> None:
    clock, now = RunClock(since=at("10:00"), at=at("00:20")), at("10:00")
    for later_ms, speed in changes:
        now += timedelta(milliseconds=later_ms)
        after = clock.going(speed, now)
        assert after.time(now) == clock.time(now)
        clock = after
