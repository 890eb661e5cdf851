"""Ways in which a late lane comes back to its planned finish, and that each does what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference_hub.agenda.budget import Change, Way, made_up, ways
from conference_hub.agenda.clock import finish, make_up, next_cue, skip, start
from conference_hub.agenda.lane_run import LaneRun
from conference_hub.agenda.model import Cue, CueId, LaneId
from conference_hub.agenda.projection import project_run
from conference_hub.agenda.run import Run
from conference_hub.core.errors import NotFound, Refused
from conference_hub.core.load import Load
from tests.unit.agenda.lanes import HALL, at, cue, minutes
from tests.unit.agenda.test_projection_properties import FEW_MINUTES, NOW, gone_on, lanes_of_a_plan

STREET = LaneId("street")
SECONDS = timedelta(seconds=1)
OPENING, ROUND, FILM, CLOSING = (CueId(name) for name in ("opening", "round", "film", "closing"))
NAMES = {"round": Load(count=30, pace_s=10.0)}


def planned(*, film: bool = True, shortest: float | None = 5) -> LaneRun:
    """Plan ten minutes of opening, ten of a round, five of a film that may be left out, and ten of closing."""
    cues = (
        cue("opening", at("09:00"), minutes(10)),
        cue("round", at("09:10"), minutes(10)),
        replace(cue("film", at("09:20"), minutes(5)), droppable=film),
        replace(
            cue("closing", at("09:25"), minutes(10)), shortest=None if shortest is None else minutes(shortest)
        ),
    )
    return LaneRun.planned(lane_id=HALL, cues=[replace(one, fixed=False) for one in cues])


def may_go(one: Cue, *, fixed: bool = False) -> Cue:
    """Plan a cue that may be left out."""
    return replace(one, droppable=True, fixed=fixed)


def late_by(span: timedelta, run: LaneRun) -> Run:
    return Run(lanes=(start(run, at("09:00") + span),), cues={})


def said(found: list[Way]) -> list[tuple[list[Change], timedelta]]:
    return [(list(way.changes), way.after.lanes[HALL].drift) for way in found]


def cut(name: CueId, span: timedelta, pace_s: float | None = None) -> Change:
    return Change(cue=name, cut=span, pace_s=pace_s)


def dropped(name: CueId, span: timedelta) -> Change:
    return Change(cue=name, cut=span, dropped=True)


def test_lane_in_time_needs_no_way() -> None:
    assert ways(late_by(minutes(0), planned()), HALL, NAMES, at("09:00")) == []


def test_lane_that_the_run_has_not_is_no_lane() -> None:
    assert ways(late_by(minutes(4), planned()), STREET, NAMES, at("09:04")) == []


def test_lane_with_nothing_to_give_has_no_way() -> None:
    run = late_by(minutes(4), planned(film=False, shortest=None))

    assert ways(run, HALL, {}, at("09:04")) == []


def test_way_takes_no_more_than_is_needed_and_leaving_out_is_offered_beside() -> None:
    assert said(ways(late_by(minutes(4), planned()), HALL, NAMES, at("09:04"))) == [
        ([cut(CLOSING, minutes(4))], timedelta()),
        ([dropped(FILM, minutes(5))], -minutes(1)),
    ]


def test_names_are_called_faster_where_shorter_cues_do_not_suffice() -> None:
    assert said(ways(late_by(minutes(7), planned()), HALL, NAMES, at("09:07"))) == [
        ([cut(CLOSING, minutes(5))], minutes(2)),
        ([cut(ROUND, minutes(2), 6.0), cut(CLOSING, minutes(5))], timedelta()),
        ([dropped(FILM, minutes(5)), cut(CLOSING, minutes(2))], timedelta()),
    ]


def test_everything_together_comes_nearest_where_nothing_suffices() -> None:
    assert said(ways(late_by(minutes(20), planned()), HALL, NAMES, at("09:20"))) == [
        ([cut(CLOSING, minutes(5))], minutes(15)),
        ([cut(ROUND, minutes(3), 4.0), cut(CLOSING, minutes(5))], minutes(12)),
        (
            [cut(ROUND, minutes(3), 4.0), dropped(FILM, minutes(5)), cut(CLOSING, minutes(5))],
            minutes(7),
        ),
    ]


def test_what_a_fixed_start_absorbs_is_not_cut() -> None:
    base = planned(film=False)
    cues = (*base.cues[:3], replace(base.cues[3], fixed=True, planned_start=at("09:35")))
    cues = (replace(cues[0], shortest=minutes(1)), *cues[1:])

    assert said(ways(late_by(minutes(12), replace(base, cues=cues)), HALL, {}, at("09:12"))) == [
        ([cut(OPENING, minutes(2))], timedelta())
    ]


def test_names_of_the_round_on_air_are_those_for_which_its_time_is_left() -> None:
    run = late_by(minutes(4), planned(film=False, shortest=None))
    (lane,) = run.lanes
    on_air = Run(lanes=(next_cue(lane, at("09:14")),), cues={})

    assert said(ways(on_air, HALL, NAMES, at("09:22"))) == [
        ([cut(ROUND, timedelta(seconds=72), 4.0)], minutes(4) - 72 * SECONDS)
    ]


def test_round_is_not_left_out_with_its_names() -> None:
    base = planned(film=False, shortest=None)
    cues = (base.cues[0], replace(base.cues[1], droppable=True), *base.cues[2:])

    assert said(ways(late_by(minutes(9), replace(base, cues=cues)), HALL, NAMES, at("09:09"))) == [
        ([cut(ROUND, minutes(3), 4.0)], minutes(6))
    ]


def test_cue_is_not_left_out_where_another_one_that_stays_makes_that_needless() -> None:
    film, *_ = cues = (
        may_go(cue("film", at("09:20"), minutes(29))),
        may_go(cue("speech", at("09:24"), minutes(27)), fixed=True),
        may_go(cue("music", at("10:20"), minutes(22))),
        may_go(cue("photo", at("10:24"), minutes(3))),
        cue("closing", at("10:24"), minutes(2)),
    )
    run = Run(lanes=(LaneRun.planned(lane_id=HALL, cues=cues),), cues={})

    assert said(ways(run, HALL, {}, at("09:32"))) == [([dropped(film.id, minutes(29))], timedelta())]


def test_lane_that_waits_is_offered_nothing_where_leaving_out_its_first_cue_only_makes_it_later() -> None:
    cues = (
        may_go(cue("film", at("09:00"), minutes(1))),
        replace(cue("speech", at("09:44"), minutes(3)), fixed=False, shortest=minutes(2)),
        cue("closing", at("09:45"), minutes(5)),
    )
    planned = LaneRun.planned(lane_id=HALL, cues=cues)
    longer = replace(planned, cues=(*planned.cues[:2], replace(planned.cues[2], extension=minutes(1))))

    assert ways(Run(lanes=(longer,), cues={}), HALL, {}, at("09:40")) == []


@pytest.mark.parametrize(
    ("cuts", "drop", "code"),
    [
        ({OPENING: minutes(1)}, (), "has_ended"),
        ({}, (OPENING,), "not_droppable"),
        ({CLOSING: minutes(6)}, (), "below_shortest"),
        ({FILM: minutes(5)}, (), "too_short"),
        ({}, (CLOSING,), "not_droppable"),
        ({CueId("nowhere"): minutes(1)}, (), "not_found"),
        ({}, (CueId("nowhere"),), "not_found"),
    ],
)
def test_make_up_refuses(cuts: Mapping[CueId, timedelta], drop: tuple[CueId, ...], code: str) -> None:
    run = next_cue(start(planned(), at("09:00")), at("09:10"))

    with pytest.raises((Refused, NotFound)) as refusal:
        make_up(run, cuts, drop)

    assert refusal.value.code == code


def test_cue_that_ran_or_is_left_out_is_not_left_out_again() -> None:
    run = start(
        replace(planned(), cues=(replace(planned().cues[0], droppable=True), *planned().cues[1:])),
        at("09:00"),
    )
    out = skip(run, FILM)

    for lane, cuts, drop, code in (
        (run, {}, [OPENING], "has_run"),
        (out, {}, [FILM], "left_out"),
        (out, {FILM: minutes(1)}, [], "left_out"),
        (finish(run, at("09:05"), early=True), {CLOSING: minutes(1)}, [], "finished"),
    ):
        with pytest.raises(Refused) as refusal:
            make_up(lane, cuts, drop)
        assert refusal.value.code == code


@st.composite
def late_runs(draw: st.DrawFn) -> tuple[Run, dict[str, Load], datetime]:
    """Draw a run some of whose lanes have gone on a while, with what may be cut and left out."""
    now = NOW + timedelta(minutes=draw(FEW_MINUTES) * 4)
    loads: dict[str, Load] = {}
    lanes = []
    for lane in draw(lanes_of_a_plan()):
        cues = []
        for one in lane.cues:
            if draw(st.booleans()):
                loads[one.cue_id] = Load(count=draw(st.integers(1, 60)), pace_s=draw(st.integers(6, 60)) / 2)
            shortest = draw(st.none() | st.integers(1, 30).map(minutes))
            cues.append(replace(one, shortest=shortest, droppable=draw(st.booleans())))
        drawn = replace(lane, cues=tuple(cues))
        for _ in range(draw(st.integers(0, 2))):
            drawn = gone_on(drawn, now - minutes(3)) if drawn.coming is not None else drawn
        lanes.append(drawn)
    return Run(lanes=tuple(lanes), cues={}), loads, now


@given(drawn=late_runs())
def test_way_gives_the_ends_that_it_says_and_needs_all_that_it_takes(
    drawn: tuple[Run, dict[str, Load], datetime],
) -> None:
    run, loads, now = drawn
    before = project_run(run, now)
    for lane in run.lanes:
        found = ways(run, lane.lane_id, loads, now)
        assert len(found) <= 3
        for way in found:
            assert project_run(made_up(run, lane.lane_id, way.cuts, way.drop), now) == way.after
            late = way.after.lanes[lane.lane_id].drift
            assert late < before.lanes[lane.lane_id].drift
            for change in way.changes:
                cuts = {name: span for name, span in way.cuts.items() if name != change.cue}
                drop = [name for name in way.drop if name != change.cue]
                without = project_run(made_up(run, lane.lane_id, cuts, drop), now).lanes[lane.lane_id]
                assert without.drift > max(late, timedelta())
