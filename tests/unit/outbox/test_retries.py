"""When mails are tried again and given up, and what people may do with them in each state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from conference_hub.core.errors import Refused
from conference_hub.outbox import retries
from conference_hub.outbox.model import Draft, Mail, MailId, MailState
from conference_hub.outbox.retries import Deferred, Delivered, Rejected, Unreachable, Written

Change = Callable[[Mail, datetime], Mail]
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
WAITING = Mail(
    id=MailId("mail"),
    conf="conf",
    kind="test",
    to_name="홍길동",
    to_address="hong@example.com",
    subject="제목",
    content="여기: {link}",
    link="https://hub.example.com/link#secret",
    created_at=AT,
    by="김주최",
    state=MailState.WAITING,
    since=AT,
    next_try_at=AT,
)
CLAIMED = replace(
    WAITING, state=MailState.SENDING, attempts=1, tried_at=AT, leased_until=AT + timedelta(minutes=5)
)


def minutes(number: float) -> datetime:
    return AT + timedelta(minutes=number)


@pytest.mark.parametrize("mail", [WAITING, replace(WAITING, state=MailState.FAILED, last_error="550")])
def test_a_mail_that_a_newer_one_replaces_is_settled_without_its_link(mail: Mail) -> None:
    assert retries.replaced(mail, minutes(1)) == replace(
        WAITING, state=MailState.REPLACED, link=None, settled_at=minutes(1)
    )


@pytest.mark.parametrize("mail", [CLAIMED, replace(WAITING, state=MailState.SENT, link=None)])
def test_a_mail_that_is_being_sent_or_settled_is_not_replaced(mail: Mail) -> None:
    assert retries.replaced(mail, minutes(1)) == mail


def test_a_claimed_mail_belongs_to_its_sender_for_five_minutes() -> None:
    assert retries.claim(WAITING, AT) == CLAIMED


def test_a_delivered_mail_is_sent_and_loses_its_link() -> None:
    assert retries.settle(CLAIMED, Delivered(), minutes(1)) == replace(
        CLAIMED, state=MailState.SENT, leased_until=None, link=None, settled_at=minutes(1)
    )


def test_a_mail_that_could_not_be_sent_waits_and_says_why() -> None:
    assert retries.settle(CLAIMED, Deferred(reason="451 later"), minutes(1)) == replace(
        WAITING, attempts=1, tried_at=AT, next_try_at=minutes(2), last_error="451 later"
    )


def test_a_refused_mail_fails_at_once_and_keeps_its_link_for_another_try() -> None:
    assert retries.settle(CLAIMED, Rejected(reason="550 unknown"), minutes(1)) == replace(
        WAITING, state=MailState.FAILED, attempts=1, tried_at=AT, last_error="550 unknown"
    )


def test_where_nobody_takes_mails_a_mail_was_not_tried() -> None:
    assert retries.settle(CLAIMED, Unreachable(reason="refused"), minutes(1)) == replace(
        WAITING, last_error="refused"
    )


def test_where_nobody_takes_mails_an_earlier_try_is_remembered() -> None:
    tried = retries.settle(retries.claim(WAITING, AT), Deferred(reason="timed out"), AT)
    again = retries.claim(retries.retry(tried, minutes(1)), minutes(1))

    after = retries.settle(again, Unreachable(reason="refused"), minutes(2))

    assert (again.tried_at, after.tried_at, after.attempts) == (minutes(1), AT, 0)


def test_a_mail_written_as_a_file_is_not_called_sent() -> None:
    assert retries.settle(CLAIMED, Written(), minutes(1)).state is MailState.WRITTEN


def test_a_day_of_tries_begins_with_the_first_one() -> None:
    late = AT + timedelta(days=3)

    assert retries.claim(WAITING, late).since == late
    assert retries.claim(replace(WAITING, attempts=1), late).since == AT


@pytest.mark.parametrize(
    ("mail", "at", "due"),
    [
        (WAITING, AT, True),
        (replace(WAITING, next_try_at=minutes(1)), AT, False),
        (CLAIMED, minutes(4.9), False),
        (CLAIMED, minutes(5), True),
        (replace(WAITING, state=MailState.FAILED), AT, False),
    ],
)
def test_a_mail_is_due_when_its_time_has_come_or_who_had_it_died(
    mail: Mail, at: datetime, *, due: bool
) -> None:
    assert retries.due(mail, at) is due


@pytest.mark.parametrize(
    ("state", "after"),
    [
        (MailState.SENT, MailState.BOUNCED),
        (MailState.COPIED, MailState.BOUNCED),
        (MailState.WRITTEN, MailState.BOUNCED),
        (MailState.WAITING, MailState.WAITING),
        (MailState.BOUNCED, MailState.BOUNCED),
        (MailState.WITHDRAWN, MailState.WITHDRAWN),
    ],
)
def test_only_a_mail_that_left_comes_back(state: MailState, after: MailState) -> None:
    assert retries.bounce(replace(WAITING, state=state), "550", AT).state is after


def test_pauses_grow_to_an_hour() -> None:
    pauses = [retries.pause(attempts) / timedelta(minutes=1) for attempts in range(1, 10)]

    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_a_mail_is_given_up_after_a_day() -> None:
    mail, at, tries = WAITING, AT, 0
    while mail.state is MailState.WAITING:
        at, tries = mail.next_try_at, tries + 1
        mail = retries.settle(retries.claim(mail, at), Deferred(reason="no answer"), at)

    assert (mail.state, mail.link, tries) == (MailState.FAILED, WAITING.link, 29)
    assert minutes(23 * 60) < at <= minutes(24 * 60)


def test_a_failed_mail_is_tried_for_another_day() -> None:
    failed = replace(WAITING, state=MailState.FAILED, attempts=9, last_error="550")

    assert retries.retry(failed, minutes(5)) == replace(
        WAITING, since=minutes(5), next_try_at=minutes(5), last_error="550"
    )


@pytest.mark.parametrize(
    ("change", "state"), [(retries.copy, MailState.COPIED), (retries.withdraw, MailState.WITHDRAWN)]
)
@pytest.mark.parametrize("before", [MailState.WAITING, MailState.FAILED])
def test_a_mail_that_somebody_settles_loses_its_link(
    change: Change, state: MailState, before: MailState
) -> None:
    mail = replace(WAITING, state=before, last_error="550" if before is MailState.FAILED else "")

    assert change(mail, minutes(1)) == replace(WAITING, state=state, link=None, settled_at=minutes(1))


@pytest.mark.parametrize("change", [retries.copy, retries.withdraw, retries.retry])
@pytest.mark.parametrize(
    ("state", "code"),
    [
        (MailState.SENDING, "being_sent"),
        (MailState.SENT, "settled"),
        (MailState.COPIED, "settled"),
        (MailState.WITHDRAWN, "settled"),
    ],
)
def test_a_mail_that_is_being_sent_or_settled_stays_as_it_is(
    change: Change, state: MailState, code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        change(replace(WAITING, state=state), AT)

    assert refusal.value.code == code


def test_the_text_of_a_mail_has_its_link_while_there_is_one() -> None:
    sent = replace(WAITING, link=None)

    assert WAITING.body() == "여기: https://hub.example.com/link#secret"
    assert (sent.body(), sent.body("[지움]")) == ("여기: …", "여기: [지움]")


@pytest.mark.parametrize(
    ("text", "link"), [("여기: {link}", None), ("링크 없음", "https://hub.example.com/")]
)
def test_a_draft_has_its_link_where_its_text_says_so(text: str, link: str | None) -> None:
    with pytest.raises(ValueError, match="needs its link"):
        Draft(kind="test", to_name="", to_address="a@example.com", subject="x", content=text, link=link)
