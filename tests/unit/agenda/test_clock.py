"""What each command makes of a lane."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from conference_hub.agenda.clock import extend, extension_bounds, finish, hold, jump, next_cue, resume, start
from conference_hub.agenda.lane_run import CueRun, LaneRun, LaneStatus
from conference_hub.agenda.model import CueId, LaneId
from conference_hub.core.errors import NotFound, Refused
from tests.unit.agenda.lanes import CUES, HALL, at, cue, lane, minutes

OPENING = CueRun(cue_id=CueId("opening"), planned_start=at("00:20"), planned=minutes(10))
CEREMONY = CueRun(cue_id=CueId("ceremony"), planned_start=at("00:30"), planned=minutes(30))
PERFORMANCE = CueRun(cue_id=CueId("performance"), planned_start=at("01:05"), planned=minutes(10))

WAITING = LaneRun(
    lane_id=HALL,
    cues=(OPENING, CEREMONY, PERFORMANCE),
    status=LaneStatus.WAITING,
    position=None,
    held_since=None,
)
IN_OPENING = LaneRun(
    lane_id=HALL,
    cues=(replace(OPENING, started_at=at("00:21")), CEREMONY, PERFORMANCE),
    status=LaneStatus.RUNNING,
    position=0,
    held_since=None,
)
IN_CEREMONY = LaneRun(
    lane_id=HALL,
    cues=(
        replace(OPENING, started_at=at("00:21"), ended_at=at("00:29")),
        replace(CEREMONY, started_at=at("00:29")),
        PERFORMANCE,
    ),
    status=LaneStatus.RUNNING,
    position=1,
    held_since=None,
)
CEREMONY_HELD = replace(IN_CEREMONY, status=LaneStatus.HELD, held_since=at("00:40"))
IN_PERFORMANCE = LaneRun(
    lane_id=HALL,
    cues=(
        replace(OPENING, started_at=at("00:21"), ended_at=at("00:29")),
        replace(CEREMONY, started_at=at("00:29"), ended_at=at("01:00")),
        replace(PERFORMANCE, started_at=at("01:00")),
    ),
    status=LaneStatus.RUNNING,
    position=2,
    held_since=None,
)
FINISHED = LaneRun(
    lane_id=HALL,
    cues=(*IN_PERFORMANCE.cues[:2], replace(IN_PERFORMANCE.cues[2], ended_at=at("01:12"))),
    status=LaneStatus.FINISHED,
    position=None,
    held_since=None,
)
EMPTY = LaneRun(lane_id=HALL, cues=(), status=LaneStatus.WAITING, position=None, held_since=None)


def test_a_planned_lane_takes_its_own_cues_in_their_order() -> None:
    elsewhere = cue("avatar", at("00:20"), minutes(5), lane=LaneId("metaverse"))

    assert LaneRun.planned(lane_id=HALL, cues=(CUES[0], elsewhere, *CUES[1:])) == WAITING


def test_a_lane_can_be_planned_without_cues() -> None:
    assert LaneRun.planned(lane_id=HALL, cues=()) == EMPTY


def test_start_begins_the_first_cue() -> None:
    assert start(lane(), at("00:21")) == IN_OPENING


def test_next_ends_the_current_cue_and_begins_the_following_one() -> None:
    assert next_cue(IN_OPENING, at("00:29")) == IN_CEREMONY


def test_next_ends_a_hold_too() -> None:
    ceremony = replace(CEREMONY, started_at=at("00:29"), ended_at=at("00:45"), held=minutes(5))

    assert next_cue(CEREMONY_HELD, at("00:45")) == LaneRun(
        lane_id=HALL,
        cues=(IN_CEREMONY.cues[0], ceremony, replace(PERFORMANCE, started_at=at("00:45"))),
        status=LaneStatus.RUNNING,
        position=2,
        held_since=None,
    )


def test_hold_remembers_since_when() -> None:
    assert hold(IN_CEREMONY, at("00:40")) == CEREMONY_HELD


def test_resume_adds_the_hold_to_the_cue() -> None:
    ceremony = replace(CEREMONY, started_at=at("00:29"), held=minutes(5))

    assert resume(CEREMONY_HELD, at("00:45")) == replace(
        IN_CEREMONY, cues=(IN_CEREMONY.cues[0], ceremony, PERFORMANCE)
    )


def test_a_second_hold_adds_to_the_first() -> None:
    resumed = resume(CEREMONY_HELD, at("00:45"))

    again = resume(hold(resumed, at("00:50")), at("00:52"))

    assert again.cues[1].held == minutes(7)


def test_finish_ends_the_last_cue_and_the_lane() -> None:
    assert finish(IN_PERFORMANCE, at("01:12")) == FINISHED


def test_an_early_finish_leaves_the_remaining_cues_out() -> None:
    assert finish(IN_OPENING, at("00:25"), early=True) == LaneRun(
        lane_id=HALL,
        cues=(replace(OPENING, started_at=at("00:21"), ended_at=at("00:25")), CEREMONY, PERFORMANCE),
        status=LaneStatus.FINISHED,
        position=None,
        held_since=None,
    )


def test_finish_ends_a_hold_too() -> None:
    done = finish(CEREMONY_HELD, at("00:45"), early=True)

    assert (done.held_since, done.cues[1].held) == (None, minutes(5))


def test_jump_starts_any_cue_and_ends_the_current_one_with_its_hold() -> None:
    opening = replace(OPENING, started_at=at("00:21"), ended_at=at("00:30"), held=minutes(5))
    held = hold(IN_OPENING, at("00:25"))

    assert jump(held, CueId("performance"), at("00:30")) == LaneRun(
        lane_id=HALL,
        cues=(opening, CEREMONY, replace(PERFORMANCE, started_at=at("00:30"))),
        status=LaneStatus.RUNNING,
        position=2,
        held_since=None,
    )


def test_jump_starts_a_waiting_lane_in_the_middle() -> None:
    started = jump(WAITING, CueId("ceremony"), at("00:29"))

    assert started.cues == (OPENING, replace(CEREMONY, started_at=at("00:29")), PERFORMANCE)
    assert (started.status, started.position) == (LaneStatus.RUNNING, 1)


def test_a_cue_that_ran_runs_anew_and_keeps_its_extension() -> None:
    ran = replace(
        IN_PERFORMANCE,
        cues=(
            IN_PERFORMANCE.cues[0],
            replace(IN_PERFORMANCE.cues[1], held=minutes(2), extension=minutes(3)),
            IN_PERFORMANCE.cues[2],
        ),
    )

    again = jump(ran, CueId("ceremony"), at("01:02"))

    assert again.cues[1] == replace(CEREMONY, started_at=at("01:02"), extension=minutes(3))
    assert again.cues[2].ended_at == at("01:02")


def test_jump_opens_a_finished_lane_again() -> None:
    early = finish(IN_OPENING, at("00:25"), early=True)

    assert jump(early, CueId("performance"), at("01:05")).cues[2].started_at == at("01:05")


def test_after_coming_back_next_goes_to_the_cue_that_has_not_run() -> None:
    talk = cue("talk", at("01:15"), minutes(10))
    ahead = jump(start(lane(*CUES, talk), at("00:20")), CueId("performance"), at("00:30"))
    back_again = jump(ahead, CueId("ceremony"), at("00:40"))

    after = next_cue(back_again, at("01:10"))

    assert after.current == after.cues[3]
    assert after.cues[2] == back_again.cues[2]


def test_a_cue_passed_by_is_left_and_finish_asks_for_it() -> None:
    ahead = jump(IN_OPENING, CueId("performance"), at("00:30"))

    with pytest.raises(Refused) as refusal:
        finish(ahead, at("00:40"))
    assert refusal.value.code == "not_last_cue"
    assert finish(ahead, at("00:40"), early=True).status is LaneStatus.FINISHED


def test_a_cue_of_no_such_lane_cannot_be_jumped_to() -> None:
    with pytest.raises(NotFound):
        jump(IN_OPENING, CueId("avatar"), at("00:30"))


@pytest.mark.parametrize(
    ("run", "bounds"),
    [
        (WAITING, (0, 0)),
        (FINISHED, (0, 0)),
        (IN_OPENING, (-599, 3600)),
        (start(lane(cue("long", at("00:20"), timedelta(hours=24))), at("00:20")), (-3600, 0)),
    ],
    ids=["waiting", "finished", "ten minutes", "a whole day"],
)
def test_the_bounds_of_an_extension_are_what_extend_takes(run: LaneRun, bounds: tuple[int, int]) -> None:
    assert extension_bounds(run) == bounds


@pytest.mark.parametrize("run", [IN_CEREMONY, CEREMONY_HELD], ids=["running", "held"])
def test_extend_adds_to_the_current_cue(run: LaneRun) -> None:
    extended = extend(extend(run, minutes(2)), minutes(-5))

    assert extended == replace(
        run, cues=(run.cues[0], replace(run.cues[1], extension=minutes(-3)), run.cues[2])
    )


def test_a_cue_may_be_extended_to_a_whole_day() -> None:
    assert extend(IN_OPENING, timedelta(hours=23, minutes=50)).cues[0].allotted == timedelta(hours=24)


def test_a_cue_planned_longer_than_a_day_may_still_be_shortened() -> None:
    run = start(lane(cue("exhibition", at("00:20"), timedelta(hours=30))), at("00:20"))

    assert extend(run, timedelta(hours=-1)).cues[0].allotted == timedelta(hours=29)


@pytest.mark.parametrize(
    ("command", "run", "code"),
    [
        (start, IN_OPENING, "already_running"),
        (start, CEREMONY_HELD, "already_running"),
        (start, FINISHED, "finished"),
        (start, EMPTY, "empty_lane"),
        (next_cue, WAITING, "not_started"),
        (next_cue, IN_PERFORMANCE, "last_cue"),
        (next_cue, FINISHED, "finished"),
        (hold, WAITING, "not_started"),
        (hold, CEREMONY_HELD, "held"),
        (hold, FINISHED, "finished"),
        (resume, WAITING, "not_started"),
        (resume, IN_CEREMONY, "not_held"),
        (resume, FINISHED, "finished"),
        (finish, WAITING, "not_started"),
        (finish, IN_CEREMONY, "not_last_cue"),
        (finish, CEREMONY_HELD, "not_last_cue"),
        (finish, FINISHED, "finished"),
        (lambda run, now: jump(run, CueId("opening"), now), IN_OPENING, "on_air"),
        (lambda run, _: extend(run, minutes(1)), WAITING, "not_started"),
        (lambda run, _: extend(run, minutes(1)), FINISHED, "finished"),
        (lambda run, _: extend(run, minutes(-10)), IN_OPENING, "too_short"),
        (lambda run, _: extend(run, minutes(-11)), IN_OPENING, "too_short"),
        (lambda run, _: extend(run, minutes(-30)), CEREMONY_HELD, "too_short"),
        (lambda run, _: extend(run, timedelta(hours=24)), IN_OPENING, "too_long"),
        (lambda run, _: extend(run, timedelta.max), IN_OPENING, "too_long"),
        (lambda run, _: extend(run, timedelta.min), IN_OPENING, "too_short"),
    ],
)
def test_forbidden_command_is_refused_with_its_code(
    command: Callable[[LaneRun, datetime], LaneRun], run: LaneRun, code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        command(run, at("02:00"))

    assert (refusal.value.code, refusal.value.status, refusal.value.detail) == (code, 409, {"lane": "hall"})


def test_a_clock_stepped_back_counts_as_standing_still() -> None:
    held = hold(IN_CEREMONY, at("00:10"))
    resumed = resume(held, at("00:05"))

    after = next_cue(resumed, at("00:00"))

    assert held == replace(IN_CEREMONY, status=LaneStatus.HELD, held_since=at("00:29"))
    assert resumed == IN_CEREMONY
    assert after.cues[1:] == (
        replace(CEREMONY, started_at=at("00:29"), ended_at=at("00:29")),
        replace(PERFORMANCE, started_at=at("00:29")),
    )


def test_instants_are_kept_at_whole_milliseconds() -> None:
    started = start(lane(), at("00:21").replace(microsecond=123_987))

    assert started.cues[0].started_at == at("00:21").replace(microsecond=123_000)


def test_naive_instant_raises_value_error() -> None:
    with pytest.raises(ValueError, match="naive datetime"):
        start(lane(), at("00:21").replace(tzinfo=None))


@pytest.mark.parametrize(
    ("status", "position", "held_since"),
    [
        (LaneStatus.WAITING, 0, None),
        (LaneStatus.RUNNING, None, None),
        (LaneStatus.RUNNING, 3, None),
        (LaneStatus.RUNNING, 0, at("00:30")),
        (LaneStatus.HELD, 0, None),
        (LaneStatus.FINISHED, None, at("00:30")),
    ],
)
def test_contradictory_lane_raises_value_error(
    status: LaneStatus, position: int | None, held_since: datetime | None
) -> None:
    with pytest.raises(ValueError, match="hall is"):
        replace(WAITING, status=status, position=position, held_since=held_since)
