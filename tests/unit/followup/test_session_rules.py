"""What may happen to a session and to a sign-up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from conference_hub.core.errors import Invalid, Refused
from conference_hub.followup.model import (
    Places,
    SessionId,
    SessionStatus,
    SignUp,
    cancel,
    refuse_if_over,
    reschedule,
    sign_up,
)
from conference_hub.people.model import GuestId
from tests.judges.calendar_samples import CANCELLED, SCHEDULED

KIM = GuestId("guest-001")
LEE = GuestId("guest-002")
PARK = GuestId("guest-003")
BEFORE = datetime(2021, 12, 3, 0, 0, tzinfo=UTC)
LAST_MOMENT = datetime(2021, 12, 6, 5, 59, 59, 999_999, tzinfo=UTC)
END = datetime(2021, 12, 6, 6, 0, tzinfo=UTC)


def held(guest_id: GuestId) -> SignUp:
    return SignUp(session_id=SessionId("session-1"), guest_id=guest_id, at=BEFORE)


def places(*guest_ids: GuestId) -> Places:
    """The places of a session for which these guests signed up, as KIM finds them."""
    return Places(
        taken=len(guest_ids),
        last_at=BEFORE if guest_ids else None,
        own=held(KIM) if KIM in guest_ids else None,
    )


def test_signing_up_takes_a_place_now() -> None:
    assert sign_up(SCHEDULED, places(LEE), KIM, LAST_MOMENT) == SignUp(
        session_id=SessionId("session-1"), guest_id=KIM, at=LAST_MOMENT
    )


def test_signing_up_twice_returns_the_first_sign_up() -> None:
    assert sign_up(SCHEDULED, places(LEE, KIM), KIM, LAST_MOMENT) == held(KIM)


def test_a_full_session_refuses_the_next_guest() -> None:
    with pytest.raises(Refused) as refused:
        sign_up(SCHEDULED, places(LEE, PARK), KIM, BEFORE)
    assert (refused.value.code, refused.value.detail) == ("full", {"capacity": 2})
    assert str(refused.value) == "정원 2명이 모두 찼습니다."


def test_a_session_without_capacity_is_never_full() -> None:
    unbounded = replace(SCHEDULED, capacity=None)
    assert sign_up(unbounded, places(LEE, PARK), KIM, LAST_MOMENT).at == LAST_MOMENT


def test_a_session_for_nobody_is_full_at_once() -> None:
    with pytest.raises(Refused) as refused:
        sign_up(replace(SCHEDULED, capacity=0), places(), KIM, BEFORE)
    assert refused.value.code == "full"


def test_a_session_refuses_from_the_moment_it_ends() -> None:
    with pytest.raises(Refused) as refused:
        sign_up(SCHEDULED, places(), KIM, END)
    assert refused.value.code == "already_over"


def test_a_cancelled_session_refuses_sign_ups() -> None:
    with pytest.raises(Refused) as refused:
        sign_up(CANCELLED, places(), KIM, BEFORE)
    assert refused.value.code == "cancelled"


def test_withdrawing_is_refused_when_the_session_is_over() -> None:
    with pytest.raises(Refused) as refused:
        refuse_if_over(SCHEDULED, END)
    assert refused.value.code == "already_over"
    refuse_if_over(SCHEDULED, LAST_MOMENT)


def test_rescheduling_makes_a_newer_version_of_the_same_event() -> None:
    starts_at = datetime(2021, 12, 8, 1, 0, tzinfo=UTC)
    moved = reschedule(SCHEDULED, starts_at, starts_at + timedelta(hours=1), BEFORE)
    assert moved == replace(
        SCHEDULED,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        moved_from=SCHEDULED.starts_at,
        sequence=1,
        changed_at=BEFORE,
    )
    assert moved.uid == SCHEDULED.uid


def test_moved_session_remembers_the_start_that_people_knew_last() -> None:
    hour, day = timedelta(hours=1), timedelta(days=1)
    start = SCHEDULED.starts_at
    draft = replace(SCHEDULED, status=SessionStatus.DRAFT)

    moved = reschedule(SCHEDULED, start + day, start + day + hour, BEFORE)
    longer = reschedule(moved, start + day, start + day + 2 * hour, BEFORE)
    back = reschedule(longer, start, start + hour, BEFORE)

    assert [one.moved_from for one in (moved, longer, back)] == [start, start, None]
    assert reschedule(draft, start + day, start + day + hour, BEFORE).moved_from is None


def test_rescheduling_to_the_same_time_changes_nothing() -> None:
    assert reschedule(SCHEDULED, SCHEDULED.starts_at, SCHEDULED.ends_at, BEFORE) == SCHEDULED


@pytest.mark.parametrize("length", [timedelta(0), timedelta(minutes=-1)])
def test_rescheduling_refuses_an_end_that_is_not_after_the_start(length: timedelta) -> None:
    with pytest.raises(Invalid) as invalid:
        reschedule(SCHEDULED, BEFORE, BEFORE + length, BEFORE)
    assert invalid.value.detail == {"field": "ends_at"}


def test_rescheduling_refuses_a_cancelled_session() -> None:
    with pytest.raises(Refused) as refused:
        reschedule(CANCELLED, BEFORE, BEFORE + timedelta(hours=1), BEFORE)
    assert refused.value.code == "cancelled"


def test_cancelling_makes_a_newer_version_of_the_same_event() -> None:
    assert cancel(SCHEDULED, BEFORE) == replace(
        SCHEDULED, status=SessionStatus.CANCELLED, sequence=1, changed_at=BEFORE
    )


def test_cancelling_twice_changes_nothing_more() -> None:
    assert cancel(CANCELLED, BEFORE) == CANCELLED


@pytest.mark.parametrize("now", [BEFORE, BEFORE - timedelta(minutes=1)])
def test_who_comes_at_the_same_instant_or_after_the_clock_was_set_back_is_last(now: datetime) -> None:
    unbounded = replace(SCHEDULED, capacity=None)
    place = sign_up(unbounded, places(LEE, PARK), KIM, now)
    assert place.at == BEFORE + timedelta(microseconds=1)
