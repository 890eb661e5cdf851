"""Awards that come out together: what a joint word means, whom a reveal waits for, and whom it takes along."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from conference_hub.agenda.model import CueId, LaneId
from conference_hub.awards.joint import (
    Sense,
    came_out_with,
    may_be_readied,
    require_understood,
    revealed_with,
    sense_of,
    waits_for,
)
from conference_hub.awards.levels import LevelId
from conference_hub.awards.model import (
    NOWHERE,
    Award,
    AwardId,
    AwardKind,
    AwardState,
    Position,
)
from conference_hub.awards.refusals import JointFixed, JointTaken, LanesNotReady

AT = datetime(2027, 4, 1, 5, 0, tzinfo=UTC)
ROUND = CueId("round")


def award(
    name: str, lane: str, *, state: AwardState = AwardState.SEALED, joint: str | None = "대상"
) -> Award:
    return Award(
        id=AwardId(name),
        level_id=LevelId("grand"),
        lane_id=LaneId(lane),
        cue_id=CueId(f"{ROUND}-{lane}"),
        call_order=1,
        kind=AwardKind.INDIVIDUAL,
        recipient=name,
        organisation=None,
        guest_id=None,
        profile=None,
        number=name,
        joint=joint,
        state=state,
        revealed_at=AT if state.is_public else None,
    )


HALL, META, ONLINE = (award(lane[0], lane) for lane in ("hall", "metaverse", "online"))


def on_air(*awards: Award) -> dict[LaneId, Position]:
    return {one.lane_id: Position(on_air=one.cue_id) for one in awards}


def by_id(*awards: Award) -> dict[AwardId, Award]:
    return {one.id: one for one in awards}


def test_a_word_of_several_lanes_brings_their_awards_out_together() -> None:
    other, placeless = award("x", "hall", joint="금상"), replace(ONLINE, lane_id=NOWHERE, cue_id=NOWHERE)

    found = sense_of(HALL, [HALL, META, placeless, other])

    assert found == Sense(word="대상", others=[META], placeless=[placeless])
    assert not found.everywhere


def test_a_word_of_one_award_shows_it_everywhere() -> None:
    found = sense_of(HALL, [HALL, award("x", "metaverse", joint=None)])

    assert found is not None
    assert (found.everywhere, found.others) == (True, [])


@pytest.mark.parametrize(
    "alone", [award("h", "hall", joint=None), replace(HALL, lane_id=NOWHERE, cue_id=NOWHERE)]
)
def test_no_sense_without_a_word_or_a_place(alone: Award) -> None:
    assert sense_of(alone, [alone, META]) is None


def test_a_lane_has_a_word_once() -> None:
    twice = award("z", "hall")

    with pytest.raises(JointTaken) as refused:
        require_understood(by_id(HALL, META), by_id(HALL, META, twice))

    assert (refused.value.code, refused.value.detail) == ("taken", {"field": "joint", "number": "h"})


@pytest.mark.parametrize("state", [AwardState.ARMED, AwardState.REVEALED, AwardState.DONE])
@pytest.mark.parametrize(
    "after",
    [
        [replace(META, joint=None)],
        [],
        [META, ONLINE],
        [replace(META, lane_id=LaneId("online"))],
        [replace(META, lane_id=NOWHERE, cue_id=NOWHERE)],
    ],
)
def test_what_comes_out_together_stays_once_one_is_ready(state: AwardState, after: list[Award]) -> None:
    ready = award("h", "hall", state=state)

    with pytest.raises(JointFixed):
        require_understood(by_id(ready, META), by_id(ready, *after))


def understood(before: dict[AwardId, Award], after: dict[AwardId, Award]) -> bool:
    try:
        require_understood(before, after)
    except (JointFixed, JointTaken):
        return False
    return True


def test_other_changes_of_a_joint_award_are_free() -> None:
    ready = award("h", "hall", state=AwardState.ARMED)

    assert understood(by_id(ready, META), by_id(ready, replace(META, recipient="새 이름", call_order=4)))
    assert understood(by_id(HALL, META), by_id(HALL))
    assert not understood(by_id(ready, META), by_id(ready))


def test_a_reveal_waits_for_those_who_are_not_ready() -> None:
    ready = award("h", "hall", state=AwardState.ARMED)

    with pytest.raises(LanesNotReady) as refused:
        revealed_with(ready, [META, ONLINE], on_air(META, ONLINE), force=False)

    assert refused.value.detail == {"lane": "hall", "lanes": "metaverse, online"}


def test_it_waits_for_a_round_that_is_to_come() -> None:
    coming = {META.lane_id: Position(on_air=CueId("talk"), coming=(META.cue_id,))}

    assert waits_for(HALL, [META], coming) == ["metaverse"]


@pytest.mark.parametrize(
    "nobody",
    [
        replace(META, absent=True),
        replace(META, deferred=True),
        award("m", "metaverse", state=AwardState.SKIPPED),
        award("m", "metaverse", state=AwardState.WITHDRAWN),
        award("m", "metaverse", state=AwardState.ARMED),
        award("m", "metaverse", state=AwardState.REVEALED),
        replace(META, cue_id=CueId("a round that is over")),
    ],
)
def test_it_does_not_wait_for_who_is_not_called(nobody: Award) -> None:
    assert waits_for(HALL, [nobody], on_air(META)) == []


def test_all_that_are_ready_come_along_also_by_force() -> None:
    ready = award("m", "metaverse", state=AwardState.ARMED)

    found = revealed_with(HALL, [ready, ONLINE], on_air(ready, ONLINE), force=True)

    assert found == [ready]


def test_what_came_out_together_goes_back_together() -> None:
    out, later = (award(name, "metaverse", state=AwardState.DONE) for name in "mn")
    later = replace(later, revealed_at=AT + timedelta(seconds=1))
    mine = award("h", "hall", state=AwardState.REVEALED)

    assert came_out_with(mine, [out]) == [out]
    assert came_out_with(mine, [later, META]) == []
    assert came_out_with(HALL, [META]) == []


def test_one_is_made_ready_beside_when_it_is_its_turn() -> None:
    position = Position(on_air=META.cue_id)
    busy = award("x", "metaverse", state=AwardState.ARMED, joint=None)

    assert may_be_readied(META, position, [META, award("h", "hall", state=AwardState.ARMED)])
    assert not may_be_readied(META, position, [META, busy])
    assert not may_be_readied(META, Position(coming=(META.cue_id,)), [META])
    assert not may_be_readied(replace(META, absent=True), position, [META])
    assert not may_be_readied(replace(META, deferred=True), position, [META])
