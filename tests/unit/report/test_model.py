"""How a lane went, from its run and its steps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from conference_hub.agenda import clock
from conference_hub.agenda.history import Act
from conference_hub.agenda.lane_run import CueRun, LaneRun, LaneStatus
from conference_hub.agenda.model import CueId, LaneId
from conference_hub.report.model import (
    ActLine,
    CueLine,
    Totals,
    act_lines,
    cue_lines,
    pressed,
    shift_of,
    totals,
)

EVENING = datetime(2026, 11, 5, 23, 50, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ZERO = timedelta(0)


def planned(*minutes: int) -> LaneRun:
    starts = [EVENING + sum(minutes[:i]) * MINUTE for i in range(len(minutes))]
    cues = tuple(
        CueRun(cue_id=CueId(f"cue-{i}"), planned_start=start, planned=length * MINUTE)
        for i, (start, length) in enumerate(zip(starts, minutes, strict=True), 1)
    )
    return LaneRun(
        lane_id=LaneId("hall"), cues=cues, status=LaneStatus.WAITING, position=None, held_since=None
    )


def after(minutes: int) -> datetime:
    return EVENING + minutes * MINUTE


def test_a_lane_that_waits_has_only_its_plan() -> None:
    lane = planned(5, 20)
    lines = cue_lines(lane, after(3))
    assert [(line.drift, line.length, line.overrun) for line in lines] == [(None, None, None)] * 2
    assert totals(lane, lines) == Totals(
        planned_start=EVENING,
        planned_end=after(25),
        started_at=None,
        ended_at=None,
        ran=0,
        skipped=0,
        extension=ZERO,
        held=ZERO,
    )


def test_a_held_cue_counts_the_hold_that_goes_on() -> None:
    lane = clock.hold(clock.extend(clock.start(planned(5, 20), after(2)), MINUTE), after(4))
    assert cue_lines(lane, after(9))[0] == CueLine(
        cue_id=CueId("cue-1"),
        planned_start=EVENING,
        planned=5 * MINUTE,
        started_at=after(2),
        until=after(9),
        on_air=True,
        skipped=False,
        extension=MINUTE,
        held=5 * MINUTE,
    )


def test_a_cue_on_air_has_a_length_but_no_overrun_yet() -> None:
    line = cue_lines(clock.start(planned(5), after(2)), after(12))[0]
    assert (line.drift, line.length, line.overrun) == (2 * MINUTE, 10 * MINUTE, None)


def test_a_lane_over_midnight_adds_up() -> None:
    lane = clock.next_cue(clock.start(planned(5, 20), after(0)), after(8))
    lane = clock.finish(clock.resume(clock.hold(lane, after(15)), after(17)), after(31))
    lines = cue_lines(lane, after(600))
    assert [(line.drift, line.length, line.overrun) for line in lines] == [
        (ZERO, 8 * MINUTE, 3 * MINUTE),
        (3 * MINUTE, 23 * MINUTE, 3 * MINUTE),
    ]
    found = totals(lane, lines)
    assert found == Totals(
        planned_start=EVENING,
        planned_end=after(25),
        started_at=after(0),
        ended_at=after(31),
        ran=2,
        skipped=0,
        extension=ZERO,
        held=2 * MINUTE,
    )
    assert found.drift == 6 * MINUTE


def test_a_lane_that_ended_early_leaves_out_what_never_ran() -> None:
    lane = clock.finish(clock.start(planned(5, 20), after(0)), after(4), early=True)
    lines = cue_lines(lane, after(5))
    found = totals(lane, lines)
    assert (found.ended_at, found.ran, found.drift) == (after(4), 1, -21 * MINUTE)


def test_a_lane_without_cues_adds_up_to_nothing() -> None:
    assert totals(planned(), ()) == Totals(
        planned_start=None,
        planned_end=None,
        started_at=None,
        ended_at=None,
        ran=0,
        skipped=0,
        extension=ZERO,
        held=ZERO,
    )


def act(number: int, topic: str, *, by: str = "이운영", about: int | None = None, **detail: object) -> Act:
    return Act(
        number=number,
        lane=LaneId("hall"),
        subject="lane/hall",
        topic=topic,
        detail=detail,
        actor="account:1",
        by=by,
        at=after(number),
        about=about,
    )


def test_a_command_that_was_taken_back_says_by_which() -> None:
    held, undone = act(1, "LaneHeld"), act(2, "CommandUndone", by="박진행", about=1)

    assert act_lines([held, undone]) == [ActLine(act=held, undone=undone), ActLine(act=undone, about=held)]


def test_a_command_that_was_done_again_stands() -> None:
    held = act(1, "LaneHeld")
    undone, redone = act(2, "CommandUndone", about=1), act(3, "CommandRedone", about=1)

    assert [line.undone for line in act_lines([held, undone, redone])] == [None, None, None]
    again = act(4, "CommandUndone", about=1)
    assert act_lines([held, undone, redone, again])[0].undone == again


def test_undo_of_a_command_that_nobody_kept_is_about_nothing() -> None:
    undone = act(2, "CommandUndone", about=1)
    assert act_lines([undone]) == [ActLine(act=undone)]


def test_a_cue_says_who_started_it_and_how_often_it_was_held() -> None:
    lane = clock.start(planned(5, 20), after(1))
    acts = [
        act(1, "LaneStarted", cue="cue-1"),
        act(2, "LaneHeld", by="박진행", cue="cue-1"),
        act(3, "LaneHeld", cue="cue-1"),
        act(4, "CommandUndone", about=3),
        act(5, "LaneHeld", cue="cue-2"),
    ]

    lines = cue_lines(lane, after(6), act_lines(acts))

    assert [(line.by, line.holds) for line in lines] == [("이운영", 1), ("", 0)]


def test_what_happened_before_a_cue_began_anew_does_not_count() -> None:
    lane = clock.restart(clock.start(planned(5), after(1)), after(3))
    acts = [
        act(1, "LaneStarted", cue="cue-1"),
        act(2, "LaneHeld", cue="cue-1"),
        act(3, "CueRestarted", by="박진행", cue="cue-1"),
    ]

    (line,) = cue_lines(lane, after(4), act_lines(acts))

    assert (line.by, line.holds) == ("박진행", 0)


def test_a_rehearsal_is_compared_from_its_own_beginning() -> None:
    days_before = clock.start(planned(5, 20), after(-5000))
    shift = shift_of([days_before], rehearsal=True)

    lines = cue_lines(clock.next_cue(days_before, after(-4994)), after(-4990), shift=shift)

    assert (shift, [line.drift for line in lines]) == (-5000 * MINUTE, [ZERO, MINUTE])


def test_the_plan_moves_for_a_live_run_only_when_it_was_a_trial() -> None:
    late, trial = clock.start(planned(5), after(90)), clock.start(planned(5), after(-720))
    shifts = [shift_of([lane], rehearsal=False) for lane in (planned(5), late, trial)]
    assert shifts == [ZERO, ZERO, -720 * MINUTE]


def test_only_standing_commands_count() -> None:
    found = pressed(act_lines([act(1, "LaneHeld"), act(2, "LaneHeld"), act(3, "CommandUndone", about=2)]))
    assert (found["lane/hall"].times["LaneHeld"], found["lane/hall"].by["LaneHeld"]) == (1, "이운영")
