"""What holds after any commands at any instants, whichever way the wall clock is stepped."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference_hub.agenda.allowed import allowed_commands
from conference_hub.agenda.clock import (
    MOST_SECONDS,
    arm,
    bring_back,
    extend,
    extension_bounds,
    finish,
    hold,
    jump,
    next_cue,
    reopen,
    restart,
    resume,
    skip,
    start,
)
from conference_hub.agenda.history import changed
from conference_hub.agenda.lane_run import ZERO, CueRun, LaneRun, LaneStatus
from conference_hub.agenda.model import CueId
from conference_hub.agenda.projection import project
from conference_hub.agenda.values import values_of, with_values
from conference_hub.core.errors import NotFound, Refused
from tests.unit.agenda.lanes import at, cue, lane

Command = Callable[[LaneRun, datetime], LaneRun]

DAY = at("00:00")
SPANS = st.integers(min_value=-3600, max_value=5400).map(lambda s: timedelta(seconds=s))
FORWARD = st.integers(min_value=0, max_value=5400).map(lambda s: timedelta(seconds=s))
LENGTHS = st.integers(min_value=1, max_value=3600).map(lambda s: timedelta(seconds=s))
GAPS = st.sampled_from([timedelta(minutes=m) for m in (-5, 0, 0, 0, 5)])
IDS = st.integers(min_value=0, max_value=4).map(lambda n: CueId(f"cue-{n}"))
COMMANDS: st.SearchStrategy[Command] = st.one_of(
    st.sampled_from([start, next_cue, next_cue, hold, resume, restart, finish]),
    st.just(lambda run, _: reopen(run)),
    st.one_of(st.none(), IDS).map(lambda cue_id: lambda run, _: arm(run, cue_id)),
    IDS.map(lambda cue_id: lambda run, _: skip(run, cue_id)),
    IDS.map(lambda cue_id: lambda run, _: bring_back(run, cue_id)),
    st.just(lambda run, now: finish(run, now, early=True)),
    st.integers(min_value=0, max_value=4).map(lambda n: lambda run, now: jump(run, CueId(f"cue-{n}"), now)),
    SPANS.map(lambda delta: lambda run, _: extend(run, delta)),
)


@st.composite
def plans(draw: st.DrawFn, fewest: int = 0) -> LaneRun:
    """Draw a waiting lane of up to five cues, with gaps and overlaps."""
    cues, begin = [], DAY
    for position in range(draw(st.integers(min_value=fewest, max_value=5))):
        begin += draw(GAPS)
        length = draw(LENGTHS)
        cues.append(cue(f"cue-{position}", begin, length))
        begin += length
    return LaneRun.planned(lane_id=lane().lane_id, cues=cues)


@st.composite
def histories(draw: st.DrawFn, fewest: int = 0) -> list[tuple[LaneRun, datetime]]:
    """Draw the states of a lane under random commands, with the wall-clock time at which each was reached."""
    run, now = draw(plans(fewest)), DAY
    states = [(run, now)]
    for command, step in draw(st.lists(st.tuples(COMMANDS, SPANS), max_size=12)):
        now += step
        with suppress(Refused, NotFound):
            run = command(run, now)
        states.append((run, now))
    return states


@st.composite
def running(draw: st.DrawFn) -> tuple[LaneRun, datetime]:
    """Draw a running lane with some history, and an instant not before anything that happened in it."""
    run, now = present(draw(histories(fewest=1)))
    match run.status:
        case LaneStatus.WAITING:
            return jump(run, run.cues[0].cue_id, now), now
        case LaneStatus.HELD:
            return resume(run, now), now
        case LaneStatus.FINISHED:
            return jump(run, run.cues[-1].cue_id, now), now
        case LaneStatus.RUNNING:
            return run, now


def present(history: list[tuple[LaneRun, datetime]]) -> tuple[LaneRun, datetime]:
    """Take the last state, and an instant at which the lane's clock is not ahead of the wall clock."""
    run, now = history[-1]
    return run, run.moment(now)


def started_and_ended(seen: CueRun) -> tuple[datetime, datetime]:
    """Return when a started cue began and ended; one on air ends after everything."""
    assert seen.started_at is not None
    return seen.started_at, seen.ended_at or datetime.max.replace(tzinfo=UTC)


