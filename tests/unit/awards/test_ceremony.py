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
    correct,
    defer,
    done,
    photo,
    present,
    reveal,
    sealed_by,
    skip,
    take_back,
)
from conference_hub.awards.model import Award, AwardId, AwardKind, AwardState, LevelId, Wording
from conference_hub.awards.verbs import VERBS, refusals_in
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


@pytest.mark.parametrize("state", AwardState)
def test_refusals_in_a_state_are_those_of_the_rules(state: AwardState) -> None:
    expected = {name.replace("_", "-"): row[state.value] for name, row in OUTCOMES.items()}

    found = refusals_in(state)

    assert found.keys() == VERBS.keys()
    assert found["correct"] is None
    assert {name: code for name, code in found.items() if name != "correct"} == {
        name: after[1:] if after.startswith("!") else None for name, after in expected.items()
    }


def test_an_award_that_comes_back_armed_seals_the_armed_one_of_its_lane_only() -> None:
    back = in_state(AwardState.ARMED)
    armed = in_state(AwardState.ARMED, FIRST)
    elsewhere = replace(in_state(AwardState.ARMED, LATER), lane_id=LaneId("metaverse"))

    assert sealed_by([back], [GRAND, armed, elsewhere]) == [FIRST]
    assert sealed_by([in_state(AwardState.REVEALED)], [GRAND, armed, elsewhere]) == []
    assert sealed_by([back, FIRST], [GRAND, armed]) == []


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
    change = correct(revealed, Wording(recipient="  석 용주 ", organisation="천안고용복지+센터"))
    assert change == Change(award=replace(revealed, recipient="석 용주", organisation="천안고용복지+센터"))


def test_correction_of_the_name_takes_its_pronunciation_away_and_another_one_does_not() -> None:
    award = replace(GRAND, pronunciation="석-용-주")
    name, profile = Wording(recipient="서미영"), Wording(profile="50대")
    both = Wording(recipient="서미영", pronunciation="서-미-영")
    assert [correct(award, one).award.pronunciation for one in (name, profile, both)] == [
        None,
        "석-용-주",
        "서-미-영",
    ]


def test_correction_composes_decomposed_hangul() -> None:
    assert correct(GRAND, Wording(recipient="\u1109\u1165\u11a8")).award.recipient == "석"


@pytest.mark.parametrize("state", list(AwardState))
def test_correction_is_possible_in_every_state(state: AwardState) -> None:
    award = in_state(state)
    assert correct(award, Wording(profile="50대")).award == replace(award, profile="50대")


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
        correct(GRAND, Wording(**{field: value}))
    assert (refusal.value.code, refusal.value.detail["field"]) == (code, field)


def test_longest_values_are_accepted() -> None:
    assert correct(GRAND, Wording(recipient="가" * 80)).award.recipient == "가" * 80


def test_correction_without_any_field_is_refused() -> None:
    with pytest.raises(Invalid) as refusal:
        correct(GRAND, Wording())
    assert refusal.value.code == "nothing_given"


def test_award_with_a_public_state_and_no_instant_of_reveal_is_impossible() -> None:
    with pytest.raises(ValueError, match="case-01"):
        replace(GRAND, state=AwardState.REVEALED)


def test_award_with_an_instant_of_reveal_and_a_sealed_state_is_impossible() -> None:
    with pytest.raises(ValueError, match="case-01"):
        replace(GRAND, revealed_at=AT)
