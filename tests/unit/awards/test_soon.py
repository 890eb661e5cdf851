"""Who of the rounds on air is called soon, from literal awards."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from conference_hub.agenda.model import CueId, LaneId
from conference_hub.awards.levels import Level, LevelId, RevealStyle
from conference_hub.awards.model import Award, AwardId, AwardKind, AwardState
from conference_hub.awards.soon import called_soon
from conference_hub.core.text import Text

HALL, ANNEX = LaneId("hall"), LaneId("annex")
ROUND_1, ROUND_2 = CueId("round-1"), CueId("round-2")
GRAND = LevelId("grand")
AT = datetime(2021, 12, 2, 0, 35, tzinfo=UTC)


def level(pace_s: int) -> dict[LevelId, Level]:
    text = Text.of("대상")
    return {
        GRAND: Level(
            id=GRAND,
            rank=1,
            label=text,
            honour=text,
            prize=None,
            reveal_style=RevealStyle.INDIVIDUAL,
            pace_s=pace_s,
        )
    }


def award(
    order: int, state: AwardState = AwardState.SEALED, *, lane: LaneId = HALL, cue: CueId = ROUND_1
) -> Award:
    return Award(
        id=AwardId(f"{lane}-{cue}-{order}"),
        level_id=GRAND,
        lane_id=lane,
        cue_id=cue,
        call_order=order,
        kind=AwardKind.INDIVIDUAL,
        recipient="이름",
        organisation=None,
        guest_id=f"{lane}-{order}",
        profile=None,
        state=state,
        revealed_at=AT if state.is_public else None,
    )


def soon(*awards: Award, pace_s: int = 28) -> list[str]:
    """Return who is called soon while the first round of the hall is on air."""
    return sorted(called_soon(awards, level(pace_s), {HALL: ROUND_1}))


ROUND = [award(order) for order in range(1, 7)]


def test_the_next_three_are_called_soon() -> None:
    assert soon(*ROUND, pace_s=90) == ["hall-1", "hall-2", "hall-3"]


def test_at_a_quick_pace_so_many_as_come_within_a_minute_are_called_soon() -> None:
    assert soon(*ROUND, pace_s=15) == ["hall-1", "hall-2", "hall-3", "hall-4", "hall-5"]


@pytest.mark.parametrize("state", [AwardState.REVEALED, AwardState.PRESENTED, AwardState.PHOTOGRAPHED])
def test_who_is_on_stage_is_told_until_it_is_done(state: AwardState) -> None:
    rest = ROUND[1:]

    assert soon(award(1, state), *rest, pace_s=90) == ["hall-1", "hall-2", "hall-3", "hall-4"]
    assert soon(award(1, AwardState.DONE), *rest, pace_s=90) == ["hall-2", "hall-3", "hall-4"]
    assert soon(award(1, AwardState.SKIPPED), *rest, pace_s=90) == ["hall-2", "hall-3", "hall-4"]


def test_who_was_put_further_back_is_no_longer_called_soon() -> None:
    assert soon(replace(ROUND[0], call_order=9), *ROUND[1:], pace_s=90) == ["hall-2", "hall-3", "hall-4"]


def test_nobody_of_another_round_or_lane_is_called() -> None:
    others = [award(1, cue=ROUND_2), award(1, lane=ANNEX)]

    assert soon(*others) == []
    assert soon(*others, award(1)) == ["hall-1"]


def test_lanes_call_side_by_side() -> None:
    known = [award(order, lane=lane) for lane in (HALL, ANNEX) for order in range(1, 5)]
    on_air = {HALL: ROUND_1, ANNEX: ROUND_1}

    assert sorted(called_soon(known, level(90), on_air)) == [
        f"{lane}-{order}" for lane in (ANNEX, HALL) for order in (1, 2, 3)
    ]


def test_an_award_for_which_nobody_comes_calls_nobody() -> None:
    assert soon(replace(ROUND[0], guest_id=None), pace_s=90) == []
