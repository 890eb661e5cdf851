"""When reminders of a session may be written, and for whom they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference_hub.followup.model import SessionStatus
from conference_hub.followup.reminders import Lead, ReminderSetup, Round, is_for, may_begin, still_true
from conference_hub.people.mail_choices import MailChoices
from tests.judges.calendar_samples import SCHEDULED

STARTS = datetime(2026, 12, 7, 5, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
ONLINE = replace(
    SCHEDULED,
    starts_at=STARTS,
    ends_at=STARTS + HOUR,
    changed_at=STARTS - 10 * DAY,
    status=SessionStatus.SCHEDULED,
)
BOTH = ReminderSetup()


@pytest.mark.parametrize(
    ("lead", "before", "expected"),
    [
        (Lead.DAY, DAY + MINUTE, False),
        (Lead.DAY, DAY, True),
        (Lead.DAY, 23 * HOUR, True),
        (Lead.DAY, 22 * HOUR, False),
        (Lead.DAY, timedelta(0), False),
        (Lead.SOON, 11 * MINUTE, False),
        (Lead.SOON, 10 * MINUTE, True),
        (Lead.SOON, MINUTE, True),
        (Lead.SOON, -MINUTE, False),
    ],
)
def test_reminders_begin_when_they_are_due_and_not_after_the_start(
    lead: Lead,
    before: timedelta,
    expected: bool,  # noqa: FBT001
) -> None:
    assert may_begin(ONLINE, lead, BOTH, STARTS - before) == expected


def test_a_move_that_leaves_the_day_before_behind_brings_no_reminder_of_it() -> None:
    moved = replace(ONLINE, changed_at=STARTS - 23 * HOUR - MINUTE)

    assert not may_begin(moved, Lead.DAY, BOTH, STARTS - 23 * HOUR)
    assert may_begin(moved, Lead.SOON, BOTH, STARTS - 9 * MINUTE)


@pytest.mark.parametrize("status", [SessionStatus.DRAFT, SessionStatus.CANCELLED])
def test_what_does_not_take_place_is_not_reminded_of(status: SessionStatus) -> None:
    assert not may_begin(replace(ONLINE, status=status), Lead.DAY, BOTH, STARTS - 23 * HOUR)


def test_a_conference_sends_the_reminders_that_it_chose() -> None:
    only_soon = ReminderSetup(day_ahead=False)

    assert [may_begin(ONLINE, lead, only_soon, STARTS - MINUTE) for lead in Lead] == [False, True]


def test_who_signed_up_after_a_reminder_was_due_does_not_get_it() -> None:
    five_minutes_ahead = STARTS - 5 * MINUTE

    assert [is_for(five_minutes_ahead, lead, STARTS) for lead in Lead] == [False, False]
    assert [is_for(STARTS - HOUR, lead, STARTS) for lead in Lead] == [False, True]
    assert [is_for(STARTS - 2 * DAY, lead, STARTS) for lead in Lead] == [True, True]


def test_each_of_the_two_is_wanted_by_itself() -> None:
    assert [lead.wanted(MailChoices(day_ahead=False)) for lead in Lead] == [False, True]
    assert [lead.wanted(MailChoices(shortly=False)) for lead in Lead] == [True, False]
    assert [lead.wanted(MailChoices(news=False)) for lead in Lead] == [True, True]


def test_a_round_is_true_while_its_session_keeps_its_start() -> None:
    current = Round(session_id=ONLINE.id, lead=Lead.DAY, starts_at=STARTS)

    assert still_true(current, ONLINE)
    assert not still_true(current, replace(ONLINE, starts_at=STARTS + HOUR))
    assert not still_true(current, replace(ONLINE, status=SessionStatus.CANCELLED))


@given(st.sampled_from(Lead), st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6))
def test_nobody_is_reminded_of_a_time_that_they_just_read_of(lead: Lead, changed_s: int, now_s: int) -> None:
    now = STARTS + timedelta(seconds=now_s)
    online = replace(ONLINE, changed_at=STARTS + timedelta(seconds=changed_s))

    if may_begin(online, lead, BOTH, now):
        assert online.changed_at <= lead.due_at(STARTS) <= now < STARTS
