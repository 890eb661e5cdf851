"""How a run begins, and what applying a changed plan leaves of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conference_hub.agenda.clock import hold, next_cue, start
from conference_hub.agenda.lane_run import LaneRun, LaneStatus
from conference_hub.agenda.model import Cue, CueId, Lane, LaneId, Plan, SegmentId
from conference_hub.agenda.plan_refusals import CueRan, LaneRan
from conference_hub.agenda.run import Run, apply, begin
from conference_hub.core.text import Text
from tests.unit.agenda.lanes import CUES, HALL, LANE, SEGMENT, at, cue, minutes

METAVERSE = Lane(id=LaneId("metaverse"), title=Text(ko="메타버스", en="Metaverse"))
AVATAR = cue("avatar", at("00:30"), minutes(10), lane=METAVERSE.id)
TALK = cue("talk", at("00:35"), minutes(5))


def plan(*cues: Cue, lanes: tuple[Lane, ...] = (LANE, METAVERSE)) -> Plan:
    return Plan(revision=2, changed_at=at("00:00"), segments=(SEGMENT,), lanes=lanes, cues=cues)


def with_lane(run: Run, lane: LaneRun) -> Run:
    return replace(run, lanes=tuple(lane if one.lane_id == lane.lane_id else one for one in run.lanes))


BEGUN = begin(plan(*CUES, AVATAR))
OPENING = with_lane(BEGUN, start(BEGUN.lanes[0], at("00:21")))
CEREMONY = with_lane(OPENING, hold(next_cue(OPENING.lanes[0], at("00:31")), at("00:40")))


def ids(lane: LaneRun) -> list[CueId]:
    return [one.cue_id for one in lane.cues]


def test_a_run_begins_with_every_lane_waiting_in_the_order_of_the_plan() -> None:
    assert [(lane.lane_id, lane.status, ids(lane)) for lane in BEGUN.lanes] == [
        ("hall", LaneStatus.WAITING, ["opening", "ceremony", "performance"]),
        ("metaverse", LaneStatus.WAITING, ["avatar"]),
    ]


def test_applying_the_same_plan_changes_nothing() -> None:
    assert apply(CEREMONY, plan(*CUES, AVATAR)) == CEREMONY


def test_cues_ahead_are_as_planned_now() -> None:
    later = replace(CUES[2], planned_start=at("01:10"), planned=minutes(20), title=Text.of("무대"))

    after = apply(CEREMONY, plan(CUES[0], CUES[1], TALK, later, AVATAR))

    hall = after.lanes[0]
    assert ids(hall) == ["opening", "ceremony", "talk", "performance"]
    assert (hall.cues[3].planned_start, hall.cues[3].planned, after.cues[later.id].title) == (
        at("01:10"),
        minutes(20),
        Text.of("무대"),
    )
    assert hall.cues[:2] == CEREMONY.lanes[0].cues[:2]
    assert (hall.status, hall.held_since, hall.current) == (
        LaneStatus.HELD,
        at("00:40"),
        CEREMONY.lanes[0].current,
    )


def test_what_ran_or_is_on_air_keeps_what_it_ran_as() -> None:
    renamed = [replace(one, title=Text.of("새 이름"), planned=minutes(1)) for one in CUES]

    after = apply(CEREMONY, plan(*renamed, AVATAR))

    assert after.lanes[0].cues[:2] == CEREMONY.lanes[0].cues[:2]
    assert [after.cues[one.id].title.ko for one in CUES] == ["opening", "ceremony", "새 이름"]


def test_the_cue_on_air_stays_it_when_others_are_put_before_it() -> None:
    after = apply(CEREMONY, plan(CUES[0], TALK, CUES[1], CUES[2], AVATAR))

    assert (after.lanes[0].position, after.lanes[0].current) == (2, CEREMONY.lanes[0].current)


def test_a_cue_ahead_may_go_and_may_change_its_lane() -> None:
    moved = replace(CUES[2], lane_id=METAVERSE.id)

    after = apply(CEREMONY, plan(CUES[0], CUES[1], moved))

    assert [ids(lane) for lane in after.lanes] == [["opening", "ceremony"], ["performance"]]


def test_lanes_come_go_and_change_places_while_they_wait() -> None:
    broadcast = Lane(id=LaneId("broadcast"), title=Text.of("방송"))

    after = apply(CEREMONY, plan(*CUES, lanes=(broadcast, LANE)))

    assert [(lane.lane_id, ids(lane)) for lane in after.lanes] == [
        ("broadcast", []),
        ("hall", ["opening", "ceremony", "performance"]),
    ]


@pytest.mark.parametrize(
    "changed",
    [
        plan(*CUES[1:], AVATAR),
        plan(replace(CUES[0], lane_id=METAVERSE.id), *CUES[1:], AVATAR),
        replace(
            plan(*(replace(one, segment_id=SegmentId("other")) for one in CUES), AVATAR),
            segments=(replace(SEGMENT, id=SegmentId("other")),),
        ),
    ],
    ids=["gone", "in another lane", "its segment gone"],
)
def test_a_plan_without_a_cue_that_ran_is_refused(changed: Plan) -> None:
    with pytest.raises(CueRan) as refusal:
        apply(CEREMONY, changed)

    assert "opening" in str(refusal.value.detail["cues"])


def test_a_plan_without_a_started_lane_is_refused() -> None:
    with pytest.raises(LaneRan) as refusal:
        apply(CEREMONY, plan(AVATAR, lanes=(METAVERSE,)))

    assert refusal.value.detail == {"lanes": HALL}


def test_a_lane_all_of_whose_commands_were_undone_may_go() -> None:
    assert apply(BEGUN, plan(AVATAR, lanes=(METAVERSE,))).lane(HALL) is None
