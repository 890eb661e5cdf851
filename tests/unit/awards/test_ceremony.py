"""The rules of the ceremony, from literal states."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from conference_hub.agenda.model import CueId, LaneId
from conference_hub.awards.ceremony import (
    Change,
    arm,
    correct,
    defer,
    done,
    line_up,
    mark_absent,
    name_proxy,
    photo,
    present,
    reveal,
    sealed_by,
    skip,
    take_back,
    withdraw,
)
from conference_hub.awards.levels import LevelId
from conference_hub.awards.model import Award, AwardId, AwardKind, AwardState, StandIn, Wording
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
    "defer": lambda award: defer(award, [award]),
    "absent": lambda award: mark_absent(award, absent=True),
    "proxy": lambda award: name_proxy(award, "석가영", "배우자"),
    "skip": skip,
    "take_back": take_back,
    "withdraw": lambda award: withdraw(award, " 허위  공적 "),
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
        "skipped": "!already_skipped",
        "withdrawn": "!withdrawn",
    },
    "reveal": {
        "sealed": "!not_armed",
        "armed": "revealed",
        "revealed": "!already_revealed",
        "presented": "!already_revealed",
        "photographed": "!already_revealed",
        "done": "!already_revealed",
        "skipped": "!not_armed",
        "withdrawn": "!not_armed",
    },
    "present": {
        "sealed": "!not_revealed",
        "armed": "!not_revealed",
        "revealed": "presented",
        "presented": "!step_passed",
        "photographed": "!step_passed",
        "done": "!step_passed",
        "skipped": "!not_revealed",
        "withdrawn": "!not_revealed",
    },
    "photo": {
        "sealed": "!not_revealed",
        "armed": "!not_revealed",
        "revealed": "photographed",
        "presented": "photographed",
        "photographed": "!step_passed",
        "done": "!step_passed",
        "skipped": "!not_revealed",
        "withdrawn": "!not_revealed",
    },
    "done": {
        "sealed": "!not_revealed",
        "armed": "!not_revealed",
        "revealed": "done",
        "presented": "done",
        "photographed": "done",
        "done": "!step_passed",
        "skipped": "!not_revealed",
        "withdrawn": "!not_revealed",
    },
    "defer": {
        "sealed": "sealed",
        "armed": "sealed",
        "revealed": "!already_revealed",
        "presented": "!already_revealed",
        "photographed": "!already_revealed",
        "done": "!already_revealed",
        "skipped": "!already_skipped",
        "withdrawn": "!withdrawn",
    },
    "absent": {
        **dict.fromkeys(("sealed", "armed", "revealed", "presented", "photographed", "done"), "same"),
        "skipped": "!already_skipped",
        "withdrawn": "!withdrawn",
    },
    "proxy": {
        **dict.fromkeys(("sealed", "armed", "revealed", "presented", "photographed", "done"), "same"),
        "skipped": "!already_skipped",
        "withdrawn": "!withdrawn",
    },
    "skip": {
        "sealed": "skipped",
        "armed": "skipped",
        "revealed": "!already_revealed",
        "presented": "!already_revealed",
        "photographed": "!already_revealed",
        "done": "!already_revealed",
        "skipped": "!already_skipped",
        "withdrawn": "!withdrawn",
    },
    "withdraw": {
        **dict.fromkeys(("sealed", "armed", "revealed", "presented", "photographed", "done"), "withdrawn"),
        "skipped": "withdrawn",
        "withdrawn": "!withdrawn",
    },
    "take_back": {
        "sealed": "!nothing_to_take_back",
        "armed": "sealed",
        "revealed": "sealed",
        "presented": "sealed",
        "photographed": "sealed",
        "done": "sealed",
        "skipped": "sealed",
        "withdrawn": "sealed",
    },
}
MARKS: dict[str, dict[str, Any]] = {
    "withdraw": {"withdrawal": "허위 공적"},
    "defer": {"deferred": True},
    "absent": {"absent": True},
    "proxy": {"stand_in": StandIn.PROXY, "representative": "석가영", "relation": "배우자"},
}
"""What a command marks beside the state."""
CASES = [(command, before, after) for command, row in OUTCOMES.items() for before, after in row.items()]


@pytest.mark.parametrize(("command", "before", "after"), CASES)
def test_command_moves_the_award_or_says_why_not(command: str, before: str, after: str) -> None:
    award = in_state(AwardState(before))
    if not after.startswith("!"):
        expected = in_state(AwardState(before if after == "same" else after))
        assert COMMANDS[command](award) == Change(award=replace(expected, **MARKS.get(command, {})))
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


ROUND = tuple(
    replace(GRAND, id=AwardId(name), call_order=order)
    for name, order in (("a", 1), ("b", 2), ("c", 4), ("d", 5), ("e", 9))
)


def places(awards: Sequence[Award]) -> list[tuple[str, int]]:
    """Return who is called as which, in calling order."""
    return sorted(((award.id, award.call_order) for award in awards), key=lambda one: one[1])


@pytest.mark.parametrize(
    ("name", "count", "order"),
    [("a", 3, "bcdae"), ("a", 1, "bacde"), ("c", 9, "abdec"), ("e", 3, "abcde"), ("b", 2, "acdbe")],
)
def test_a_deferred_award_is_called_some_places_later_and_nobody_gets_a_new_number(
    name: str, count: int, order: str
) -> None:
    award = next(one for one in ROUND if one.id == name)

    change = defer(award, [*ROUND, LATER], count)

    after = {one.id: one for one in (*ROUND, *change.awards)}
    assert change.award.deferred
    assert places(list(after.values())) == list(zip(order, (1, 2, 4, 5, 9), strict=True))
    assert [one for one in change.moved if one.deferred] == []


def test_deferring_passes_only_those_of_the_round_who_are_still_to_come() -> None:
    called = replace(ROUND[2], state=AwardState.REVEALED, revealed_at=AT)
    skipped = replace(ROUND[3], state=AwardState.SKIPPED)

    change = defer(ROUND[1], [ROUND[0], ROUND[1], called, skipped, ROUND[4]])

    assert [(one.id, one.call_order) for one in change.awards] == [("b", 9), ("e", 2)]


def test_deferring_parts_awards_that_have_one_number() -> None:
    first, second = ROUND[0], replace(ROUND[1], call_order=1)

    change = defer(first, [first, second], 1)

    assert (change.awards, change.award.call_order) == ((replace(first, call_order=2, deferred=True),), 2)


def test_a_deferred_award_with_nobody_behind_it_cannot_be_deferred_again() -> None:
    last = replace(ROUND[4], deferred=True)

    with pytest.raises(Refused) as refusal:
        defer(last, [*ROUND[:4], last])

    assert refusal.value.code == "nothing_changes"
    assert defer(replace(last, state=AwardState.ARMED), [last]).award == last


def test_a_withdrawn_award_that_is_taken_back_is_sealed_without_the_reason() -> None:
    revealed = in_state(AwardState.REVEALED)
    assert take_back(withdraw(revealed, "허위 공적").award) == Change(award=GRAND)


def test_a_withdrawal_needs_a_reason() -> None:
    with pytest.raises(Invalid) as refusal:
        withdraw(GRAND, " ")
    assert (refusal.value.code, refusal.value.detail["field"]) == ("empty", "reason")


def test_a_line_up_calls_those_to_come_as_given_in_the_places_that_they_have() -> None:
    called = replace(ROUND[1], state=AwardState.REVEALED, revealed_at=AT)
    awards = [ROUND[0], called, *ROUND[2:], LATER]

    changed = line_up(awards, HALL, ROUND_1, [AwardId(one) for one in "edca"])

    assert places(changed) == [("e", 1), ("d", 4), ("c", 5), ("a", 9)]
    assert places(line_up(awards, HALL, ROUND_1, [AwardId(one) for one in "acde"][::-1])) == places(changed)


@pytest.mark.parametrize("order", ["abcd", "abcdee", "abcdz", ""])
def test_a_line_up_of_others_than_those_to_come_is_refused_with_who_they_are(order: str) -> None:
    with pytest.raises(Refused) as refusal:
        line_up(ROUND, HALL, ROUND_1, [AwardId(one) for one in order])
    assert (refusal.value.code, refusal.value.detail) == (
        "line_up_changed",
        {"lane": HALL, "awards": "a,b,c,d,e"},
    )


def test_a_line_up_that_changes_nothing_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        line_up(ROUND, HALL, ROUND_1, [one.id for one in ROUND])
    assert refusal.value.code == "nothing_changes"


def test_an_absence_is_noted_and_taken_away_once() -> None:
    absent = mark_absent(GRAND, absent=True).award
    assert mark_absent(absent, absent=False) == Change(award=GRAND)
    for award, said in ((absent, True), (GRAND, False)):
        with pytest.raises(Refused) as refusal:
            mark_absent(award, absent=said)
        assert refusal.value.code == "nothing_changes"


def test_a_proxy_takes_the_place_of_who_stood_in_and_an_empty_name_takes_it_away() -> None:
    director = replace(GRAND, stand_in=StandIn.REPRESENTATIVE, representative="김소장", relation="소장")

    proxy = name_proxy(director, " 석 가영 ", "").award

    assert (proxy.stand_in, proxy.representative, proxy.relation) == (StandIn.PROXY, "석 가영", None)
    assert name_proxy(proxy, " ").award == GRAND
    with pytest.raises(Refused) as refusal:
        name_proxy(GRAND, "")
    assert refusal.value.code == "nothing_changes"


@pytest.mark.parametrize(
    ("name", "relation", "field", "code"),
    [
        ("가" * 81, None, "name", "too_long"),
        ("석\u202e", None, "name", "unprintable"),
        ("석가영", "가" * 81, "relation", "too_long"),
    ],
)
def test_a_proxy_with_an_unusable_text_is_refused_by_field(
    name: str, relation: str | None, field: str, code: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        name_proxy(GRAND, name, relation)
    assert (refusal.value.code, refusal.value.detail["field"]) == (code, field)


@pytest.mark.parametrize(
    ("stated", "kind", "name", "expected"),
    [
        (None, AwardKind.INDIVIDUAL, "석가영", StandIn.PROXY),
        ("", AwardKind.TEAM, "석가영", StandIn.REPRESENTATIVE),
        ("joint", AwardKind.TEAM, "석가영", StandIn.JOINT),
        ("joint", AwardKind.TEAM, None, StandIn.NOBODY),
    ],
)
def test_as_what_somebody_stands_in_is_told_from_the_kind_where_it_is_not_stated(
    stated: str | None, kind: AwardKind, name: str | None, expected: StandIn
) -> None:
    assert StandIn.of(stated, kind, name) is expected


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
