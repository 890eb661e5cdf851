"""The agenda arranged for reading."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from conference_hub.agenda.kinds import SegmentKind
from conference_hub.agenda.model import Cue, CueId, Lane, LaneId, Plan, Segment, SegmentId
from conference_hub.agenda.outputs.programme import Part, Slot, programme
from conference_hub.core.text import Text

START = datetime(2021, 12, 2, 0, 30, tzinfo=UTC)
HALL = Lane(id=LaneId("hall"), title=Text.of("현장"))
METAVERSE = Lane(id=LaneId("metaverse"), title=Text.of("메타버스"))
CEREMONY = Segment(id=SegmentId("ceremony"), kind=SegmentKind.CEREMONY, title=Text.of("시상식"), note=None)
OPENING = Segment(id=SegmentId("opening"), kind=SegmentKind.OPENING, title=Text.of("개회"), note=None)


def cue(name: str, lane: Lane, after_min: int, minutes: int, segment: Segment = CEREMONY) -> Cue:
    return Cue(
        id=CueId(name),
        segment_id=segment.id,
        lane_id=lane.id,
        title=Text.of(name),
        planned_start=START + timedelta(minutes=after_min),
        planned=timedelta(minutes=minutes),
    )


def plan(segments: list[Segment], *cues: Cue) -> Plan:
    return Plan(revision=1, changed_at=START, segments=tuple(segments), lanes=(HALL, METAVERSE), cues=cues)


def test_lanes_stand_side_by_side_where_they_run_in_parallel() -> None:
    first, second, beside = cue("1", HALL, 0, 14), cue("2", HALL, 14, 8), cue("2m", METAVERSE, 14, 9)

    parts = programme(plan([CEREMONY], first, second, beside))

    assert parts == [
        Part(
            segment=CEREMONY,
            lanes=(HALL, METAVERSE),
            slots=(
                Slot(starts_at=START, ends_at=START + timedelta(minutes=14), cues=(first, None)),
                Slot(
                    starts_at=START + timedelta(minutes=14),
                    ends_at=START + timedelta(minutes=23),
                    cues=(second, beside),
                ),
            ),
        )
    ]
    assert (parts[0].starts_at, parts[0].ends_at) == (START, START + timedelta(minutes=23))


def test_segments_come_in_order_and_one_without_cues_is_left_out() -> None:
    only = cue("1", HALL, 0, 10, OPENING)

    parts = programme(plan([OPENING, CEREMONY], only))

    assert [(part.segment.id, part.lanes) for part in parts] == [("opening", (HALL,))]


def test_cues_of_one_lane_that_begin_at_once_are_all_shown() -> None:
    one, two, beside = cue("one", HALL, 0, 10), cue("two", HALL, 0, 5), cue("3", METAVERSE, 0, 7)

    (part,) = programme(plan([CEREMONY], one, two, beside))

    assert [slot.cues for slot in part.slots] == [(one, beside), (two, None)]
