"""In which order awards are called, from literal states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference_hub.agenda.model import CueId, LaneId
from conference_hub.awards.calling import Calling, calling, callings
from conference_hub.awards.model import Award, AwardId, AwardKind, AwardState, LevelId

HALL = LaneId("hall")
METAVERSE = LaneId("metaverse")
ROUND_1 = CueId("round-1")
ROUND_2 = CueId("round-2")
CUES = (ROUND_1, ROUND_2)
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
    found = calling(HALL, awards, CUES)
    return found.up, found.following


def test_awards_are_called_by_cue_then_order_then_id() -> None:
    awards = (award("d", cue=ROUND_2), award("c", order=2), award("b"), award("a"))

    assert calling(HALL, awards, CUES).order == ("a", "b", "c", "d")
    assert calling(HALL, awards, (ROUND_2, ROUND_1)).order == ("d", "a", "b", "c")


def test_awards_of_a_cue_that_is_not_in_the_plan_come_last() -> None:
    stray = award("a", cue=CueId("removed"))

    assert calling(HALL, (stray, award("b", cue=ROUND_2), award("c")), CUES).order == ("c", "b", "a")


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

    assert callings((other, award("a")), {HALL: CUES}) == {
        HALL: Calling(lane_id=HALL, order=(AwardId("a"),), up=AwardId("a"), following=()),
        METAVERSE: Calling(lane_id=METAVERSE, order=(AwardId("b"),), up=AwardId("b"), following=()),
    }


STATES = st.lists(st.sampled_from(AwardState), max_size=8)


@given(STATES)
def test_every_open_award_is_called_exactly_once(states: Iterable[AwardState]) -> None:
    awards = [award(str(index), state, order=index) for index, state in enumerate(states)]
    found = calling(HALL, awards, CUES)
    coming = {a.id for a in awards if a.state.is_to_come}

    assert set(found.following) == coming - {found.up}
    assert len(found.following) == len(set(found.following))
    assert found.up is not None or not coming
