"""What is projected is what happens when each cue is started exactly when it was projected, whatever the plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from conference_hub.agenda.clock import next_cue, start
from conference_hub.agenda.lane_run import LaneRun, LaneStatus
from conference_hub.agenda.model import Cue, CueId, LaneId
from conference_hub.agenda.projection import project_run
from conference_hub.agenda.run import Run
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
