"""Who may register, who gets a place, and who moves up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference_hub.core.errors import Invalid, Refused
from conference_hub.people.model import Mode
from conference_hub.registration import admission
from conference_hub.registration.model import (
    Invitation,
    InvitationId,
    Opening,
    Person,
    Registration,
    RegistrationId,
    Settings,
    Standing,
)

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
ENDS = AT + timedelta(days=30)
OPEN = Settings(opening=Opening.OPEN, capacity={Mode.ONSITE: 2, Mode.ONLINE: None})
INVITED = replace(OPEN, opening=Opening.INVITED)
INVITATION = Invitation(
    id=InvitationId("i"), code="code", title="홍", address=None, most=None, created_at=AT, by="김"
)


def registration(name: str, mode: Mode = Mode.ONSITE, standing: Standing = Standing.WAITING) -> Registration:
    person = Person(name=name, address=f"{name}@example.com", organisation=None, mode=mode, language="ko")
    return Registration(
        id=RegistrationId(name),
        person=person,
        state=standing,
        answers={},
        created_at=AT,
        queued_at=AT,
        notice_version=0,
    )


@pytest.mark.parametrize(
    ("settings", "at", "gate"),
    [
        (OPEN, AT, "open"),
        (INVITED, AT, "invited"),
        (replace(OPEN, opening=Opening.CLOSED), AT, "closed"),
        (replace(OPEN, opens_at=AT), AT, "open"),
        (replace(OPEN, opens_at=AT + timedelta(seconds=1)), AT, "early"),
        (replace(OPEN, closes_at=AT), AT, "late"),
        (replace(OPEN, closes_at=AT + timedelta(seconds=1)), AT, "open"),
        (OPEN, ENDS, "late"),
        (replace(OPEN, closes_at=ENDS + timedelta(days=1)), ENDS, "late"),
    ],
)
def test_one_may_register_in_the_time_that_is_set(settings: Settings, at: datetime, gate: str) -> None:
    assert admission.gate(settings, at, ENDS) == gate
    if gate in {"open", "invited"}:
        admission.check_gate(settings, at, ENDS)
    else:
        with pytest.raises(Refused) as refusal:
            admission.check_gate(settings, at, ENDS)
        assert refusal.value.code == "registration_closed"


@pytest.mark.parametrize(
    ("settings", "invitation", "used", "counts"),
    [
        (OPEN, None, 0, True),
        (INVITED, None, 0, False),
        (INVITED, INVITATION, 999, True),
        (INVITED, replace(INVITATION, most=2), 1, True),
        (INVITED, replace(INVITATION, most=2), 2, False),
        (INVITED, replace(INVITATION, revoked_at=AT), 0, False),
        (INVITED, replace(INVITATION, address="Hong@Example.com"), 0, True),
        (INVITED, replace(INVITATION, address="kim@example.com"), 0, False),
    ],
)
def test_an_invitation_counts_for_whom_it_was_made(
    settings: Settings, invitation: Invitation | None, used: int, *, counts: bool
) -> None:
    if counts:
        admission.check_invitation(settings, invitation, used, " hong@example.com")
    else:
        with pytest.raises(Invalid) as refusal:
            admission.check_invitation(settings, invitation, used, " hong@example.com")
        assert refusal.value.detail == {"field": "invitation"}


@pytest.mark.parametrize(
    ("taken", "mode", "left"),
    [
        ({}, Mode.ONSITE, 2),
        ({Mode.ONSITE: 1, Mode.ONLINE: 9}, Mode.ONSITE, 1),
        ({Mode.ONSITE: 3}, Mode.ONSITE, 0),
        ({Mode.ONLINE: 900}, Mode.ONLINE, None),
        ({}, Mode.ZOOM, 0),
    ],
)
def test_places_are_counted_for_each_mode(taken: dict[Mode, int], mode: Mode, left: int | None) -> None:
    assert admission.left(OPEN, taken, mode) == left


def test_a_full_mode_is_refused_without_a_waiting_list() -> None:
    full = {Mode.ONSITE: 2}
    admission.check_mode(OPEN, full, Mode.ONSITE)

    with pytest.raises(Invalid) as refusal:
        admission.check_mode(replace(OPEN, waiting_list=False), full, Mode.ONSITE)
    assert (refusal.value.code, refusal.value.detail) == ("full", {"field": "mode"})


@pytest.mark.parametrize(
    ("settings", "taken", "queue", "standing"),
    [
        (OPEN, 0, 0, Standing.ACCEPTED),
        (OPEN, 1, 1, Standing.WAITING),
        (OPEN, 2, 0, Standing.WAITING),
        (replace(OPEN, approval=True), 0, 0, Standing.PENDING),
    ],
)
def test_nobody_overtakes_the_waiting_list(
    settings: Settings, taken: int, queue: int, standing: Standing
) -> None:
    assert admission.first_state(settings, {Mode.ONSITE: taken}, Mode.ONSITE, queue=queue) is standing


@given(
    st.integers(0, 6),
    st.integers(0, 6),
    st.lists(st.sampled_from([Mode.ONSITE, Mode.ONLINE]), max_size=12),
)
def test_places_go_to_those_who_wait_longest_and_to_no_more(
    capacity: int, taken: int, modes: list[Mode]
) -> None:
    settings = replace(OPEN, capacity={Mode.ONSITE: capacity, Mode.ONLINE: None})
    waiting = [registration(str(number), mode) for number, mode in enumerate(modes)]

    up = admission.moving_up(settings, {Mode.ONSITE: taken}, waiting)

    on_site = [one for one in waiting if one.person.mode is Mode.ONSITE]
    assert [one for one in up if one.person.mode is Mode.ONSITE] == on_site[: max(capacity - taken, 0)]
    assert [one for one in up if one.person.mode is Mode.ONLINE] == [
        one for one in waiting if one.person.mode is Mode.ONLINE
    ]


MAY = {
    Standing.PENDING: {Standing.ACCEPTED, Standing.WAITING, Standing.DECLINED, Standing.CANCELLED},
    Standing.WAITING: {Standing.ACCEPTED, Standing.DECLINED, Standing.CANCELLED},
    Standing.ACCEPTED: {Standing.WAITING, Standing.DECLINED, Standing.CANCELLED},
    Standing.DECLINED: {Standing.ACCEPTED},
    Standing.CANCELLED: {Standing.ACCEPTED},
    Standing.LAPSED: {Standing.ACCEPTED},
}


@pytest.mark.parametrize("before", Standing)
@pytest.mark.parametrize("after", Standing)
def test_a_registration_moves_only_where_it_may(before: Standing, after: Standing) -> None:
    one = registration("홍", standing=before)

    if after in MAY[before]:
        assert admission.decide(one, after) == replace(one, state=after, revision=2)
    else:
        with pytest.raises(Refused) as refusal:
            admission.decide(one, after)
        assert refusal.value.code == "not_possible"
