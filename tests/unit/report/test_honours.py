"""How the awards of a run went, from their reveals and the plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from conference_hub.agenda.lane_run import CueRun, LaneRun, LaneStatus
from conference_hub.agenda.model import CueId, LaneId
from conference_hub.awards.levels import Level, LevelId, RevealStyle
from conference_hub.awards.model import Award, AwardId, AwardKind, AwardState, Ceremony, StandIn
from conference_hub.core.text import Text
from conference_hub.report.honours import LevelLine, honours
from conference_hub.report.model import Pressed

NOON = datetime(2026, 11, 5, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HALL, ROUND = LaneId("hall"), CueId("round-1")


def at(seconds: int) -> datetime:
    return NOON + seconds * SECOND


LEVEL = Level(
    id=LevelId("top"),
    rank=1,
    label=Text(ko="대상", en="Grand prize"),
    honour=Text(ko="장관상", en="Minister's award"),
    prize=None,
    reveal_style=RevealStyle.INDIVIDUAL,
    pace_s=30,
)


def award(number: int, revealed: int | None = None) -> Award:
    return Award(
        id=AwardId(f"award-{number}"),
        level_id=LEVEL.id,
        lane_id=HALL,
        cue_id=ROUND,
        call_order=number,
        kind=AwardKind.INDIVIDUAL,
        recipient=f"수상자 {number}",
        organisation=None,
        guest_id=None,
        profile=None,
        state=AwardState.SEALED if revealed is None else AwardState.DONE,
        revealed_at=None if revealed is None else at(revealed),
    )


def ceremony(*awards: Award) -> Ceremony:
    return Ceremony(levels={LEVEL.id: LEVEL}, awards={one.id: one for one in awards}, rounds={HALL: [ROUND]})


def lane(*, ended: int | None = None) -> LaneRun:
    cue = CueRun(
        cue_id=ROUND,
        planned_start=NOON,
        planned=600 * SECOND,
        started_at=NOON,
        ended_at=None if ended is None else at(ended),
    )
    over = ended is not None
    return LaneRun(
        lane_id=HALL,
        cues=(cue,),
        status=LaneStatus.FINISHED if over else LaneStatus.RUNNING,
        position=None if over else 0,
        held_since=None,
    )


def test_awards_have_the_stage_until_the_next_reveal_or_the_end_of_their_cue() -> None:
    found = honours(ceremony(award(1, 10), award(2, 50), award(3)), [lane(ended=90)], {})

    assert [(line.planned_at, line.drift, line.length) for line in found.lines] == [
        (at(0), 10 * SECOND, 40 * SECOND),
        (at(30), 20 * SECOND, 40 * SECOND),
        (at(60), None, None),
    ]
    assert found.levels == (
        LevelLine(level=LEVEL, awards=3, revealed=2, each=40 * SECOND, longest=40 * SECOND),
    )
    assert found.states == {AwardState.SEALED: 1, AwardState.DONE: 2}


def test_the_last_award_has_the_stage_still_while_its_cue_goes_on() -> None:
    found = honours(ceremony(award(1, 10)), [lane()], {})
    assert (found.lines[0].length, found.levels[0].each) == (None, None)


def test_awards_before_the_first_reveal_have_nothing_but_their_plan() -> None:
    found = honours(ceremony(award(1), award(2)), [lane()], {})
    assert [(line.planned_at, line.length, line.by) for line in found.lines] == [
        (at(0), None, ""),
        (at(30), None, ""),
    ]


def test_an_award_of_a_cue_that_the_run_lacks_has_no_planned_time() -> None:
    strange = replace(award(1, 10), cue_id=CueId("gone"))
    (line,) = honours(ceremony(strange), [lane(ended=90)], {}).lines
    assert (line.planned_at, line.drift, line.length) == (None, None, 80 * SECOND)


def test_an_award_says_what_happened_to_it_and_who_revealed_it() -> None:
    pressed = {
        "award/award-1": Pressed(
            times=Counter({"AwardRevealed": 2, "AwardTakenBack": 1, "AwardDone": 1}),
            by={"AwardRevealed": "이운영"},
        ),
        "award/award-2": Pressed(times=Counter({"AwardRevealed": 1}), by={"AwardRevealed": "이운영"}),
    }

    shown, sealed = honours(ceremony(award(1, 10), award(2)), [lane(ended=90)], pressed).lines

    assert (shown.by, shown.notes) == ("이운영", [("비공개로 되돌림", 1)])
    assert (sealed.by, sealed.notes) == ("", [])


def test_who_did_not_come_and_who_stood_in_is_counted() -> None:
    absent = replace(award(1, 10), absent=True)
    proxy = replace(award(2, 50), absent=True, representative="대리인", stand_in=StandIn.PROXY)

    found = honours(ceremony(absent, proxy), [lane(ended=90)], {})

    assert [line.notes for line in found.lines] == [[("불참", 1)], [("불참", 1), ("대리 수상", 1)]]
    assert found.notes == [("불참", 2), ("대리 수상", 1)]


def test_a_rehearsal_without_lanes_has_no_awards() -> None:
    found = honours(ceremony(award(1)), [], {})
    assert (found.lines, found.levels, found.states) == ((), (), {})