@given(histories())
def test_no_cue_runs_before_another_has_ended(history: list[tuple[LaneRun, datetime]]) -> None:
    for run, _ in history:
        ran = sorted(started_and_ended(seen) for seen in run.cues if seen.started_at)
        line = [instant for span in ran for instant in span]
        assert line == sorted(line)
        assert run.held_since is None or run.held_since >= line[-2]


@given(histories())
def test_no_time_is_negative(history: list[tuple[LaneRun, datetime]]) -> None:
    for run, _ in history:
        for seen in run.cues:
            assert seen.held >= ZERO
            assert seen.allotted > ZERO
            if seen.started_at is not None and seen.ended_at is not None:
                assert seen.ended_at - seen.started_at >= seen.held


@given(histories())
def test_the_current_cue_is_the_only_one_that_has_not_ended(history: list[tuple[LaneRun, datetime]]) -> None:
    for run, _ in history:
        open_ended = [n for n, seen in enumerate(run.cues) if seen.started_at and not seen.ended_at]
        assert open_ended == ([] if run.position is None else [run.position])
        waiting = all(seen == untouched(seen) for seen in run.cues)
        assert (run.status is LaneStatus.WAITING) == waiting


@given(histories(), FORWARD)
def test_projected_times_are_in_order_and_never_in_the_past(
    history: list[tuple[LaneRun, datetime]], later: timedelta
) -> None:
    run, now = present(history)
    seen = project(run, now + later)
    shown = [c for c in seen.cues if c.projected_end is not None]
    on_air = [] if run.position is None else [run.position]
    as_they_run = (seen.cues[index] for index in (*on_air, *run.order_to_come))
    to_come = [c for c in as_they_run if c.ended_at is None]
    line = [
        instant for c in to_come for instant in (c.projected_start, c.projected_end) if instant is not None
    ]
    ends = [c.projected_end for c in shown if c.projected_end is not None]
    assert {c.cue_id for c in to_come} == {c.cue_id for c in shown if c.ended_at is None}
    assert all(earlier <= after for earlier, after in pairwise(line))
    assert all(c.projected_end is not None and c.projected_end >= now + later for c in to_come)
    assert seen.projected_finish == max(ends, default=None)


@given(histories(), FORWARD, FORWARD)
def test_passing_time_never_moves_projections_earlier(
    history: list[tuple[LaneRun, datetime]], first: timedelta, second: timedelta
) -> None:
    run, now = present(history)
    sooner, later = project(run, now + first), project(run, now + first + second)
    for one, two in zip(sooner.cues, later.cues, strict=True):
        if one.projected_start is None or one.projected_end is None:
            assert two == one
            continue
        assert two.projected_start is not None
        assert two.projected_end is not None
        assert one.projected_start <= two.projected_start
        assert one.projected_end <= two.projected_end
    assert sooner.drift <= later.drift


@given(histories(), FORWARD)
def test_remaining_time_falls_with_the_clock_and_stops_while_held(
    history: list[tuple[LaneRun, datetime]], later: timedelta
) -> None:
    run, now = present(history)
    before, after = project(run, now).remaining, project(run, now + later).remaining
    if before is None or after is None:
        assert run.position is None
    else:
        assert before - after == (ZERO if run.status is LaneStatus.HELD else later)


@given(running(), FORWARD, FORWARD)
def test_hold_and_resume_keep_what_remains(
    drawn: tuple[LaneRun, datetime], wait: timedelta, pause: timedelta
) -> None:
    run, now = drawn
    stopped, released = now + wait, now + wait + pause
    held = hold(run, stopped)
    resumed = resume(held, released)

    assert project(held, released).remaining == project(run, stopped).remaining
    assert project(resumed, released).remaining == project(run, stopped).remaining


@given(histories())
def test_undo_of_every_command_restores_every_earlier_state(
    history: list[tuple[LaneRun, datetime]],
) -> None:
    states = [run for run, _ in history]
    run = states[-1]
    for earlier, later in reversed(list(pairwise(states))):
        before, after = changed(values_of(earlier), values_of(later))
        assert run == later
        run = with_values(run, before)
        assert run == earlier
        assert with_values(run, after) == later


