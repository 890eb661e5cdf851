"""How long a place is held for an address that nobody proved to be theirs: until the link that went there is opened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from conference_hub.outbox.model import Mail, MailState
from conference_hub.registration.model import Registration, Standing

CONFIRM_WITHIN = timedelta(hours=24)
"""After the link went out its reader has so long, but not beyond the beginning of the conference ..."""
CONFIRM_AT_LEAST = timedelta(hours=1)
"""... and so long in any case."""
SEND_WITHIN = timedelta(days=7)
"""A place is held so long for a mail that waits to be sent, by hand where there is no mail server."""
GONE_OUT = frozenset({MailState.SENT, MailState.COPIED})
ON_ITS_WAY = frozenset({MailState.WAITING, MailState.SENDING, MailState.WRITTEN})


def held_until(registration: Registration, mails: Iterable[Mail], starts_at: datetime) -> datetime | None:
    """Return until when a registration holds what it has; None: as long as it wants, or nothing.

    `mails` are those about it, `starts_at` is when the conference begins. The time runs from the first mail that went
    out; another one to the same address does not lengthen it.
    """
    since = registration.unconfirmed_since
    if since is None or registration.state.over:
        return None
    own = [mail for mail in mails if mail.created_at >= since]
    gone_out = [mail.settled_at for mail in own if mail.state in GONE_OUT and mail.settled_at]
    if not gone_out and any(mail.state in ON_ITS_WAY for mail in own):
        return since + SEND_WITHIN
    begins = min(gone_out, default=since)
    return max(min(begins + CONFIRM_WITHIN, starts_at), begins + CONFIRM_AT_LEAST)


def confirmed(registration: Registration) -> Registration:
    """Return a registration that is known to be somebody's."""
    return replace(registration, unconfirmed_since=None)


def lapsed(registration: Registration) -> Registration:
    """Return a registration that nobody confirmed in time."""
    return replace(confirmed(registration), state=Standing.LAPSED, revision=registration.revision + 1)
