"""Who is called in a rehearsal, from literal awards and lanes."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

from conference_hub.agenda.history import RunId
from conference_hub.agenda.keys import Keys
from conference_hub.agenda.lane_run import CueRun, LaneRun, LaneStatus
from conference_hub.agenda.model import CueId, LaneId
from conference_hub.agenda.run_clock import RunClock
from conference_hub.awards import group as groups
from conference_hub.awards.levels import Level, LevelId, RevealStyle
from conference_hub.awards.model import Award, AwardId, AwardKind, AwardState, StandIn
from conference_hub.awards.rehearsing import WORDED, as_rehearsed, recipients
from conference_hub.awards.verbs import VERBS, refusals_in
from conference_hub.core.text import Text
from tests.unit.awards.test_group import AT, begun

LEVEL = Level(
    id=LevelId("grand"),
    rank=1,
    label=Text.of("대상"),
    honour=Text.of("장관상"),
    prize=None,
    reveal_style=RevealStyle.INDIVIDUAL,
    pace_s=120,
)
LEVELS = {LEVEL.id: LEVEL}
START = datetime(2021, 12, 2, 0, 20, tzinfo=UTC)
TEN = timedelta(minutes=10)


def cue(name: str, start: datetime, *, over: bool = False) -> CueRun:
    planned = CueRun(cue_id=CueId(name), planned_start=start, planned=TEN)
    return replace(planned, started_at=start, ended_at=start + TEN) if over else planned


def lane(name: str, *cues: CueRun) -> LaneRun:
    return LaneRun(lane_id=LaneId(name), cues=cues, status=LaneStatus.WAITING, position=None, held_since=None)


def award(name: str, lane_id: str, cue_id: str, order: int) -> Award:
    return Award(
        id=AwardId(name),
        level_id=LEVEL.id,
        lane_id=LaneId(lane_id),
        cue_id=CueId(cue_id),
        call_order=order,
        kind=AwardKind.ORGANISATION,
        recipient="홍길동",
        organisation="기관",
        guest_id="guest-001",
        profile="소개",
        number="A-9",
        citation="공적",
        representative="대표",
        stand_in=StandIn.PROXY,
        presenter="장관",
        conferrer="장관",
        honorific="님",
        pronunciation="발음",
    )


FIRST = award("x", "hall", "one", 1)
SECOND = award("w", "hall", "two", 1)
THIRD = award("v", "hall", "two", 2)
ELSEWHERE = award("a", "annex", "other", 1)
AWARDS = (ELSEWHERE, THIRD, SECOND, FIRST)
LANES = (lane("hall", cue("one", START), cue("two", START + TEN)), lane("annex", cue("other", START)))


def test_recipients_are_counted_lane_by_lane_in_calling_order() -> None:
    found = recipients(AWARDS, LANES, LEVELS)

    assert [(one.id, one.number, one.cue_id, one.call_order) for one in found] == [
        ("recipient-01", "01", "one", 1),
        ("recipient-02", "02", "two", 1),
        ("recipient-03", "03", "two", 2),
        ("recipient-04", "04", "other", 1),
    ]


def test_nothing_but_place_and_level_is_of_the_award() -> None:
    kept = {"level_id", "lane_id", "cue_id", "call_order"}
    empty = recipients([replace(FIRST, recipient=None, organisation=None)], LANES, LEVELS)
    found = recipients([FIRST], LANES, LEVELS)

    assert found == empty
    same = {one.name for one in fields(Award) if getattr(found[0], one.name) == getattr(FIRST, one.name)}
    assert same - kept == {
        name.name for name in fields(Award) if getattr(FIRST, name.name) in (None, False, AwardState.SEALED)
    }


def test_what_happened_on_the_day_is_not_rehearsed() -> None:
    revealed = replace(FIRST, state=AwardState.REVEALED, revealed_at=START, deferred=True, absent=True)
    skipped = replace(SECOND, state=AwardState.SKIPPED)
    withdrawn = replace(THIRD, state=AwardState.WITHDRAWN, withdrawal="이유")

    found = recipients([revealed, skipped, withdrawn], LANES, LEVELS)

    assert [(one.cue_id, one.state, one.deferred, one.absent) for one in found] == [
        ("one", AwardState.SEALED, False, False),
        ("two", AwardState.SEALED, False, False),
    ]


def test_joint_words_are_numbers() -> None:
    words = (None, "홍길동", "함께", "홍길동")
    named = [
        replace(one, joint=word) for one, word in zip((FIRST, SECOND, THIRD, ELSEWHERE), words, strict=True)
    ]

    assert [one.joint for one in recipients(named, LANES, LEVELS)] == [None, "1", "2", "1"]


def test_awards_of_a_cue_that_is_not_run_are_left_out_and_a_hundred_have_three_digits() -> None:
    nowhere = award("n", "hall", "dropped", 1)
    many = [award(f"m-{order:03}", "hall", "one", order) for order in range(1, 101)]

    assert recipients([nowhere], LANES, LEVELS) == []
    assert [one.number for one in recipients(many, LANES, LEVELS)][:2] == ["001", "002"]


def test_those_of_cues_that_are_over_were_called_each_in_its_turn() -> None:
    hall = lane("hall", cue("one", START, over=True), cue("two", START + TEN))
    many = [award(f"m-{order}", "hall", "one", order) for order in range(1, 8)]

    found = recipients([*many, SECOND], (hall,), LEVELS)

    minutes = [(one.revealed_at - START) / timedelta(minutes=1) for one in found if one.revealed_at]
    assert minutes == [0, 2, 4, 6, 8, 10, 10]
    assert [one.state for one in found] == [AwardState.DONE] * 7 + [AwardState.SEALED]


def test_commands_that_write_about_a_person_are_refused_whatever_the_state() -> None:
    for state in AwardState:
        known = refusals_in(state)
        found = as_rehearsed(known)
        assert {name: found[name] for name in WORDED} == dict.fromkeys(WORDED, "not_rehearsed")
        assert all(found[name] == known[name] for name in VERBS.keys() - WORDED)


def test_keys_of_a_rehearsal_are_its_own_and_those_of_the_day_stay() -> None:
    live, rehearsal = Keys(), Keys(rehearsal=RunId("run-2"))

    assert [live.of_key(key) for key in ("award/a", "ceremony")] == ["award/a", "ceremony"]
    assert rehearsal.of_key("award/recipient-01") == "rehearsal-award/run-2/recipient-01"
    assert rehearsal.of_key("rehearsal-lane/run-2/hall") == "rehearsal-lane/run-2/hall"


def test_a_time_of_the_rehearsal_comes_sooner_by_the_time_of_day() -> None:
    clock = RunClock(since=START, at=AT, speed=4)

    assert clock.instant(AT + TEN) == START + TEN / 4
    assert clock.time(clock.instant(AT + TEN)) == AT + TEN


def test_a_name_of_a_fast_rehearsal_is_late_by_the_seconds_that_people_wait() -> None:
    group = begun()
    assert group.next_at is not None
    late = group.next_at + timedelta(seconds=30)

    assert groups.is_late(group, late)
    assert not groups.is_late(group, late, speed=60)
    assert groups.is_late(group, group.next_at + timedelta(seconds=601), speed=60)
