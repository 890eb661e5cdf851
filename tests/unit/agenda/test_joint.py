"""Whom a lane waits for at a sync point, and which lanes a press lets go on, seen from states that are written out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference_hub.agenda.clock import (
    arm,
    bring_back,
    finish,
    hold,
    jump,
    make_ready,
    next_cue,
    not_ready,
    restart,
    resume,
    skip,
    start,
)
from conference_hub.agenda.joint import Meeting, aimed, go_on, meet, waits_for
from conference_hub.agenda.lane_run import LaneRun
from conference_hub.agenda.model import Cue, CueId, LaneId
from conference_hub.agenda.projection import project_run
from conference_hub.agenda.refusals import WaitingForLanes
from conference_hub.agenda.run import Run
from conference_hub.core.errors import Refused
from tests.unit.agenda.lanes import HALL, at, cue, minutes
from tests.unit.agenda.test_projection_properties import lanes_of_a_plan

STREET, ANNEX = LaneId("street"), LaneId("annex")
NOW = at("00:40")


def joint(name: str, lane: LaneId, sync: str | None) -> Cue:
    return replace(cue(name, at("00:30"), minutes(10), lane), sync=sync)


def planned(lane: LaneId, *points: str | None) -> LaneRun:
    """Make a waiting lane whose cues have these sync points."""
    cues = [joint(f"{lane}-{place}", lane, point) for place, point in enumerate(points, start=1)]
    return LaneRun.planned(lane_id=lane, cues=cues)


HALL_ON = start(planned(HALL, None, "②", "③"), at("00:20"))
STREET_ON = start(planned(STREET, None, "②", "③"), at("00:25"))
READY = make_ready(HALL_ON, at("00:35"))


def test_first_lane_becomes_ready_and_the_last_one_takes_it_along() -> None:
    assert meet((HALL_ON, STREET_ON), [HALL], NOW, force=False) == Meeting(going_on=(), ready=(HALL,))
    assert meet((READY, STREET_ON), [STREET], NOW, force=False) == Meeting(going_on=(STREET, HALL), ready=())


def test_lanes_that_are_pressed_together_go_on_together() -> None:
    assert meet((HALL_ON, planned(STREET, "②")), [HALL, STREET], NOW, force=False) == Meeting(
        going_on=(HALL, STREET), ready=()
    )


def test_lane_on_hold_comes_too() -> None:
    held = hold(STREET_ON, at("00:30"))

    assert meet((READY, held), [STREET], NOW, force=False) == Meeting(going_on=(STREET, HALL), ready=())
    assert make_ready(held, NOW) == replace(resume(held, NOW), ready_since=NOW)


def test_ready_lane_is_refused_with_those_that_are_not_there_and_goes_alone_by_force() -> None:
    lanes = (READY, STREET_ON, planned(ANNEX, "②"))

    with pytest.raises(WaitingForLanes) as refusal:
        meet(lanes, [HALL], NOW, force=False)

    assert refusal.value.detail == {"lane": HALL, "lanes": "street, annex"}
    assert meet(lanes, [HALL], NOW, force=True) == Meeting(going_on=(HALL,), ready=())


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(finish(STREET_ON, NOW, early=True), id="over"),
        pytest.param(next_cue(STREET_ON, NOW), id="there before"),
        pytest.param(skip(STREET_ON, CueId("street-2")), id="left out"),
        pytest.param(jump(STREET_ON, CueId("street-3"), NOW), id="passed by"),
        pytest.param(arm(STREET_ON, CueId("street-3")), id="passes by"),
        pytest.param(make_ready(STREET_ON, NOW), id="ready"),
        pytest.param(planned(STREET, None, "③"), id="never comes"),
    ],
)
def test_nobody_is_waited_for_who_does_not_come(other: LaneRun) -> None:
    assert waits_for(HALL_ON, (HALL_ON, other)) == []
    assert HALL in meet((READY, other), [HALL], NOW, force=False).going_on


def test_cue_that_ran_starts_alone_when_it_runs_again() -> None:
    back = jump(next_cue(HALL_ON, at("00:30")), CueId("hall-1"), at("00:35"))

    assert aimed(back, CueId("hall-2")).point is None


@pytest.mark.parametrize(
    "after",
    [
        pytest.param(hold(READY, NOW), id="hold"),
        pytest.param(arm(READY, CueId("hall-3")), id="standby"),
        pytest.param(jump(READY, CueId("hall-3"), NOW), id="jump"),
        pytest.param(restart(READY, NOW), id="restart"),
        pytest.param(finish(READY, NOW, early=True), id="finish"),
        pytest.param(skip(READY, CueId("hall-2")), id="skip"),
        pytest.param(
            bring_back(make_ready(skip(HALL_ON, CueId("hall-2")), NOW), CueId("hall-2")), id="bring back"
        ),
        pytest.param(aimed(READY, CueId("hall-3")), id="aimed elsewhere"),
        pytest.param(not_ready(READY), id="names are called"),
    ],
)
def test_another_act_ends_readiness(after: LaneRun) -> None:
    assert after.ready_since is None


def test_leaving_out_what_comes_later_leaves_a_lane_ready() -> None:
    assert skip(READY, CueId("hall-3")).ready_since == at("00:35")


def test_lane_on_hold_is_never_ready() -> None:
    with pytest.raises(ValueError, match="hall is ready and held"):
        replace(hold(HALL_ON, NOW), ready_since=NOW)


def test_ready_lane_goes_on_when_the_last_one_can() -> None:
    later = project_run(Run(lanes=(READY, STREET_ON), cues={}), at("00:31")).lanes

    assert [one.projected_start for one in later[HALL].cues[:2]] == [at("00:20"), at("00:35")]
    assert later[HALL].cues[0].projected_end == at("00:35")


def pressed(lanes: Sequence[LaneRun], lane: LaneRun, now: datetime) -> list[LaneRun] | None:
    """Press `next` (or `start`) in a lane; None when it is refused."""
    try:
        go_on(lane, now)
        meeting = meet(lanes, [lane.lane_id], now, force=False)
    except Refused:
        return None
    return [
        go_on(one, now)
        if one.lane_id in meeting.going_on
        else make_ready(one, now)
        if one.lane_id in meeting.ready
        else one
        for one in lanes
    ]


@given(lanes=lanes_of_a_plan(), data=st.data())
def test_lanes_never_wait_for_one_another_for_ever(lanes: tuple[LaneRun, ...], data: st.DataObject) -> None:
    now, known = at("09:00"), list(lanes)
    for _ in range(12):
        place = data.draw(st.integers(0, len(known) - 1))
        known[place] = other_command(data, known[place], now)
        some = data.draw(st.integers(0, len(known) - 1))
        known = pressed(known, known[some], now) or known
    while open_lanes := [one for one in known if one.order_to_come]:
        after = [state for one in open_lanes if (state := pressed(known, one, now)) is not None]
        assert after
        known = after[0]


def other_command(data: st.DataObject, run: LaneRun, now: datetime) -> LaneRun:
    """Give a lane some command that may leave it out of step with others; a refused one changes nothing."""
    if not run.cues:
        return run
    cue_id = data.draw(st.sampled_from([one.cue_id for one in run.cues]))
    commands: list[Callable[[], LaneRun]] = [
        lambda: arm(run, cue_id),
        lambda: jump(run, cue_id, now),
        lambda: skip(run, cue_id),
        lambda: hold(run, now),
        lambda: resume(run, now),
        lambda: restart(run, now),
        lambda: not_ready(run),  # a name is armed, or a group begun
        lambda: run,
    ]
    command = data.draw(st.sampled_from(commands))
    try:
        return command()
    except Refused:
        return run
