"""What is projected is what happens when each cue is started exactly when it was projected, whatever the plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from conference_hub.agenda.clock import (
    extend,
    finish,
    hold,
    jump,
    make_ready,
    next_cue,
    restart,
    resume,
    skip,
    start,
)
from conference_hub.agenda.joint import go_on, meet, waits_for
from conference_hub.agenda.lane_run import LaneRun, LaneStatus
from conference_hub.agenda.model import Cue, CueId, LaneId
from conference_hub.agenda.projection import project_run
from conference_hub.agenda.run import Run
from conference_hub.core.errors import Refused
from tests.unit.agenda.lanes import at, cue, minutes

LANES = ("hall", "street", "annex")
NOW = at("09:00")
FEW_MINUTES = st.integers(min_value=0, max_value=30)


@st.composite
def lanes_of_a_plan(draw: st.DrawFn) -> tuple[LaneRun, ...]:
    """Draw waiting lanes that meet their sync points in one order."""
    points = [str(place) for place in range(draw(st.integers(0, 4)))]
    return tuple(
        LaneRun.planned(lane_id=LaneId(name), cues=draw(planned_cues(name, points)))
        for name in LANES[: draw(st.integers(1, 3))]
    )


@st.composite
def planned_cues(draw: st.DrawFn, lane: str, points: list[str]) -> list[Cue]:
    met: list[str | None] = [point for point in points if draw(st.booleans())]
    for _ in range(draw(st.integers(0, 3))):
        met.insert(draw(st.integers(0, len(met))), None)
    starts = sorted(draw(FEW_MINUTES) * 4 for _ in met)
    return [
        replace(
            cue(f"{lane}-{place}", NOW + minutes(begin), minutes(draw(FEW_MINUTES) + 1), LaneId(lane)),
            fixed=draw(st.booleans()),
            sync=point,
        )
        for place, (point, begin) in enumerate(zip(met, starts, strict=True))
    ]


def starts_of(lanes: tuple[LaneRun, ...], now: datetime) -> dict[CueId, datetime]:
    """Give when each cue that has not run is projected to begin."""
    seen = project_run(Run(lanes=lanes, cues={}), now).lanes.values()
    cues = (one for lane in seen for one in lane.cues)
    return {one.cue_id: one.projected_start for one in cues if one.projected_start and not one.started_at}


def gone_on(run: LaneRun, now: datetime) -> LaneRun:
    return start(run, now) if run.status is LaneStatus.WAITING else next_cue(run, now)


@given(lanes=lanes_of_a_plan(), wait=FEW_MINUTES)
def test_projection_equals_what_then_happens(lanes: tuple[LaneRun, ...], wait: int) -> None:
    now = NOW + timedelta(minutes=wait * 5)
    first = starts_of(lanes, now)
    left = dict(first)
    while left:
        now = min(left.values())
        assert starts_of(lanes, now) == left
        due = {cue_id for cue_id, begin in left.items() if begin == now}
        lanes = tuple(
            gone_on(run, now) if run.coming is not None and run.cues[run.coming].cue_id in due else run
            for run in lanes
        )
        left = {cue_id: begin for cue_id, begin in left.items() if begin > now}

    started = {one.cue_id: one.started_at for lane in lanes for one in lane.cues}
    assert started == first


Command = Callable[[LaneRun, datetime], LaneRun]


def commands_of(run: LaneRun) -> list[Command]:
    """Give what may have been commanded in a lane; no cue that ran is to run again by itself."""
    ahead = [one.cue_id for one in run.cues if one.started_at is None]
    return [
        *(gone_on, gone_on, gone_on, hold, resume, restart, lambda run, now: finish(run, now, early=True)),
        *(lambda run, _, s=s: extend(run, timedelta(seconds=s)) for s in (-40, 700, 3000)),
        *(lambda run, now, cue_id=cue_id: jump(run, cue_id, now) for cue_id in ahead),
        *(lambda run, _, cue_id=cue_id: skip(run, cue_id) for cue_id in ahead),
    ]


@st.composite
def days_under_way(draw: st.DrawFn) -> tuple[tuple[LaneRun, ...], datetime]:
    """Draw lanes after some commands, of which none is on hold and some are ready, and the instant after them."""
    lanes, now = list(draw(lanes_of_a_plan())), NOW
    for _ in range(draw(st.integers(0, 8))):
        now += timedelta(minutes=draw(FEW_MINUTES))
        place = draw(st.integers(0, len(lanes) - 1))
        command = draw(st.sampled_from(commands_of(lanes[place])))
        with suppress(Refused):
            lanes[place] = command(lanes[place], now)
    lanes = [resume(run, now) if run.held_since else run for run in lanes]
    return tuple(
        make_ready(run, now) if bool(waits_for(run, lanes)) and draw(st.booleans()) else run for run in lanes
    ), now


def what_happens(known: Sequence[LaneRun], now: datetime) -> dict[CueId, datetime]:
    """Press on in each lane as soon as its time has come, and nothing else; return when each cue then began."""
    before = {one.cue_id for run in known for one in run.cues if one.started_at}
    while moves := [(at, place) for place in range(len(known)) if (at := press_at(place, known, now))]:
        now, place = min(moves)
        known = pressed(known, known[place].lane_id, now)
    began = {one.cue_id: one.started_at for run in known for one in run.cues if one.started_at}
    return {cue_id: at for cue_id, at in began.items() if cue_id not in before}


def press_at(place: int, lanes: Sequence[LaneRun], now: datetime) -> datetime | None:
    """Return when an operator who keeps to the plan goes on in a lane; None: never, or others take it along."""
    run = lanes[place]
    if run.coming is None or run.status is LaneStatus.FINISHED:
        return None
    if run.ready_since:
        return None if waits_for(run, lanes) else now
    cue, current = run.cues[run.coming], run.current
    if current is None or current.started_at is None:
        return max(now, cue.planned_start)
    over = max(now, current.started_at + current.held + current.allotted)
    return max(over, cue.planned_start) if cue.fixed else over


def pressed(lanes: Sequence[LaneRun], lane: LaneId, now: datetime) -> list[LaneRun]:
    meeting = meet(lanes, [lane], now, force=False)
    going = [go_on(run, now) if run.lane_id in meeting.going_on else run for run in lanes]
    return [make_ready(run, now) if run.lane_id in meeting.ready else run for run in going]


@settings(max_examples=500)  # a lane that is ready before its cue is over, and the last to come, is rare
@given(day=days_under_way())
def test_projection_equals_what_operators_then_do_after_any_commands(
    day: tuple[tuple[LaneRun, ...], datetime],
) -> None:
    assert starts_of(*day) == what_happens(*day)
