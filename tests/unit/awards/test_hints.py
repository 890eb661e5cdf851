"""What seats and numbers of recipients say before the reveal, from literal awards and guests."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from conference_hub.agenda.model import CueId, LaneId
from conference_hub.awards.hints import Hints, hints_of
from conference_hub.awards.levels import Level, LevelId, RevealStyle
from conference_hub.awards.model import Award, AwardId, AwardKind, AwardState
from conference_hub.core.text import Text
from conference_hub.people.model import Guest, GuestId, Mode

ROUND = CueId("round")
AT = datetime(2021, 12, 2, 0, 35, tzinfo=UTC)
TEXT = Text.of("상")
LEVELS = {
    LevelId(str(rank)): Level(
        id=LevelId(str(rank)),
        rank=rank,
        label=TEXT,
        honour=TEXT,
        prize=None,
        reveal_style=RevealStyle.INDIVIDUAL,
    )
    for rank in (1, 2)
}


def award(order: int, rank: int = 1, state: AwardState = AwardState.SEALED) -> Award:
    return Award(
        id=AwardId(f"award-{order}"),
        level_id=LevelId(str(rank)),
        lane_id=LaneId("hall"),
        cue_id=ROUND,
        call_order=order,
        kind=AwardKind.INDIVIDUAL,
        recipient="이름",
        organisation=None,
        guest_id=f"guest-{order}",
        profile=None,
        state=state,
        revealed_at=AT if state.is_public else None,
    )


def hints(
    awards: list[Award], *, seats: list[str | None] | None = None, numbers: list[str] | None = None
) -> Hints:
    """Return what the guests of the awards say; the n-th one has the n-th seat and number."""
    guests = {
        one.guest_id or "": Guest(
            id=GuestId(one.guest_id or ""),
            name="이름",
            label=None,
            organisation=None,
            group=None,
            mode=Mode.ONSITE,
            seat=seats[place] if seats else None,
            number=numbers[place] if numbers else "",
        )
        for place, one in enumerate(awards)
    }
    return hints_of(awards, LEVELS, guests)


FOUR = [award(order) for order in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    "seats", [["A-1", "A-2", "A-9", "A-10"], ["B-2", "B-1", "A-2", "A-1"]], ids=["up", "down"]
)
def test_seats_in_calling_order_are_told(seats: list[str | None]) -> None:
    assert hints(FOUR, seats=seats) == Hints(seats=(ROUND,))


def test_numbers_in_order_of_rank_are_told_whoever_is_called_first() -> None:
    awards = [award(3, 1), award(1, 1), award(4, 2), award(2, 2)]

    assert hints(awards, numbers=["1", "2", "3", "4"]) == Hints(numbers=(ROUND,))


@pytest.mark.parametrize(
    ("awards", "seats"),
    [
        (FOUR, ["A-2", "A-1", "A-4", "A-3"]),
        (FOUR, [None, None, None, None]),
        (FOUR, ["A-1", "A-2", "A-3", None]),
        (FOUR[:3], ["A-1", "A-2", "A-3"]),
        ([award(order, state=AwardState.DONE) for order in (1, 2, 3, 4)], ["A-1", "A-2", "A-3", "A-4"]),
    ],
    ids=["mixed", "nobody sits", "too few sit", "too few", "revealed"],
)
def test_what_says_nothing_is_not_told(awards: list[Award], seats: list[str | None]) -> None:
    assert hints(awards, seats=seats) == Hints()


def test_awards_without_a_guest_say_nothing() -> None:
    assert hints_of(FOUR, LEVELS, {}) == Hints()
