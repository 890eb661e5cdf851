"""What organisers may change of awards before they are revealed, and in which order they may be called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference_hub.agenda.model import CueId, LaneId
from conference_hub.awards.arranging import Load, Rule, arranged, loads, natural
from conference_hub.awards.levels import Level, LevelId, Programme, ProgrammeId, RevealStyle
from conference_hub.awards.model import NOWHERE, Award, AwardId, AwardKind, AwardState
from conference_hub.awards.preparation import (
    Prepared,
    call_in_order,
    place,
    put_award,
    put_level,
    put_programme,
    remove_awards,
    remove_level,
    remove_programme,
)
from conference_hub.core.errors import HubError
from conference_hub.core.text import Text

AT = datetime(2021, 12, 2, 0, 35, tzinfo=UTC)
CASES = Programme(id=ProgrammeId("cases"), title=Text(ko="우수 상담사례"))
GRAND = Level(
    id=LevelId("grand"),
    rank=1,
    label=Text(ko="대상"),
    honour=Text(ko="장관상"),
    prize=None,
    reveal_style=RevealStyle.INDIVIDUAL,
    programme_id=CASES.id,
)
LOW = replace(GRAND, id=LevelId("low"), rank=4, label=Text(ko="장려상"), reveal_style=RevealStyle.ROLL)


def award(name: str, order: int = 0, **changes: object) -> Award:
    plain = Award(
        id=AwardId(name),
        level_id=GRAND.id,
        lane_id=LaneId("hall") if order else NOWHERE,
        cue_id=CueId("round-1") if order else NOWHERE,
        call_order=order,
        kind=AwardKind.INDIVIDUAL,
        recipient="이름",
        organisation=None,
        guest_id=None,
        profile=None,
        number=name,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def prepared(*awards: Award) -> Prepared:
    return Prepared(
        programmes=(CASES,), levels={GRAND.id: GRAND, LOW.id: LOW}, awards={one.id: one for one in awards}
    )


REVEALED = award("b", 2, state=AwardState.REVEALED, revealed_at=AT)
ARMED = award("b", 2, state=AwardState.ARMED)


def called(known: Prepared) -> list[tuple[str, int]]:
    return [(one.id, one.call_order) for one in known.called_in("round-1")]


def code(attempt: Callable[[], object]) -> str:
    with pytest.raises(HubError) as refusal:
        attempt()
    return refusal.value.code


def test_award_without_number_gets_the_one_after_the_largest() -> None:
    known = put_award(prepared(award("7"), award("A-9")), award("x", number=""))

    assert known.award("x").number == "8"


def test_number_is_given_to_one_award_only() -> None:
    assert code(lambda: put_award(prepared(award("7")), award("x", number="7"))) == "taken"


def test_award_of_an_unknown_level_is_refused() -> None:
    assert code(lambda: put_award(prepared(), award("x", level_id=LevelId("none")))) == "not_found"


def test_award_new_to_a_cue_is_called_last() -> None:
    known = put_award(prepared(award("a", 1), award("b", 2)), award("c", 1))

    assert called(known) == [("a", 1), ("b", 2), ("c", 3)]


def test_awards_put_into_a_cue_follow_in_the_order_given() -> None:
    known = place(prepared(award("a", 1), award("b"), award("c")), ["c", "a", "b"], "round-1", "hall")

    assert called(known) == [("a", 1), ("c", 2), ("b", 3)]


def test_awards_taken_out_of_a_cue_leave_no_gap() -> None:
    known = place(prepared(award("a", 1), award("b", 2)), ["a"], "", "")

    assert (called(known), known.award("a").placed) == ([("b", 1)], False)


def test_numbers_of_a_cue_stay_once_one_of_it_was_revealed() -> None:
    known = remove_awards(prepared(award("a", 1), REVEALED), ["a"])

    assert called(known) == [("b", 2)]


@pytest.mark.parametrize(("fixed", "expected"), [(REVEALED, "already_revealed"), (ARMED, "already_armed")])
def test_award_that_is_ready_or_revealed_is_not_changed(fixed: Award, expected: str) -> None:
    known = prepared(award("a", 1), fixed)

    changes: list[Callable[[], object]] = [
        lambda: put_award(known, replace(fixed, recipient="다른 이름")),
        lambda: remove_awards(known, ["b"]),
        lambda: place(known, ["b"], "round-2", "hall"),
        lambda: call_in_order(known, "round-1", ["b", "a"]),
    ]
    assert [code(change) for change in changes] == [expected] * len(changes)


def test_others_are_called_in_another_order_around_a_revealed_one() -> None:
    known = call_in_order(prepared(award("a", 1), REVEALED, award("c", 3)), "round-1", ["c", "b", "a"])

    assert called(known) == [("c", 1), ("b", 2), ("a", 3)]


@pytest.mark.parametrize("ids", [["a"], ["a", "a"], ["a", "b", "c"]])
def test_order_names_each_award_of_the_cue_once(ids: list[str]) -> None:
    assert code(lambda: call_in_order(prepared(award("a", 1), award("b", 2)), "round-1", ids)) == "invalid"


def test_level_with_awards_and_programme_with_levels_stay() -> None:
    known = prepared(award("a"))

    assert code(lambda: remove_level(known, "grand")) == "awards_left"
    assert code(lambda: remove_programme(known, "cases")) == "levels_left"
    empty = remove_level(remove_level(remove_awards(known, ["a"]), "grand"), "low")
    assert remove_programme(empty, "cases") == Prepared(programmes=(), levels={}, awards={})


def test_programme_is_replaced_in_its_place_and_its_title_is_its_own() -> None:
    other = Programme(id=ProgrammeId("other"), title=Text(ko="장관표창"))
    known = put_programme(prepared(), other)

    renamed = put_programme(known, replace(CASES, title=Text(ko="상담사례")))
    assert [one.title.ko for one in renamed.programmes] == ["상담사례", "장관표창"]
    assert code(lambda: put_programme(known, replace(CASES, title=other.title))) == "taken"


def test_levels_stand_by_rank_and_a_label_is_taken_within_its_programme_only() -> None:
    special = replace(GRAND, id=LevelId("special"), rank=2, label=Text(ko="특별상"))
    other = Programme(id=ProgrammeId("other"), title=Text(ko="장관표창"))

    known = put_level(put_programme(prepared(), other), special)
    assert list(known.levels) == ["grand", "special", "low"]
    assert code(lambda: put_level(known, replace(special, label=GRAND.label))) == "taken"
    beside = put_level(known, replace(special, label=GRAND.label, programme_id=other.id))
    assert [one.id for one in beside.levels_of(other.id)] == ["special"]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Rule.LOWER_FIRST, "dbac"),
        (Rule.HIGHER_FIRST, "acdb"),
        (Rule.NUMBER, "cabd"),
        (Rule.ORGANISATION, "bcad"),
    ],
)
def test_awards_are_ordered_by_rule(rule: Rule, expected: str) -> None:
    known = [
        award("d", 1, level_id=LOW.id, number="A-10"),
        award("a", 2, number="10", organisation="나"),
        award("c", 3, number="2", organisation="가"),
        award("b", 4, number="A-9", level_id=LOW.id, organisation="ㄱ"),
    ]

    levels = {GRAND.id: GRAND, LOW.id: LOW}
    assert "".join(one.id for one in arranged(known, levels, rule)) == expected


def test_award_that_was_revealed_keeps_its_place_in_every_rule() -> None:
    known = [award("a", 1), REVEALED, award("c", 3, level_id=LOW.id)]

    ordered = arranged(known, {GRAND.id: GRAND, LOW.id: LOW}, Rule.LOWER_FIRST)
    assert [one.id for one in ordered] == ["c", "b", "a"]


def test_pace_of_a_cue_counts_each_level_at_its_own() -> None:
    levels = {GRAND.id: GRAND, LOW.id: replace(LOW, pace_s=10)}
    known = [award("a", 1), award("b", 2), award("c", 3, level_id=LOW.id), award("d")]

    (load,) = loads(known, levels).values()
    assert load == Load(paces=((2, 28), (1, 10)))
    assert (load.count, load.seconds) == (3, 66)


@given(st.lists(st.integers(min_value=0, max_value=10**6), unique=True))
def test_numbers_sort_as_people_count(numbers: list[int]) -> None:
    assert sorted((f"A-{n}" for n in numbers), key=natural) == [f"A-{n}" for n in sorted(numbers)]


@given(st.permutations(["a", "b", "c", "d"]), st.sampled_from(["a", "b", "c", "d"]))
def test_any_order_counts_from_one_and_removal_leaves_no_gap(order: list[str], gone: str) -> None:
    known = prepared(*(award(name, n) for n, name in enumerate("abcd", start=1)))

    ordered = call_in_order(known, "round-1", order)
    assert called(ordered) == [(name, n) for n, name in enumerate(order, start=1)]
    left = [name for name in order if name != gone]
    assert called(remove_awards(ordered, [gone])) == [(name, n) for n, name in enumerate(left, start=1)]


def test_level_that_states_no_certificate_carries_its_programmes_or_else_its_own_label() -> None:
    label, own = Text(ko="금상"), Text(ko="장관상")
    with_honour = replace(prepared(), programmes=(replace(CASES, honour=own),))
    assert with_honour.usual_honour(CASES.id, label) == own
    assert with_honour.usual_honour(None, label) == label
    assert prepared().usual_honour(CASES.id, label) == label
