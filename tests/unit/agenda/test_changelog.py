"""What attendees are told of a new version of the plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from conference_hub.agenda.changelog import changes
from conference_hub.agenda.kinds import SegmentKind
from conference_hub.agenda.model import (
    Cancelled,
    Cue,
    DepartmentId,
    Lane,
    LaneId,
    Plan,
    RoomId,
    Segment,
    SegmentId,
    Stamp,
    Version,
)
from conference_hub.agenda.published import cancelled_by, rooms_of, seen_by_all, stamped
from conference_hub.core.text import Text
from tests.unit.agenda.lanes import LANE, SEGMENT, at, cue, minutes

GRAND, SMALL = RoomId("grand"), RoomId("small")
ROOMS = {GRAND: Text(ko="대강당", en="Grand hall"), SMALL: Text(ko="소회의실", en="Small room")}
HALL = replace(LANE, room=GRAND)
ANNEX = Lane(id=LaneId("annex"), title=Text.of("별관"), room=SMALL)
TALKS = Segment(id=SegmentId("talks"), kind=SegmentKind.GENERAL, title=Text.of("발표"), note=None)
AWARDS = cue("awards", at("01:00"), minutes(30))
FIRST = replace(cue("first", at("01:30"), minutes(20)), segment_id=TALKS.id)
SECOND = replace(cue("second", at("01:50"), minutes(20)), segment_id=TALKS.id)


def plan(
    *cues: Cue, segments: Iterable[Segment] = (SEGMENT, TALKS), lanes: Iterable[Lane] = (HALL, ANNEX)
) -> Plan:
    return Plan(revision=1, changed_at=at("00:00"), segments=tuple(segments), lanes=tuple(lanes), cues=cues)


PLAN = plan(AWARDS, FIRST, SECOND)


def later(cue: Cue, by: float) -> Cue:
    return replace(cue, planned_start=cue.planned_start + minutes(by))


def told(after: Plan, before: Plan = PLAN) -> list[tuple[str, str, str]]:
    return [(one["kind"].value, one["of"], one["id"]) for one in changes(before, after, ROOMS)]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (PLAN, []),
        (plan(AWARDS, later(FIRST, 10), later(SECOND, 10)), [("moved", "segment", "talks")]),
        (plan(AWARDS, FIRST, later(SECOND, 10)), [("moved", "segment", "talks"), ("moved", "cue", "second")]),
        (plan(AWARDS, replace(FIRST, title=Text.of("새 발표")), SECOND), [("renamed", "cue", "first")]),
        (plan(AWARDS), [("cancelled", "segment", "talks")]),
        (plan(AWARDS, FIRST), [("moved", "segment", "talks"), ("cancelled", "cue", "second")]),
        (
            plan(AWARDS, FIRST, replace(SECOND, skipped=True)),
            [("moved", "segment", "talks"), ("cancelled", "cue", "second")],
        ),
        (
            plan(AWARDS, FIRST, SECOND, segments=(SEGMENT, replace(TALKS, public=False))),
            [("cancelled", "segment", "talks")],
        ),
        (
            plan(AWARDS, FIRST, SECOND, segments=(SEGMENT, replace(TALKS, room=SMALL))),
            [("room", "segment", "talks")],
        ),
        (
            plan(AWARDS, FIRST, SECOND, segments=(SEGMENT, replace(TALKS, title=Text.of("강연")))),
            [("renamed", "segment", "talks")],
        ),
        (plan(AWARDS, replace(FIRST, notes={DepartmentId("mc"): "비밀"}, number="7"), SECOND), []),
    ],
)
def test_each_change_is_told_once(after: Plan, expected: list[tuple[str, str, str]]) -> None:
    assert told(after) == expected


def test_what_is_added_is_told_with_its_time_and_its_rooms() -> None:
    (added,) = changes(plan(AWARDS), PLAN, ROOMS)

    expected: dict[str, Any] = {
        "title": {"ko": "발표", "en": "발표"},
        "starts_at": "2021-12-02T01:30:00.000Z",
        "ends_at": "2021-12-02T02:10:00.000Z",
        "rooms": [{"ko": "대강당", "en": "Grand hall"}],
    }
    assert (added["kind"], added["before"], added["after"]) == ("added", None, expected)


def test_hidden_segment_that_becomes_public_is_told_as_added() -> None:
    hidden = plan(AWARDS, FIRST, segments=(SEGMENT, replace(TALKS, public=False)))

    assert told(plan(AWARDS, FIRST), hidden) == [("added", "segment", "talks")]


def test_everybody_sees_neither_hidden_segments_nor_skipped_cues_nor_notes() -> None:
    noted = replace(AWARDS, notes={DepartmentId("mc"): "비밀"})
    whole = plan(
        noted, FIRST, replace(SECOND, skipped=True), segments=(SEGMENT, replace(TALKS, public=False))
    )

    assert seen_by_all(whole) == plan(AWARDS, segments=(SEGMENT,))


def test_segment_is_in_its_own_room_or_in_those_of_its_lanes() -> None:
    both = plan(FIRST, replace(SECOND, lane_id=ANNEX.id))

    assert rooms_of(both, TALKS) == (GRAND, SMALL)
    assert rooms_of(both, replace(TALKS, room=SMALL)) == (SMALL,)


def version(number: int, published: Plan, *cancelled: Cancelled) -> Version:
    return Version(number=number, published_at=at("00:00"), plan=published, cancelled=cancelled)


def test_segment_that_is_gone_stays_cancelled_until_it_comes_back() -> None:
    gone = Cancelled(id=TALKS.id, title=TALKS.title, starts_at=at("01:30"), ends_at=at("02:10"))

    assert cancelled_by(None, PLAN) == ()
    assert cancelled_by(version(1, PLAN), plan(AWARDS)) == (gone,)
    assert cancelled_by(version(2, plan(AWARDS), gone), plan(AWARDS)) == (gone,)
    assert cancelled_by(version(3, plan(AWARDS), gone), PLAN) == ()


FIRST_VERSION = Version(number=4, published_at=at("02:00"), plan=PLAN)
RENAMED = replace(TALKS, title=Text.of("토크"))


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (PLAN, (3, "02:00")),
        (plan(AWARDS, FIRST, SECOND, segments=(SEGMENT, RENAMED)), (3, "03:00")),
        (plan(AWARDS, replace(FIRST, title=Text.of("고침")), SECOND), (3, "03:00")),
        (plan(AWARDS, FIRST, later(SECOND, 10)), (4, "03:00")),
        (plan(AWARDS, FIRST, SECOND, segments=(SEGMENT, replace(TALKS, room=SMALL))), (4, "03:00")),
        (plan(AWARDS), (4, "03:00")),
    ],
    ids=["same", "renamed", "mended", "moved", "room", "cancelled"],
)
def test_sequence_grows_for_what_moved_alone(after: Plan, expected: tuple[int, str]) -> None:
    second = Version(
        number=5, published_at=at("03:00"), plan=after, cancelled=cancelled_by(FIRST_VERSION, after)
    )

    stamps = stamped(FIRST_VERSION, second)

    assert stamps == {
        SEGMENT.id: Stamp(sequence=3, changed_at=at("02:00")),
        TALKS.id: Stamp(sequence=expected[0], changed_at=at(expected[1])),
    }


def test_after_a_restore_everything_counts_as_moved() -> None:
    restored = Version(number=90, published_at=at("03:00"), plan=PLAN)
    assert {one.sequence for one in stamped(FIRST_VERSION, restored).values()} == {89}
