"""The rules of a group, from literal states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference_hub.agenda.model import CueId, LaneId
from conference_hub.awards import group as groups
from conference_hub.awards.group import Group
from conference_hub.awards.levels import LevelId
from conference_hub.awards.model import Award, AwardId, AwardKind, AwardState
from conference_hub.core.errors import Refused

AT = datetime(2021, 12, 2, 0, 35, tzinfo=UTC)
PACE_S = 10
A, B, C = AwardId("a"), AwardId("b"), AwardId("c")


def award(name: AwardId, order: int, state: AwardState = AwardState.SEALED, level: str = "grand") -> Award:
    return Award(
        id=name,
        level_id=LevelId(level),
        lane_id=LaneId("hall"),
        cue_id=CueId("round-1"),
        call_order=order,
        kind=AwardKind.INDIVIDUAL,
        recipient=f"이름 {name}",
        organisation=None,
        guest_id=None,
        profile=None,
        state=state,
        revealed_at=AT if state.is_public else None,
    )


THREE = {name: award(name, order) for order, name in enumerate((A, B, C), start=1)}


def begun(pace_s: int | None = PACE_S) -> Group:
    return groups.begin([THREE[C], THREE[A], THREE[B]], pace_s, AT, AT)


def after(name: AwardId, awards: Mapping[AwardId, Award], seconds: int = 0) -> dict[AwardId, Award]:
    at = AT + timedelta(seconds=seconds)
    return {**awards, name: replace(awards[name], state=AwardState.REVEALED, revealed_at=at)}


def test_group_stands_in_calling_order_and_begins_after_one_pace() -> None:
    assert begun() == Group(
        lane_id=LaneId("hall"),
        cue_id=CueId("round-1"),
        awards=(A, B, C),
        index=0,
        pace_s=PACE_S,
        next_at=AT + timedelta(seconds=PACE_S),
        paused=False,
        began_at=AT,
    )
    assert begun(None).next_at is None


@pytest.mark.parametrize(
    ("odd", "code"),
    [
        (award(B, 2, level="other"), "group_mixed"),
        (replace(award(B, 2), cue_id=CueId("round-2")), "group_mixed"),
        (award(B, 2, AwardState.DONE), "already_revealed"),
        (award(B, 2, AwardState.SKIPPED), "already_skipped"),
    ],
)
def test_group_of_what_does_not_belong_together_or_was_called_is_refused(odd: Award, code: str) -> None:
    with pytest.raises(Refused) as refused:
        groups.begin([THREE[A], odd], PACE_S, AT, AT)

    assert refused.value.code == code


def test_name_moves_the_group_on_and_the_last_one_ends_its_pace() -> None:
    group, awards = begun(), dict(THREE)
    seen = []
    for seconds, name in ((10, A), (20, B), (30, C)):
        awards = after(name, awards, seconds)
        group = groups.named(group, name, awards, AT + timedelta(seconds=seconds))
        seen.append((group.index, group.next_at, groups.current(group, awards)))

    at = partial(timedelta, seconds=1)
    assert [(index, due) for index, due, _ in seen] == [(1, AT + 20 * at()), (2, AT + 30 * at()), (3, None)]
    assert [one.id for _, _, one in seen if one] == [A, B, C]
    assert groups.next_name(group, awards) is None


def test_name_that_was_taken_back_waits_for_a_key() -> None:
    out = after(A, THREE)
    running = groups.named(begun(), A, out, AT)
    paused = groups.followed(running, out, THREE)

    resumed = groups.resumed(paused, THREE, AT)

    assert (paused.paused, paused.next_at, paused.index) == (True, None, 1)
    assert groups.next_name(paused, THREE) == THREE[A]
    assert (groups.due_name(resumed, THREE), groups.next_name(resumed, THREE)) == (THREE[B], THREE[B])


@pytest.mark.parametrize(
    ("changed", "kept"),
    [
        (replace(THREE[B], recipient="다른 이름"), (A, B, C)),
        (replace(THREE[B], state=AwardState.SKIPPED), (A, B, C)),
        (replace(THREE[B], state=AwardState.ARMED), (A, B, C)),
        (replace(THREE[B], state=AwardState.REVEALED, revealed_at=AT), (A, B, C)),
        (replace(THREE[B], state=AwardState.WITHDRAWN), (A, C)),
        (replace(THREE[B], cue_id=CueId("round-2")), (A, C)),
    ],
)
def test_group_pauses_when_somebody_touches_one_of_its_names(
    changed: Award, kept: tuple[AwardId, ...]
) -> None:
    group = groups.followed(begun(), THREE, {**THREE, B: changed})

    assert (group.paused, group.next_at, group.awards) == (True, None, kept)


@pytest.mark.parametrize(
    "changed",
    [replace(THREE[B], absent=True), replace(THREE[B], profile=None), replace(THREE[B], number="9")],
)
def test_group_goes_on_beside_what_does_not_concern_it(changed: Award) -> None:
    assert groups.followed(begun(), THREE, {**THREE, B: changed}) == begun()


def test_group_by_key_never_pauses() -> None:
    assert groups.paused(begun(None)) == begun(None)


def test_late_is_more_than_one_pace() -> None:
    due = AT + timedelta(seconds=PACE_S)
    late = [groups.is_late(begun(), due + timedelta(seconds=s)) for s in (0, PACE_S, PACE_S + 1)]

    assert (late, groups.is_late(begun(None), due)) == ([False, False, True], False)


def test_going_back_takes_what_came_after_too_the_last_first() -> None:
    awards = after(C, after(B, after(A, THREE, 10), 20), 30)

    assert [one.id for one in groups.since(begun(), awards, awards[B])] == [C, B]


@given(st.lists(st.sampled_from(("name", "back", "skip", "pause", "resume")), max_size=25))
def test_every_name_comes_at_most_once_and_none_by_itself_after_it_went_back(steps: list[str]) -> None:
    group, awards = begun(), dict(THREE)
    for number, step in enumerate(steps, start=1):
        now = AT + timedelta(seconds=number)
        due = groups.due_name(group, awards) if group.next_at else None
        last = groups.current(group, awards)
        if step == "name" and due:
            awards = after(due.id, awards, number)
            group = groups.named(group, due.id, awards, now)
        elif step == "back" and last:
            sealed = replace(last, state=AwardState.SEALED, revealed_at=None)
            then, awards = awards, {**awards, last.id: sealed}
            group = groups.followed(group, then, awards)
            assert group.next_at is None
            assert groups.due_name(group, awards) != sealed
        elif step == "skip" and group.awards:
            group = groups.without(group, group.awards[0])
        elif step == "pause":
            group = groups.paused(group)
        elif step == "resume":
            group = groups.resumed(group, awards, now)
        assert 0 <= group.index <= len(group.awards)
