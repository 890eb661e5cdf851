"""When a lane will be over, seen from states that are written out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from conference_hub.agenda.clock import extend, finish, hold, jump, next_cue, skip, start
from conference_hub.agenda.lane_run import ZERO, LaneRun
from conference_hub.agenda.model import Cue, CueId, LaneId
from conference_hub.agenda.projection import (
    CueProjection,
    LaneProjection,
    RunProjection,
    project,
    project_run,
)
from conference_hub.agenda.run import Run
from tests.unit.agenda.lanes import CUES, HALL, at, cue, lane, minutes

IN_CEREMONY = next_cue(start(lane(), at("00:20")), at("00:30"))


def spans(run: LaneRun, now: datetime) -> list[tuple[datetime | None, datetime | None]]:
    """Give the projected start and end of each cue."""
    return [(seen.projected_start, seen.projected_end) for seen in project(run, now).cues]


def test_a_lane_before_its_time_is_projected_as_planned() -> None:
    projection = project(lane(), at("00:00"))

    assert projection == LaneProjection(
        cues=tuple(
            CueProjection(
                cue_id=planned.id,
                planned_start=planned.planned_start,
                planned_end=planned.planned_start + planned.planned,
                started_at=None,
                ended_at=None,
                projected_start=planned.planned_start,
                projected_end=planned.planned_start + planned.planned,
            )
            for planned in CUES
        ),
        ends_at=None,
        remaining=None,
        planned_finish=at("01:15"),
        projected_finish=at("01:15"),
        drift=ZERO,
    )


def test_a_lane_that_should_have_started_starts_now_at_the_earliest() -> None:
    assert spans(lane(), at("00:32")) == [
        (at("00:32"), at("00:42")),
        (at("00:42"), at("01:12")),
        (at("01:12"), at("01:22")),
    ]
    assert project(lane(), at("00:32")).drift == minutes(7)


def test_a_running_lane_says_what_was_and_what_will_be() -> None:
    projection = project(IN_CEREMONY, at("00:40"))

    assert projection == LaneProjection(
        cues=(
            CueProjection(
                cue_id=CUES[0].id,
                planned_start=at("00:20"),
                planned_end=at("00:30"),
                started_at=at("00:20"),
                ended_at=at("00:30"),
                projected_start=at("00:20"),
                projected_end=at("00:30"),
            ),
            CueProjection(
                cue_id=CUES[1].id,
                planned_start=at("00:30"),
                planned_end=at("01:00"),
                started_at=at("00:30"),
                ended_at=None,
                projected_start=at("00:30"),
                projected_end=at("01:00"),
            ),
            CueProjection(
                cue_id=CUES[2].id,
                planned_start=at("01:05"),
                planned_end=at("01:15"),
                started_at=None,
                ended_at=None,
                projected_start=at("01:05"),
                projected_end=at("01:15"),
            ),
        ),
        ends_at=at("01:00"),
        remaining=minutes(20),
        planned_finish=at("01:15"),
        projected_finish=at("01:15"),
        drift=ZERO,
    )


def test_a_cue_with_a_start_of_its_own_waits_for_it_and_one_that_follows_does_not() -> None:
    follows = lane(CUES[0], replace(CUES[1], fixed=False), CUES[2])

    assert spans(start(lane(), at("00:12")), at("00:15"))[1] == (at("00:30"), at("01:00"))
    assert spans(start(follows, at("00:12")), at("00:15"))[1] == (at("00:22"), at("00:52"))


def test_a_cue_over_its_time_ends_now_at_the_earliest() -> None:
    projection = project(IN_CEREMONY, at("01:08"))

    assert (projection.ends_at, projection.remaining) == (at("01:00"), minutes(-8))
    assert (projection.projected_finish, projection.drift) == (at("01:18"), minutes(3))


def test_a_planned_gap_absorbs_lateness() -> None:
    late = next_cue(start(lane(), at("00:20")), at("00:34"))

    projection = project(late, at("00:40"))

    assert spans(late, at("00:40"))[1:] == [(at("00:34"), at("01:04")), (at("01:05"), at("01:15"))]
    assert projection.drift == ZERO


def test_lateness_beyond_the_gap_moves_what_follows() -> None:
    late = next_cue(start(lane(), at("00:20")), at("00:38"))

    assert spans(late, at("00:40"))[2] == (at("01:08"), at("01:18"))


def test_a_hold_pushes_the_end_on_and_keeps_what_remains() -> None:
    held = hold(IN_CEREMONY, at("00:40"))

    projection = project(held, at("00:52"))

    assert (projection.ends_at, projection.remaining) == (at("01:12"), minutes(20))
    assert projection.projected_finish == at("01:22")


def test_a_hold_over_time_lets_the_cue_end_now() -> None:
    held = hold(IN_CEREMONY, at("01:05"))

    projection = project(held, at("01:20"))

    assert (projection.ends_at, projection.remaining) == (at("01:15"), minutes(-5))
    assert projection.cues[1].projected_end == at("01:20")


def test_an_extension_moves_the_end() -> None:
    projection = project(extend(IN_CEREMONY, minutes(10)), at("00:40"))

    assert (projection.ends_at, projection.remaining, projection.drift) == (
        at("01:10"),
        minutes(30),
        minutes(5),
    )


def test_projection_of_a_finished_lane_does_not_change() -> None:
    run = finish(next_cue(IN_CEREMONY, at("01:04")), at("01:12"))

    assert project(run, at("01:13")) == project(run, at("09:00"))
    assert project(run, at("09:00")).projected_finish == at("01:12")
    assert project(run, at("09:00")).drift == minutes(-3)


def test_cues_left_out_by_an_early_finish_have_no_projection() -> None:
    run = finish(IN_CEREMONY, at("00:50"), early=True)

    projection = project(run, at("01:30"))

    assert spans(run, at("01:30"))[2] == (None, None)
    assert (projection.projected_finish, projection.drift) == (at("00:50"), minutes(-25))


def test_a_wall_clock_before_the_start_of_the_cue_counts_as_its_start() -> None:
    assert project(IN_CEREMONY, at("00:01")) == project(IN_CEREMONY, at("00:30"))


def test_projection_of_an_empty_lane_is_empty() -> None:
    assert project(LaneRun.planned(lane_id=HALL, cues=()), at("00:00")) == LaneProjection(
        cues=(), ends_at=None, remaining=None, planned_finish=None, projected_finish=None, drift=ZERO
    )


def test_cues_planned_over_each_other_follow_one_another() -> None:
    run = lane(
        cue("film", at("00:20"), minutes(10)),
        cue("talk", at("00:25"), minutes(10)),
    )

    assert spans(run, at("00:00")) == [(at("00:20"), at("00:30")), (at("00:30"), at("00:40"))]


def test_a_cue_runs_across_midnight() -> None:
    run = start(lane(cue("gala", at("23:30"), timedelta(hours=2))), at("23:40"))

    projection = project(run, at("23:40") + timedelta(minutes=45))

    assert (projection.remaining, projection.drift) == (minutes(75), minutes(10))
    assert projection.ends_at == datetime.fromisoformat("2021-12-03T01:40:00+00:00")


def test_a_run_ends_with_its_last_lane_and_is_as_late() -> None:
    late = next_cue(start(lane(), at("00:20")), at("00:38"))
    meta = LaneRun.planned(
        lane_id=LaneId("metaverse"),
        cues=[cue("avatar", at("00:30"), minutes(10), lane=LaneId("metaverse"))],
    )
    run = Run(lanes=(late, meta), cues={})

    assert project_run(run, at("00:40")) == RunProjection(
        lanes={HALL: project(late, at("00:40")), meta.lane_id: project(meta, at("00:40"))},
        planned_finish=at("01:15"),
        projected_finish=at("01:18"),
        drift=minutes(3),
    )


def test_a_run_without_cues_has_no_finish() -> None:
    assert project_run(Run(lanes=(), cues={}), at("00:40")) == RunProjection(
        lanes={}, planned_finish=None, projected_finish=None, drift=ZERO
    )


STREET = LaneId("street")


def street(*cues: Cue) -> LaneRun:
    return LaneRun.planned(lane_id=STREET, cues=cues)


def joint_starts(now: datetime, *lanes: LaneRun) -> list[list[datetime | None]]:
    """Give the projected starts of the cues of each lane."""
    seen = project_run(Run(lanes=lanes, cues={}), now).lanes.values()
    return [[one.projected_start for one in lane_seen.cues] for lane_seen in seen]


MEETING = replace(CUES[1], sync="①")
CUES_AFTER = cue("after", at("00:40"), minutes(5), STREET)
PARADE = replace(cue("parade", at("00:30"), minutes(10), STREET), sync="①")


def test_late_lane_moves_the_joint_start_of_the_other() -> None:
    late = start(lane(CUES[0], MEETING, CUES[2]), at("00:25"))

    assert joint_starts(at("00:26"), late, street(PARADE, CUES_AFTER)) == [
        [at("00:25"), at("00:35"), at("01:05")],
        [at("00:35"), at("00:45")],
    ]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(skip(street(PARADE), CueId("parade")), id="left out"),
        pytest.param(start(street(PARADE), at("00:24")), id="begun before"),
        pytest.param(finish(start(street(PARADE), at("00:24")), at("00:25")), id="over"),
        pytest.param(jump(street(PARADE, CUES_AFTER), CUES_AFTER.id, at("00:24")), id="passed by"),
    ],
)
def test_lane_waits_for_nobody_who_will_not_come(other: LaneRun) -> None:
    hall = start(lane(CUES[0], MEETING, CUES[2]), at("00:20"))

    assert joint_starts(at("00:26"), hall, other)[0] == [at("00:20"), at("00:30"), at("01:05")]