@given(histories())
def test_allowed_commands_are_exactly_those_that_the_rules_take(
    history: list[tuple[LaneRun, datetime]],
) -> None:
    run, now = present(history)
    tries: dict[str, Command] = {
        "start": start,
        "next": next_cue,
        "hold": hold,
        "resume": resume,
        "finish": lambda run, now: finish(run, now, early=True),
    }
    allowed = allowed_commands(run, None, None)
    assert {name: allowed[name] for name in tries} == {name: refusal(tries[name], run, now) for name in tries}


@given(running())
def test_an_extension_is_taken_exactly_within_its_bounds(drawn: tuple[LaneRun, datetime]) -> None:
    run, now = drawn
    shortest, longest = extension_bounds(run)
    codes = {
        seconds: refusal(extended_by(seconds), run, now)
        for seconds in (shortest - 1, shortest, longest, longest + 1)
    }
    assert (codes[shortest], codes[longest]) == (None, None)
    assert shortest == -MOST_SECONDS or codes[shortest - 1] == "too_short"
    assert longest == MOST_SECONDS or codes[longest + 1] == "too_long"


def extended_by(seconds: int) -> Command:
    """Return the command that adds seconds."""
    return lambda run, _: extend(run, timedelta(seconds=seconds))


def refusal(command: Command, run: LaneRun, now: datetime) -> str | None:
    """Return the code with which a rule refuses, None when it does not."""
    try:
        command(run, now)
    except Refused as refused:
        return refused.code
    return None


@given(running(), FORWARD, LENGTHS)
def test_an_extension_is_time_to_remain_and_undone_by_its_opposite(
    drawn: tuple[LaneRun, datetime], wait: timedelta, delta: timedelta
) -> None:
    run, now = drawn
    before = project(run, now + wait).remaining
    extended = extend(run, delta)

    assert before is not None
    assert project(extended, now + wait).remaining == before + delta
    assert extend(extended, -delta) == run


NIGHTS = {
    "clocks go forward in New York": datetime(2021, 3, 14, 0, 30, tzinfo=ZoneInfo("America/New_York")),
    "clocks go back in New York": datetime(2021, 11, 7, 0, 30, tzinfo=ZoneInfo("America/New_York")),
    "midnight in Seoul": datetime(2021, 12, 2, 23, 30, tzinfo=ZoneInfo("Asia/Seoul")),
    "midnight in UTC": datetime(2021, 12, 2, 23, 30, tzinfo=UTC),
}


@pytest.mark.parametrize("night", NIGHTS.values(), ids=NIGHTS)
@given(st.lists(st.tuples(COMMANDS, FORWARD), max_size=8))
def test_durations_do_not_depend_on_zone_or_daylight_saving(
    night: datetime, commands: list[tuple[Command, timedelta]]
) -> None:
    there = replayed(night, night.tzinfo, commands)
    plain = replayed(DAY, UTC, commands)
    assert there == plain


def test_cue_across_a_daylight_saving_change_keeps_its_length() -> None:
    night = NIGHTS["clocks go forward in New York"]
    run = start(lane(cue("gala", night, timedelta(hours=2))), night)

    projection = project(run, datetime(2021, 3, 14, 3, 0, tzinfo=night.tzinfo))

    assert projection.remaining == timedelta(minutes=30)
    assert projection.ends_at == datetime(2021, 3, 14, 3, 30, tzinfo=night.tzinfo)


def replayed(
    begin: datetime, zone: tzinfo | None, commands: list[tuple[Command, timedelta]]
) -> list[tuple[timedelta | None, timedelta]]:
    """Run commands on a night's lane, told the time in `zone`; give what remained and the drift each time."""
    opening = begin.astimezone(UTC)
    plan = [cue(f"cue-{n}", opening + n * timedelta(minutes=50), timedelta(minutes=40)) for n in range(4)]
    run, now, seen = lane(*plan), opening, []
    for command, step in commands:
        now += step
        with suppress(Refused, NotFound):
            run = command(run, now.astimezone(zone))
        projection = project(run, now.astimezone(zone))
        seen.append((projection.remaining, projection.drift))
    return seen


def untouched(seen: CueRun) -> CueRun:
    """Give the cue as planned."""
    return replace(seen, started_at=None, ended_at=None, extension=ZERO, held=ZERO)
