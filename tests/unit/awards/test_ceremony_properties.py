"""What holds after any sequence of commands, no matter who gives them."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from conference_hub.agenda.model import CueId, LaneId
from conference_hub.awards.ceremony import (
    Change,
    arm,
    correct,
    defer,
    done,
    mark_absent,
    name_proxy,
    photo,
    present,
    reveal,
    skip,
    take_back,
    withdraw,
)
from conference_hub.awards.documents import documents_of
from conference_hub.awards.levels import Level, LevelId, Prize, RevealStyle
from conference_hub.awards.model import Award, AwardId, AwardKind, AwardState, Ceremony, Wording
from conference_hub.core.errors import Refused
from conference_hub.core.stream import Stream
from conference_hub.core.text import Text

AT = datetime(2021, 12, 2, 0, 30, tzinfo=UTC)
LEVEL = Level(
    id=LevelId("grand"),
    rank=1,
    label=Text(ko="대상", en="Grand Prize"),
    honour=Text(ko="장관상", en="Minister's Award"),
    prize=Prize.won(2_000_000),
    reveal_style=RevealStyle.INDIVIDUAL,
)
NAMES = ("석용주", "서미영", "윤지수", "하연희", "권영혜", "최인숙")
OFFICES = (
    "천안고용센터",
    "예산고용센터",
    "㈜한국커리어잡스",
    "㈜대진대사무소",
    "부산북부고용센터",
    "구미고용센터",
)
LANES = (LaneId("hall"), LaneId("metaverse"))

Awards = dict[AwardId, Award]
Step = tuple[int, str]

PLAIN = {f.__name__: f for f in (present, photo, done, skip, take_back)}
ACCIDENTS: dict[str, Callable[[Award, Awards], Change]] = {
    "defer": lambda award, awards: defer(award, awards.values(), places=award.call_order % 3 + 1),
    "absent": lambda award, _: mark_absent(award, absent=not award.absent),
    "withdraw": lambda award, _: withdraw(award, "사유"),
    "proxy": lambda award, _: name_proxy(award, "" if award.representative else "대리인"),
}
VERBS = (
    "arm",
    "reveal",
    "present",
    "photo",
    "done",
    "defer",
    "absent",
    "proxy",
    "skip",
    "take_back",
    "withdraw",
    "correct",
)
STEPS = st.lists(st.tuples(st.integers(0, len(NAMES) - 1), st.sampled_from(VERBS)), max_size=40)


def beginning() -> Awards:
    """Six sealed awards, three in each of two lanes."""
    awards = (
        Award(
            id=AwardId(f"case-{index}"),
            level_id=LEVEL.id,
            lane_id=LANES[index % 2],
            cue_id=CueId("round"),
            call_order=index,
            kind=AwardKind.INDIVIDUAL,
            recipient=name,
            organisation=OFFICES[index],
            guest_id=f"guest-{index}",
            profile=f"{index}0대",
        )
        for index, name in enumerate(NAMES)
    )
    return {award.id: award for award in awards}


def decide(awards: Awards, award: Award, verb: str, now: datetime) -> Change:
    """Give one command."""
    match verb:
        case "arm":
            return arm(award, awards.values())
        case "reveal":
            return reveal(award, now)
        case "correct":
            return correct(award, Wording(profile="고침"))
        case _:
            return ACCIDENTS[verb](award, awards) if verb in ACCIDENTS else PLAIN[verb](award)


def play(steps: list[Step]) -> list[Awards]:
    """Give all commands, refused or not; return the awards after each."""
    awards = beginning()
    history = [awards]
    for count, (index, verb) in enumerate(steps):
        with suppress(Refused):
            change = decide(awards, awards[AwardId(f"case-{index}")], verb, AT + timedelta(seconds=count))
            awards = awards | {award.id: award for award in change.awards}
        history.append(awards)
    return history


@given(STEPS)
def test_at_most_one_award_is_armed_in_a_lane(steps: list[Step]) -> None:
    for awards in play(steps):
        armed = [award.lane_id for award in awards.values() if award.state is AwardState.ARMED]
        assert len(armed) == len(set(armed))


@given(STEPS)
def test_public_and_staff_see_exactly_the_revealed_names(steps: list[Step]) -> None:
    for awards in play(steps):
        everyone = awards.values()
        ceremony = Ceremony(levels={LEVEL.id: LEVEL}, awards=awards, rounds={})
        shown = documents_of([Stream.PUBLIC, Stream.STAFF], ceremony, awards)
        public = {key: document for key, document in shown[Stream.PUBLIC].items() if document is not None}
        assert set(public) == {"ceremony"} | {f"award/{a.id}" for a in everyone if a.revealed_at is not None}
        said = json.dumps([shown.get(Stream.STAFF), public], ensure_ascii=False)
        for award in everyone:
            assert (str(award.recipient) in said) == (award.revealed_at is not None)
            assert (str(award.organisation) in said) == (award.revealed_at is not None)
            assert str(award.guest_id) not in said
            assert "대리인" not in said
            assert "사유" not in said


@given(STEPS)
def test_places_in_a_round_are_never_lost_and_a_called_award_keeps_its_own(steps: list[Step]) -> None:
    for before, after in pairwise(play(steps)):
        assert sorted(one.call_order for one in after.values()) == list(range(len(NAMES)))
        for award in before.values():
            if award.state.is_public:
                assert after[award.id].call_order == award.call_order


@given(STEPS)
def test_no_name_becomes_public_unless_its_award_was_armed_just_before(steps: list[Step]) -> None:
    history = play(steps)
    for before, after in pairwise(history):
        for award in after.values():
            if award.state.is_public and not before[award.id].state.is_public:
                assert before[award.id].state is AwardState.ARMED


@given(STEPS, st.integers(0, len(NAMES) - 1))
def test_an_award_taken_back_and_revealed_again_is_as_if_revealed_once(steps: list[Step], index: int) -> None:
    awards = play([*steps, (index, "take_back")])[-1]
    sealed = awards[AwardId(f"case-{index}")]
    once = reveal(arm(sealed, awards.values()).award, AT).award
    again = reveal(arm(take_back(once).award, awards.values()).award, AT).award
    assert take_back(once).award == sealed
    assert again == once
