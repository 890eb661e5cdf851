"""When a mail that could not be sent is tried again, and when it is given up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from conference_hub.core.errors import Refused, msg
from conference_hub.outbox.model import Mail, MailState

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(days=1)
LEASE = timedelta(minutes=5)
"""How long a mail belongs to the process that sends it; it is tried again when that process died."""


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """The mail server took the mail."""


@dataclass(frozen=True, kw_only=True)
class Written:
    """The mail was written as a file."""


@dataclass(frozen=True, kw_only=True)
class Unreachable:
    """There was nobody to hand the mail to: that says nothing of the mail, and is no attempt."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class Deferred:
    """The mail could not be sent now; `reason` is what the server or the network said."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class Rejected:
    """The mail cannot be sent as it is: the address or the message is refused."""

    reason: str


GONE_OUT = frozenset({MailState.SENT, MailState.COPIED, MailState.WRITTEN})
"""The states of a mail that left the hub, so that it may come back."""
Outcome = Delivered | Written | Unreachable | Deferred | Rejected


def claim(mail: Mail, at: datetime) -> Mail:
    """Return a mail as it is while it is being sent."""
    return replace(
        mail,
        state=MailState.SENDING,
        since=mail.since if mail.attempts else at,
        attempts=mail.attempts + 1,
        tried_at=at,
        tried_before=mail.tried_at,
        leased_until=at + LEASE,
    )


def due(mail: Mail, at: datetime) -> bool:
    """Return whether a mail is to be handed over: it waits and its time has come, or who had it died."""
    if mail.state is MailState.SENDING:
        return mail.leased_until is not None and mail.leased_until <= at
    return mail.state is MailState.WAITING and mail.next_try_at <= at


def orphaned(mail: Mail) -> Mail:
    """Return a mail as it waits again after the process that had it died."""
    return replace(mail, state=MailState.WAITING, leased_until=None)


def expired(mail: Mail, at: datetime) -> bool:
    """Return whether a mail that waits says nothing any more."""
    return mail.state is MailState.WAITING and mail.expires_at is not None and mail.expires_at <= at


def expire(mail: Mail, at: datetime) -> Mail:
    """Return a mail that is not sent because its time is over."""
    return _settled(mail, MailState.EXPIRED, at)


def settle(mail: Mail, outcome: Outcome, at: datetime) -> Mail:
    """Return a mail after an attempt: sent, to be tried again after a growing pause, or given up."""
    mail = replace(mail, leased_until=None)
    match outcome:
        case Delivered():
            return _settled(mail, MailState.SENT, at)
        case Written():
            return _settled(mail, MailState.WRITTEN, at)
        case Unreachable(reason=reason):
            return replace(
                mail,
                state=MailState.WAITING,
                attempts=mail.attempts - 1,
                tried_at=mail.tried_before,
                last_error=reason,
            )
        case Rejected(reason=reason):
            return replace(mail, state=MailState.FAILED, last_error=reason)
        case Deferred(reason=reason):
            again = at + pause(mail.attempts)
            if again > mail.since + GIVE_UP_AFTER:
                return replace(mail, state=MailState.FAILED, last_error=reason)
            return replace(mail, state=MailState.WAITING, next_try_at=again, last_error=reason)


def pause(attempts: int) -> timedelta:
    """Return how long to wait after the `attempts`-th attempt: 1, 2, 4 … minutes, an hour at most."""
    return min(FIRST_PAUSE * (1 << min(max(attempts - 1, 0), 10)), LONGEST_PAUSE)


def copy(mail: Mail, at: datetime) -> Mail:
    """Return a mail that somebody sent by hand; raises Refused when it is being sent or settled."""
    return _settled(_handled(mail), MailState.COPIED, at)


def withdraw(mail: Mail, at: datetime) -> Mail:
    """Return a mail that is not to be sent; raises Refused when it is being sent or settled."""
    return _settled(_handled(mail), MailState.WITHDRAWN, at)


def once_only(mail: Mail, at: datetime) -> Mail:
    """Return a mail that is being sent as it is never tried again; any other one stays as it is."""
    return replace(mail, expires_at=at) if mail.state is MailState.SENDING else mail


def bounce(mail: Mail, reason: str, at: datetime) -> Mail:
    """Return a mail that came back: only one that a mail server took, or that somebody sent by hand."""
    if mail.state not in GONE_OUT:
        return mail
    return replace(mail, state=MailState.BOUNCED, settled_at=at, last_error=reason)


def replaced(mail: Mail, at: datetime) -> Mail:
    """Return a mail that a newer one about the same makes needless; one that is being sent or settled stays so."""
    return _settled(mail, MailState.REPLACED, at) if mail.at_rest else mail


def retry(mail: Mail, at: datetime) -> Mail:
    """Return a mail that is tried again now, for another day; raises Refused when it is being sent or settled."""
    _handled(mail)
    return replace(mail, state=MailState.WAITING, since=at, next_try_at=at, attempts=0)


def _handled(mail: Mail) -> Mail:
    if mail.state is MailState.SENDING:
        raise Refused(msg("지금 보내는 중입니다. 잠시 후 다시 확인해 주세요."), code="being_sent")
    if not mail.open:
        raise Refused(msg("이미 처리한 메일입니다."), code="settled")
    return mail


def _settled(mail: Mail, state: MailState, at: datetime) -> Mail:
    return replace(mail, state=state, settled_at=at, link=None, last_error="")
