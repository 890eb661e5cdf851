"""In which order awards are called, from literal states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference_hub.agenda.model import CueId, LaneId
from conference_hub.awards.calling import Calling, calling, callings, in_calling_order
from conference_hub.awards.levels import LevelId
from conference_hub.awards.model import Award, AwardId, AwardKind, AwardState, Position

HALL = LaneId("hall")
METAVERSE = LaneId("metaverse")
ROUND_1 = CueId("round-1")
ROUND_2 = CueId("round-2")
CUES = (ROUND_1, ROUND_2)
ON_AIR = Position(on_air=ROUND_1, coming=(ROUND_2,))
AT = datetime(2021, 12, 2, 0, 35, tzinfo=UTC)


def award(name: str, state: AwardState = AwardState.SEALED, *, cue: CueId = ROUND_1, order: int = 1) -> Award:
    return Award(
        id=AwardId(name),
        level_id=LevelId("grand"),
        lane_id=HALL,
        cue_id=cue,
        call_order=order,
        kind=AwardKind.INDIVIDUAL,
        recipient=None,
        organisation=None,
        guest_id=None,
        profile=None,
        state=state,
        revealed_at=AT if state.is_public else None,
    )


def queue(*awards: Award) -> tuple[str | None, tuple[str, ...]]:
    found = calling(HALL, awards, ON_AIR)
    return found.up, found.following


def revealed(name: str, seconds: float, *, order: int = 1) -> Award:
    return replace(award(name, AwardState.DONE, order=order), revealed_at=AT + timedelta(seconds=seconds))


def test_awards_stand_by_cue_then_order_then_id_and_those_of_a_removed_cue_last() -> None:
    awards = (
        *(award("e", cue=CueId("removed")), award("d", cue=ROUND_2)),
        *(award("c", order=2), award("b"), award("a")),
    )

    assert [one.id for one in in_calling_order(awards, CUES)] == ["a", "b", "c", "d", "e"]
    assert [one.id for one in in_calling_order(awards, (ROUND_2, ROUND_1))] == ["d", "a", "b", "c", "e"]


def test_only_the_round_on_air_is_called() -> None:
    awards = (award("d", cue=ROUND_2), award("c", order=2), award("b"))

    found = calling(HALL, awards, ON_AIR)

    assert found == Calling(
        lane_id=HALL,
        cue=ROUND_1,
        next_cue=ROUND_2,
        order=(AwardId("b"), AwardId("c")),
        up=AwardId("b"),
        following=(AwardId("c"),),
        left=2,
    )


@pytest.mark.parametrize(
    ("position", "next_cue"),
    [
        (Position(), None),
        (Position(on_air=CueId("opening"), coming=(CueId("film"), ROUND_2, ROUND_1)), ROUND_2),
    ],
)
def test_outside_its_rounds_a_lane_calls_nobody_and_names_the_round_to_come(
    position: Position, next_cue: CueId | None
) -> None:
    found = calling(HALL, (award("a"), award("b", cue=ROUND_2)), position)

    assert found == Calling(
        lane_id=HALL, cue=None, next_cue=next_cue, order=(), up=None, following=(), left=0
    )


@pytest.mark.parametrize("state", [AwardState.ARMED, AwardState.REVEALED, AwardState.PHOTOGRAPHED])
def test_an_award_that_is_ready_or_on_stage_is_up_whatever_its_cue(state: AwardState) -> None:
    other = award("z", state, cue=ROUND_2)

    assert queue(award("a"), other) == ("z", ("a",))
    assert calling(HALL, (award("a"), other), Position()).up == "z"


@pytest.mark.parametrize("state", [AwardState.REVEALED, AwardState.PRESENTED, AwardState.PHOTOGRAPHED])
@pytest.mark.parametrize(("seconds", "up"), [(-1, "b"), (0, "a"), (1, "a")])
def test_a_name_from_before_the_cue_on_air_is_no_longer_up(state: AwardState, seconds: int, up: str) -> None:
    out = replace(award("a", state), revealed_at=AT + timedelta(seconds=seconds))
    awards = (out, award("b", cue=ROUND_2))

    assert calling(HALL, awards, Position(on_air=ROUND_2, since=AT)).up == up
    assert calling(HALL, awards, Position()).up == "a"


def test_a_name_that_is_ready_stays_up_when_another_cue_begins() -> None:
    awards = (award("a", AwardState.ARMED), award("b", cue=ROUND_2))

    assert calling(HALL, awards, Position(on_air=ROUND_2, since=AT)).up == "a"


def test_a_withdrawn_award_is_called_no_more() -> None:
    found = calling(HALL, (award("a", AwardState.WITHDRAWN), award("b")), ON_AIR)

    assert (found.order, found.up, found.left) == (("b",), "b", 1)


def test_the_first_three_that_follow_are_on_deck() -> None:
    found = calling(HALL, [award(name) for name in "abcdef"], ON_AIR)

    assert (found.following, found.on_deck) == (tuple("bcdef"), tuple("bcd"))


def test_pace_and_end_of_a_round_are_measured_from_its_reveals() -> None:
    called = [revealed("a", 0), revealed("b", 20, order=2), revealed("c", 50, order=3)]
    waiting = [award("d", order=4), award("e", order=5)]

    found = calling(HALL, [*called, *waiting], ON_AIR)

    assert (found.pace_s, found.ends_at, found.left) == (25, AT + timedelta(seconds=50 + 3 * 25), 2)
    assert calling(HALL, called, ON_AIR).ends_at is None
    assert calling(HALL, [called[0], *waiting], ON_AIR).pace_s is None


def test_the_first_to_come_is_up_deferred_or_not() -> None:
    assert queue(replace(award("a"), deferred=True), award("b"), award("c", order=2)) == ("a", ("b", "c"))
    assert queue(replace(award("a", order=3), deferred=True), award("b"), award("c", order=2)) == (
        "b",
        ("c", "a"),
    )


def test_the_armed_award_is_up_whatever_its_order() -> None:
    assert queue(award("a"), award("b", AwardState.REVEALED), award("c", AwardState.ARMED)) == ("c", ("a",))


@pytest.mark.parametrize("state", [AwardState.REVEALED, AwardState.PRESENTED, AwardState.PHOTOGRAPHED])
def test_the_award_on_stage_is_up_until_it_is_done(state: AwardState) -> None:
    assert queue(award("a", state), award("b")) == ("a", ("b",))
    assert queue(award("a", AwardState.DONE), award("b")) == ("b", ())


def test_of_several_on_stage_the_one_revealed_last_is_up() -> None:
    early = award("b", AwardState.PRESENTED)
    late = replace(award("a", AwardState.REVEALED), revealed_at=AT + timedelta(seconds=1))

    assert queue(early, late, award("c")) == ("a", ("c",))


def test_no_award_is_up_when_all_were_called_or_skipped() -> None:
    assert queue(award("a", AwardState.DONE), award("b", AwardState.SKIPPED)) == (None, ())


def test_every_lane_with_awards_has_a_calling_of_its_own() -> None:
    other = replace(award("b", cue=ROUND_2), lane_id=METAVERSE)

    assert {
        lane: (one.cue, one.up) for lane, one in callings((other, award("a")), {HALL: ON_AIR}).items()
    } == {
        HALL: (ROUND_1, "a"),
        METAVERSE: (None, None),
    }


STATES = st.lists(st.sampled_from(AwardState), max_size=8)


@given(STATES)
def test_every_open_award_is_called_exactly_once(states: Iterable[AwardState]) -> None:
    awards = [award(str(index), state, order=index) for index, state in enumerate(states)]
    found = calling(HALL, awards, ON_AIR)
    coming = {a.id for a in awards if a.state.is_to_come}

    assert set(found.following) == coming - {found.up}
    assert len(found.following) == len(set(found.following))
    assert found.up is not None or not coming
