"""How long a place is held for an address that nobody proved to be theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from conference_hub.outbox.model import Mail, MailId, MailState
from conference_hub.people.model import Mode
from conference_hub.registration.confirmation import confirmed, held_until, lapsed
from conference_hub.registration.model import Person, Registration, RegistrationId, Standing

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
NEXT_WEEK = AT + timedelta(days=7)
REGISTRATION = Registration(
    id=RegistrationId("hong"),
    person=Person(
        name="홍길동", address="hong@example.com", organisation=None, mode=Mode.ONSITE, language="ko"
    ),
    state=Standing.ACCEPTED,
    answers={},
    created_at=AT,
    queued_at=AT,
    notice_version=0,
    unconfirmed_since=AT,
)


def hours(number: float) -> datetime:
    return AT + timedelta(hours=number)


def mail(state: MailState, settled: float | None = None, *, written: float = 0) -> Mail:
    """Return a mail that was written and settled so many hours after the registration."""
    return Mail(
        id=MailId("mail"),
        conf="conf",
        kind="registration",
        to_name="홍길동",
        to_address="hong@example.com",
        subject="제목",
        content="내용",
        link=None,
        created_at=hours(written),
        by="등록",
        state=state,
        since=hours(written),
        next_try_at=hours(written),
        settled_at=None if settled is None else hours(settled),
    )


@pytest.mark.parametrize(
    ("mails", "until"),
    [
        ([mail(MailState.SENT, 1)], hours(25)),
        ([mail(MailState.COPIED, 50)], hours(74)),
        ([mail(MailState.SENT, 1), mail(MailState.SENT, 20, written=20)], hours(25)),
        ([mail(MailState.SENT, 1), mail(MailState.WAITING, written=20)], hours(25)),
        ([mail(MailState.REPLACED, 2), mail(MailState.WAITING, written=2)], hours(7 * 24)),
        ([mail(MailState.SENDING)], hours(7 * 24)),
        ([mail(MailState.FAILED)], hours(24)),
        ([mail(MailState.WITHDRAWN, 3)], hours(24)),
        ([mail(MailState.SENT, -5, written=-6)], hours(24)),
        ([], hours(24)),
    ],
)
def test_the_time_runs_from_the_first_mail_that_went_out(mails: list[Mail], until: datetime) -> None:
    assert held_until(REGISTRATION, mails, NEXT_WEEK) == until


@pytest.mark.parametrize(("begins", "until"), [(30, 24), (12, 12), (0.5, 1), (-3, 1)])
def test_it_ends_with_the_beginning_of_the_conference_but_lasts_an_hour(begins: float, until: float) -> None:
    sent = [mail(MailState.SENT, 0)]

    assert held_until(REGISTRATION, sent, hours(begins)) == hours(until)


@pytest.mark.parametrize(
    "registration",
    [confirmed(REGISTRATION), *(replace(REGISTRATION, state=state) for state in Standing if state.over)],
)
def test_what_is_confirmed_or_over_has_no_end(registration: Registration) -> None:
    assert held_until(registration, [mail(MailState.SENT, 1)], NEXT_WEEK) is None


def test_a_lapsed_registration_is_over_and_its_forms_are_stale() -> None:
    assert lapsed(REGISTRATION) == replace(
        REGISTRATION, state=Standing.LAPSED, revision=2, unconfirmed_since=None
    )
    assert lapsed(REGISTRATION).state.over
