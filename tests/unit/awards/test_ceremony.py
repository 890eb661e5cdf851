"""The rules of the ceremony, from literal states."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from conference_hub.agenda.model import CueId, LaneId
from conference_hub.awards.ceremony import (
    Change,
    arm,
    calling_order,
    correct,
    defer,
    done,
    next_up,
    photo,
    present,
    reveal,
    skip,
    take_back,
)
from conference_hub.awards.model import Award, AwardId, AwardKind, AwardState, LevelId
from conference_hub.core.errors import Invalid, Refused

HALL = LaneId("hall")
ROUND_1 = CueId("round-1-hall")
ROUND_2 = CueId("round-2-hall")
AT = datetime(2021, 12, 2, 0, 35, tzinfo=UTC)

GRAND = Award(
    id=AwardId("case-01"),
    level_id=LevelId("grand"),
    lane_id=HALL,
    cue_id=ROUND_1,
    call_order=25,
    kind=AwardKind.INDIVIDUAL,
    recipient="석용주",
    organisation="천안고용센터",
    guest_id="guest-001",
    profile="50대, 남, 1인가구",
)
FIRST = replace(GRAND, id=AwardId("case-15"), call_order=1, recipient=None, organisation=None, profile=None)
LATER = replace(GRAND, id=AwardId("commend-01"), cue_id=ROUND_2, call_order=1, recipient="정철")


def in_state(state: AwardState, award: Award = GRAND) -> Award:
    """Return the award as it is in `state`."""
    return replace(award, state=state, revealed_at=AT if state.is_public else None)


Command = Callable[[Award], Change]

COMMANDS: dict[str, Command] = {
    "arm": lambda award: arm(award, ()),
    "reveal": lambda award: reveal(award, AT),
    "present": present,
    "photo": photo,
    "done": done,
    "defer": defer,
    "skip": skip,
    "take_back": take_back,
}

# For each command what becomes of an award in each state: the state after it, or the code of the refusal.
OUTCOMES: dict[str, dict[str, str]] = {
    "arm": {
        "sealed": "armed",
        "armed": "!already_armed",
        "revealed": "!already_revealed",
        "presented": "!already_revealed",
        "photographed": "!already_revealed",
        "done": "!already_revealed",
        "deferred": "armed",
        "skipped": "!already_skipped",
    },
    "reveal": {
        "sealed": "!not_armed",
        "armed": "revealed",
        "revealed": "!already_revealed",
        "presented": "!already_revealed",
        "photographed": "!already_revealed",
        "done": "!already_revealed",
        "deferred": "!not_armed",
        "skipped": "!not_armed",
    },
    "present": {
        "sealed": "!not_revealed",
        "armed": "!not_revealed",
        "revealed": "presented",
        "presented": "!step_passed",
        "photographed": "!step_passed",
        "done": "!step_passed",
        "deferred": "!not_revealed",
        "skipped": "!not_revealed",
    },
    "photo": {
        "sealed": "!not_revealed",
        "armed": "!not_revealed",
        "revealed": "photographed",
        "presented": "photographed",
        "photographed": "!step_passed",
        "done": "!step_passed",
        "deferred": "!not_revealed",
        "skipped": "!not_revealed",
    },
    "done": {
        "sealed": "!not_revealed",
        "armed": "!not_revealed",
        "revealed": "done",
        "presented": "done",
        "photographed": "done",
        "done": "!step_passed",
        "deferred": "!not_revealed",
        "skipped": "!not_revealed",
    },
    "defer": {
        "sealed": "deferred",
        "armed": "deferred",
        "revealed": "!already_revealed",
        "presented": "!already_revealed",
        "photographed": "!already_revealed",
        "done": "!already_revealed",
        "deferred": "!already_deferred",
        "skipped": "!already_skipped",
    },
    "skip": {
        "sealed": "skipped",
        "armed": "skipped",
        "revealed": "!already_revealed",
        "presented": "!already_revealed",
        "photographed": "!already_revealed",
        "done": "!already_revealed",
        "deferred": "skipped",
        "skipped": "!already_skipped",
    },
    "take_back": {
        "sealed": "!nothing_to_take_back",
        "armed": "sealed",
        "revealed": "sealed",
        "presented": "sealed",
        "photographed": "sealed",
        "done": "sealed",
        "deferred": "sealed",
        "skipped": "sealed",
    },
}
CASES = [(command, before, after) for command, row in OUTCOMES.items() for before, after in row.items()]


@pytest.mark.parametrize(("command", "before", "after"), CASES)
def test_command_moves_the_award_or_says_why_not(command: str, before: str, after: str) -> None:
    award = in_state(AwardState(before))
    if not after.startswith("!"):
        assert COMMANDS[command](award) == Change(award=in_state(AwardState(after)))
        return
    with pytest.raises(Refused) as refusal:
        COMMANDS[command](award)
    assert (refusal.value.code, refusal.value.detail) == (after[1:], {"award": "case-01", "state": before})


def test_table_covers_every_command_and_state() -> None:
    assert set(OUTCOMES) == set(COMMANDS)
    assert all(set(row) == set(AwardState) for row in OUTCOMES.values())


def test_arming_another_award_of_the_lane_seals_the_armed_one_and_names_both() -> None:
    armed = in_state(AwardState.ARMED, FIRST)
    change = arm(GRAND, (armed, GRAND, LATER))
    assert change == Change(award=in_state(AwardState.ARMED), sealed=FIRST)
    assert change.awards == (in_state(AwardState.ARMED), FIRST)


def test_arming_leaves_the_armed_award_of_another_lane() -> None:
    elsewhere = replace(in_state(AwardState.ARMED, FIRST), lane_id=LaneId("metaverse"))
    assert arm(GRAND, (elsewhere, GRAND)).awards == (in_state(AwardState.ARMED),)


def test_correction_changes_the_given_fields_only_and_keeps_a_revealed_award_revealed() -> None:
    revealed = in_state(AwardState.REVEALED)
    change = correct(revealed, recipient="  석 용주 ", organisation="천안고용복지+센터")
    assert change == Change(award=replace(revealed, recipient="석 용주", organisation="천안고용복지+센터"))


def test_correction_composes_decomposed_hangul() -> None:
    assert correct(GRAND, recipient="\u1109\u1165\u11a8").award.recipient == "석"


@pytest.mark.parametrize("state", list(AwardState))
def test_correction_is_possible_in_every_state(state: AwardState) -> None:
    award = in_state(state)
    assert correct(award, profile="50대").award == replace(award, profile="50대")


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("recipient", "", "empty"),
        ("organisation", " \t ", "empty"),
        ("recipient", "가" * 81, "too_long"),
        ("organisation", "가" * 121, "too_long"),
        ("profile", "가" * 301, "too_long"),
        ("recipient", "석\u202e용주", "unprintable"),
        ("recipient", "석\u200b용주", "unprintable"),
    ],
)
def test_correction_with_an_unusable_value_is_refused_by_field(field: str, value: str, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        correct(GRAND, **{field: value})
    assert (refusal.value.code, refusal.value.detail["field"]) == (code, field)


def test_longest_values_are_accepted() -> None:
    assert correct(GRAND, recipient="가" * 80).award.recipient == "가" * 80


def test_correction_without_any_field_is_refused() -> None:
    with pytest.raises(Invalid) as refusal:
        correct(GRAND)
    assert refusal.value.code == "nothing_given"


def test_next_up_is_the_lowest_call_of_the_first_cue() -> None:
    assert next_up((LATER, GRAND, FIRST), HALL, (ROUND_1, ROUND_2)) == FIRST
    assert next_up((LATER, GRAND, FIRST), HALL, (ROUND_2, ROUND_1)) == LATER


def test_next_up_is_the_armed_award_whatever_its_order() -> None:
    armed = in_state(AwardState.ARMED)
    assert next_up((LATER, armed, FIRST), HALL, (ROUND_1, ROUND_2)) == armed


def test_next_up_calls_deferred_awards_after_all_sealed_ones() -> None:
    deferred = in_state(AwardState.DEFERRED, FIRST)
    assert next_up((deferred, LATER), HALL, (ROUND_1, ROUND_2)) == LATER
    assert next_up((deferred, in_state(AwardState.DONE, LATER)), HALL, (ROUND_1, ROUND_2)) == deferred


def test_next_up_of_one_cue_ignores_the_others() -> None:
    assert next_up((FIRST, LATER), HALL, (ROUND_1, ROUND_2), ROUND_2) == LATER


def test_next_up_is_nobody_when_all_were_called_or_skipped() -> None:
    called = (
        in_state(AwardState.REVEALED),
        in_state(AwardState.SKIPPED, FIRST),
        in_state(AwardState.DONE, LATER),
    )
    assert next_up(called, HALL, (ROUND_1, ROUND_2)) is None


def test_next_up_ignores_other_lanes() -> None:
    assert next_up((FIRST,), LaneId("metaverse"), (ROUND_1,)) is None


def test_calling_order_puts_awards_of_unknown_cues_last() -> None:
    stray = replace(FIRST, id=AwardId("stray"), cue_id=CueId("removed"))
    assert calling_order((stray, LATER, GRAND, FIRST), (ROUND_1, ROUND_2)) == (FIRST, GRAND, LATER, stray)


def test_award_with_a_public_state_and_no_instant_of_reveal_is_impossible() -> None:
    with pytest.raises(ValueError, match="case-01"):
        replace(GRAND, state=AwardState.REVEALED)


def test_award_with_an_instant_of_reveal_and_a_sealed_state_is_impossible() -> None:
    with pytest.raises(ValueError, match="case-01"):
        replace(GRAND, revealed_at=AT)
