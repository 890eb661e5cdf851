"""What a gate answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference_hub.checkin.model import Badge, Direction, Moment, Place, Presence
from conference_hub.checkin.verdict import (
    Admitted,
    AlreadyInside,
    Doors,
    Known,
    Left,
    NotInside,
    Revoked,
    UnknownBadge,
    WrongDay,
    code,
    judge,
    may_force,
    may_undo,
)
from conference_hub.gates.model import GateId
from conference_hub.people.model import GuestId

OPENS = datetime(2021, 12, 1, 21, 20, tzinfo=UTC)
CLOSES = datetime(2021, 12, 2, 4, 40, tzinfo=UTC)
DOORS = Doors(opens_at=OPENS, closes_at=CLOSES)
NOON = datetime(2021, 12, 2, 0, 10, tzinfo=UTC)
GUEST = GuestId("guest-001")
FIRST = Moment(at=datetime(2021, 12, 2, 0, 1, tzinfo=UTC), gate_id=GateId("main"))
BADGE = Badge(token="A" * 26, guest_id=GUEST, issued_at=OPENS - timedelta(days=7))


def somebody(place: Place | None = None, *, came: bool = True, revoked_at: datetime | None = None) -> Known:
    badge = Badge(token="A" * 26, guest_id=GUEST, issued_at=BADGE.issued_at, revoked_at=revoked_at)
    presence = Presence(guest_id=GUEST, place=place, since=FIRST.at, first=FIRST) if came else None
    return Known(guest_id=GUEST, badge=badge, presence=presence)


def test_an_expected_guest_is_admitted() -> None:
    known = somebody(came=False)

    assert judge(known, DOORS, NOON, Direction.IN, force=False) == Admitted(guest_id=GUEST, first=None)


def test_somebody_inside_is_told_when_and_where_they_came_in() -> None:
    known = somebody(Place.HALL)

    assert judge(known, DOORS, NOON, Direction.IN, force=False) == AlreadyInside(guest_id=GUEST, first=FIRST)


def test_somebody_who_left_is_admitted_again_with_their_first_admission() -> None:
    assert judge(somebody(), DOORS, NOON, Direction.IN, force=False) == Admitted(guest_id=GUEST, first=FIRST)


def test_somebody_who_joined_remotely_is_admitted_at_the_gate() -> None:
    known = somebody(Place.REMOTE)

    assert judge(known, DOORS, NOON, Direction.IN, force=False) == Admitted(guest_id=GUEST, first=FIRST)


def test_staff_admit_somebody_inside_again() -> None:
    known = somebody(Place.HALL)

    assert judge(known, DOORS, NOON, Direction.IN, force=True) == Admitted(
        guest_id=GUEST, first=FIRST, forced=True
    )


def test_force_without_a_refusal_is_not_recorded_as_forced() -> None:
    known = somebody(came=False)

    assert judge(known, DOORS, NOON, Direction.IN, force=True) == Admitted(guest_id=GUEST, first=None)


@pytest.mark.parametrize(
    ("at", "verdict"),
    [
        (OPENS - timedelta(seconds=1), WrongDay(guest_id=GUEST, doors=DOORS)),
        (OPENS, Admitted(guest_id=GUEST, first=None)),
        (CLOSES, Admitted(guest_id=GUEST, first=None)),
        (CLOSES + timedelta(seconds=1), WrongDay(guest_id=GUEST, doors=DOORS)),
    ],
)
def test_the_doors_open_and_close_on_the_second(at: datetime, verdict: Admitted | WrongDay) -> None:
    assert judge(somebody(came=False), DOORS, at, Direction.IN, force=False) == verdict


def test_staff_admit_on_a_wrong_day() -> None:
    known = somebody(came=False)

    assert judge(known, DOORS, CLOSES + timedelta(days=1), Direction.IN, force=True) == Admitted(
        guest_id=GUEST, first=None, forced=True
    )


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("force", [False, True])
def test_revoked_badge_is_refused_even_with_force(direction: Direction, force: bool) -> None:  # noqa: FBT001
    known = somebody(Place.HALL, revoked_at=OPENS)

    assert judge(known, DOORS, NOON, direction, force=force) == Revoked(guest_id=GUEST, revoked_at=OPENS)


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("force", [False, True])
def test_unknown_badge_is_refused_even_with_force(direction: Direction, force: bool) -> None:  # noqa: FBT001
    assert judge(None, DOORS, NOON, direction, force=force) == UnknownBadge()


def test_somebody_inside_leaves_even_after_closing() -> None:
    later = CLOSES + timedelta(hours=1)

    assert judge(somebody(Place.HALL), DOORS, later, Direction.OUT, force=False) == Left(
        guest_id=GUEST, first=FIRST
    )


@pytest.mark.parametrize("known", [somebody(came=False), somebody(), somebody(Place.REMOTE)])
def test_who_is_not_in_the_hall_cannot_leave_it(known: Known) -> None:
    assert judge(known, DOORS, NOON, Direction.OUT, force=True) == NotInside(guest_id=GUEST)


@given(
    known=st.one_of(
        st.none(),
        st.builds(
            somebody,
            st.one_of(st.none(), st.sampled_from(Place)),
            came=st.booleans(),
            revoked_at=st.one_of(st.none(), st.just(OPENS)),
        ),
    ),
    minutes=st.integers(-1000, 1000),
    direction=st.sampled_from(Direction),
    force=st.booleans(),
)
def test_every_situation_has_one_answer_and_force_only_ever_admits(
    known: Known | None,
    minutes: int,
    direction: Direction,
    force: bool,  # noqa: FBT001
) -> None:
    at = NOON + timedelta(minutes=minutes)

    verdict = judge(known, DOORS, at, direction, force=force)
    plain = judge(known, DOORS, at, direction, force=False)

    assert code(verdict) in {code(plain), "admitted"}
    assert may_undo(verdict) == (code(verdict) == "admitted")
    assert not (isinstance(verdict, Admitted) and verdict.forced) or code(plain) != "admitted"


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("at", [NOON, CLOSES + timedelta(minutes=1)])
@pytest.mark.parametrize(
    "known", [None, *(somebody(place) for place in (None, *Place)), somebody(revoked_at=OPENS)]
)
def test_a_refusal_may_be_forced_exactly_when_force_would_admit(
    known: Known | None, at: datetime, direction: Direction
) -> None:
    plain = judge(known, DOORS, at, direction, force=False)
    forced = judge(known, DOORS, at, direction, force=True)

    assert may_force(plain) == (isinstance(forced, Admitted) and forced.forced)
