"""The edits of a plan: each says wholly what it puts, so that each has an inverse."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conference_hub.agenda.edits import (
    Before,
    Edit,
    PutCue,
    PutDepartments,
    PutLane,
    PutSegment,
    RemoveCue,
    RemoveLane,
    RemoveSegment,
    edited,
)
from conference_hub.agenda.kinds import SegmentKind
from conference_hub.agenda.model import (
    NO_PLAN,
    Cue,
    CueId,
    Department,
    DepartmentId,
    Lane,
    LaneId,
    Plan,
    Segment,
    SegmentId,
)
from conference_hub.agenda.plan_refusals import NumberTaken, SegmentInUse
from conference_hub.core.errors import NotFound
from conference_hub.core.text import Text
from tests.unit.agenda.lanes import HALL, LANE, SEGMENT, at, cue, minutes

ANNEX = Lane(id=LaneId("annex"), title=Text.of("별관"))
TALKS = Segment(id=SegmentId("talks"), kind=SegmentKind.GENERAL, title=Text.of("발표"), note=None)


def numbered(name: str, number: str, start: str = "09:00", *, fixed: bool = True) -> Cue:
    return replace(cue(name, at(start), minutes(10)), number=number, fixed=fixed)


ONE, TWO, THREE = numbered("one", "1"), numbered("two", "2", "09:10"), numbered("three", "3", "09:20")
SOFT = replace(TWO, fixed=False)
PLAN = Plan(
    revision=4,
    changed_at=at("08:00"),
    segments=(SEGMENT, TALKS),
    lanes=(LANE, ANNEX),
    cues=(ONE, TWO, THREE),
)


def order(plan: Plan) -> dict[str, list[str]]:
    return {lane: [one.id for one in cues] for lane, cues in plan.lane_cues.items()}


def test_an_empty_plan_is_built_by_edits() -> None:
    plan = edited(
        NO_PLAN, [PutSegment(segment=SEGMENT), PutLane(lane=LANE), PutCue(cue=replace(ONE, number=""))]
    )

    assert (plan.segments, plan.lanes, plan.cues) == ((SEGMENT,), (LANE,), (ONE,))


@pytest.mark.parametrize(
    ("edit", "hall", "annex"),
    [
        (PutCue(cue=numbered("new", "")), ["one", "two", "three", "new"], []),
        (PutCue(cue=numbered("new", ""), place=Before(id="two")), ["one", "new", "two", "three"], []),
        (PutCue(cue=replace(TWO, title=Text.of("새 이름"))), ["one", "two", "three"], []),
        (PutCue(cue=THREE, place=Before(id="one")), ["three", "one", "two"], []),
        (PutCue(cue=ONE, place=Before(id=None)), ["two", "three", "one"], []),
        (PutCue(cue=ONE, place=Before(id="two")), ["one", "two", "three"], []),
        (PutCue(cue=replace(TWO, lane_id=ANNEX.id)), ["one", "three"], ["two"]),
        (RemoveCue(id=CueId("two")), ["one", "three"], []),
    ],
)
def test_cues_are_put_where_the_edit_says(edit: Edit, hall: list[str], annex: list[str]) -> None:
    assert order(edited(PLAN, [edit])) == {"hall": hall, "annex": annex}


def test_soft_cues_follow_what_was_moved_before_them() -> None:
    plan = edited(
        replace(PLAN, cues=(ONE, SOFT)), [PutCue(cue=numbered("new", "", "09:10"), place=Before(id="two"))]
    )

    assert plan.cue[CueId("two")].planned_start == at("09:20")


def test_segments_and_lanes_are_put_in_order() -> None:
    break_ = replace(TALKS, id=SegmentId("break"))
    street = replace(ANNEX, id=LaneId("street"))

    plan = edited(
        PLAN,
        [PutSegment(segment=break_, place=Before(id="talks")), PutLane(lane=street, place=Before(id="hall"))],
    )

    assert [one.id for one in plan.segments] == ["ceremony", "break", "talks"]
    assert [one.id for one in plan.lanes] == ["street", "hall", "annex"]


def test_a_lane_goes_with_its_cues() -> None:
    plan = edited(PLAN, [RemoveLane(id=HALL)])

    assert (plan.lanes, plan.cues) == ((ANNEX,), ())


def test_departments_that_are_gone_take_their_notes_with_them() -> None:
    mc, sound = (Department(id=DepartmentId(name), title=Text.of(name)) for name in ("mc", "sound"))
    noted = replace(ONE, notes={mc.id: "인사", sound.id: "등장곡"})

    plan = edited(replace(PLAN, cues=(noted,)), [PutDepartments(departments=(sound,))])

    assert (plan.departments, plan.cues) == ((sound,), (replace(noted, notes={sound.id: "등장곡"}),))


def test_edits_in_order_may_move_what_hangs_on_a_segment_before_it_goes() -> None:
    moved = [PutCue(cue=replace(one, segment_id=TALKS.id)) for one in PLAN.cues]

    plan = edited(PLAN, [*moved, RemoveSegment(id=SEGMENT.id)])

    assert plan.segments == (TALKS,)


def test_segment_with_cues_cannot_be_removed() -> None:
    with pytest.raises(SegmentInUse) as refusal:
        edited(PLAN, [RemoveSegment(id=SEGMENT.id)])

    assert refusal.value.detail == {"cues": "one, three, two", "cue_numbers": "1, 3, 2"}


def test_two_cues_cannot_have_one_number() -> None:
    with pytest.raises(NumberTaken) as refusal:
        edited(PLAN, [PutCue(cue=numbered("new", "2"))])

    assert refusal.value.detail == {"cues": "new", "cue_numbers": "2"}


@pytest.mark.parametrize(
    "edit",
    [
        RemoveCue(id=CueId("nobody")),
        RemoveLane(id=LaneId("nobody")),
        RemoveSegment(id=SegmentId("nobody")),
        PutCue(cue=replace(ONE, lane_id=LaneId("nobody"))),
        PutCue(cue=ONE, place=Before(id="nobody")),
        PutSegment(segment=TALKS, place=Before(id="nobody")),
    ],
)
def test_edit_of_what_is_not_there_is_refused(edit: Edit) -> None:
    with pytest.raises(NotFound):
        edited(PLAN, [edit])


@pytest.mark.parametrize(
    ("edit", "inverse"),
    [
        (RemoveCue(id=CueId("two")), PutCue(cue=TWO, place=Before(id="three"))),
        (PutCue(cue=replace(THREE, lane_id=ANNEX.id)), PutCue(cue=THREE, place=Before(id=None))),
        (PutLane(lane=ANNEX, place=Before(id="hall")), PutLane(lane=ANNEX, place=Before(id=None))),
        (RemoveSegment(id=TALKS.id), PutSegment(segment=TALKS)),
    ],
)
def test_inverse_edit_brings_the_plan_back(edit: Edit, inverse: Edit) -> None:
    assert edited(edited(PLAN, [edit]), [inverse]) == PLAN
