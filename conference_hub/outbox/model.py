"""A mail and what becomes of it, and sendings: many mails of one act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from conference_hub.core.actor import Actor
from conference_hub.core.labelled import Labelled
from conference_hub.core.text import Language, Text

MailId = NewType("MailId", str)
SendingId = NewType("SendingId", str)

LINK = "{link}"
"""Stands in the text of a mail where its link is filled in."""
OPEN = frozenset({"waiting", "sending", "failed"})
"""The states in which a mail may still be sent, so that its link is kept."""
MOST_OF_UNSUBSCRIBE = 75
"""Characters of an address in List-Unsubscribe: the standard library encodes a longer one, and nobody can read it."""


def guest_of(once_key: str | None) -> str:
    """Return the id of the guest whom a mail with this `once_key` is for, empty for a mail without one."""
    return (once_key or "").rpartition("/")[2]


class MailState(Labelled):
    """What became of a mail; the value is what is stored and sent."""

    WAITING = "waiting", "보내기 전", "Waiting"
    SENDING = "sending", "보내는 중", "Sending"
    SENT = "sent", "보냄", "Sent"
    FAILED = "failed", "보내지 못함", "Failed"
    BOUNCED = "bounced", "되돌아옴", "Returned"
    COPIED = "copied", "직접 보냄", "Sent by hand"
    WRITTEN = "written", "파일로 저장", "Saved as a file"
    WITHDRAWN = "withdrawn", "보내지 않음", "Withdrawn"
    EXPIRED = "expired", "때가 지남", "Expired"
    REPLACED = "replaced", "새 메일로 대신함", "Replaced by a newer e-mail"


class SendingState(Labelled):
    """What people decided of a sending; it is over when none of its mails waits any more."""

    GOING = "going", "보내는 중", "Sending"
    PAUSED = "paused", "잠시 멈춤", "Paused"
    STOPPED = "stopped", "그만 보냄", "Stopped"


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a mail says to whom, and how it is sent: `Draft` says what each field means."""

    kind: str
    to_name: str
    to_address: str
    subject: str
    content: str
    link: str | None = None
    about: str | None = None
    calendar: str | None = None
    order_key: str | None = None
    once_key: str | None = None
    expires_at: datetime | None = None
    unsubscribe: str | None = None
    language: Language | None = None
    sending_id: SendingId | None = None


@dataclass(frozen=True, kw_only=True)
class Draft(Content):
    """A mail as a feature writes it.

    `kind` says what it is about (`registration`, `team`), for lists. `content` has LINK where `link` belongs; a link
    that signs somebody in is a secret and stands nowhere else. `about` says what the mail tells to whom
    (`registration/<id>`): a newer one about the same replaces it as long as it is not sent. `calendar` is an iTIP
    message (RFC 5546) that goes with it. Mails with one `order_key` to one address leave one after the other. A second
    mail with the same `once_key` to the same address is not written, unless the first reached nobody; the key ends with
    the id of the guest. After `expires_at` it is not sent. `unsubscribe` is the address by which its reader wants no
    more of its sort. `language` is what it is written in. `sending_id`: the sending that it belongs to.
    Raises ValueError for a text that asks for a link that is not given, and for an address too long for a header.
    """

    def __post_init__(self) -> None:
        """Refuse a mail whose link is missing, or would be left out."""
        if (LINK in self.content) != (self.link is not None):
            message = f"a mail of kind {self.kind!r} needs its link where its text says {LINK}"
            raise ValueError(message)
        if self.unsubscribe is not None and len(self.unsubscribe) > MOST_OF_UNSUBSCRIBE:
            message = f"an address in List-Unsubscribe has at most {MOST_OF_UNSUBSCRIBE} characters"
            raise ValueError(message)


@dataclass(frozen=True, kw_only=True)
class Mail(Content):
    """A mail in the outbox.

    `conf` is None for a mail about the hub itself. `number` counts the mails of a conference in the order in which they
    were written. `since`: from when on it is tried, for a day. `link` is gone once the mail is sent, copied, withdrawn
    or replaced. `by` is the label of who caused it; what is not named here is as in its draft. `tried_at`: when it was
    handed to the mail server last, or is being handed over; `tried_before`: when that was before the attempt that goes
    on or was the last one.
    """

    id: MailId
    conf: str | None
    number: int = 0
    created_at: datetime
    by: str
    state: MailState
    since: datetime
    next_try_at: datetime
    attempts: int = 0
    tried_at: datetime | None = None
    tried_before: datetime | None = None
    leased_until: datetime | None = None
    last_error: str = ""
    settled_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether it may still be sent."""
        return self.state in OPEN

    @property
    def at_rest(self) -> bool:
        """Whether it may still be sent, and is not being sent just now."""
        return self.open and self.state is not MailState.SENDING

    @property
    def guest_id(self) -> str:
        """The id of the guest whom a mail that comes once is for, empty for another mail."""
        return guest_of(self.once_key)

    def body(self, without_link: str = "…") -> str:
        """Return the text with its link, or with `without_link` where the link was."""
        return self.content.replace(LINK, self.link or without_link)


@dataclass(frozen=True, kw_only=True)
class Sending:
    """Many mails of one act, such as those about a session that was moved; `by` is the label of who acted."""

    id: SendingId
    conf: str
    kind: str
    title: Text
    created_at: datetime
    by: str
    state: SendingState


@dataclass(frozen=True, kw_only=True)
class BulkRound:
    """A mail to many that is being written, guest by guest in the order of their ids, until all were looked at.

    `occasion` is the id of what it is about, `by` who pressed. Everybody up to the guest `after` was looked at (empty:
    nobody yet); `written` mails came of it, of `planned` that were expected at the press.
    """

    conf: str
    sending_id: SendingId
    kind: str
    occasion: str
    by: Actor
    planned: int
    written: int = 0
    after: str = ""

    @property
    def expected(self) -> int:
        """How many mails it will have written in the end, as far as anybody knows."""
        return max(self.planned, self.written)
