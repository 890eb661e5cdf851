"""A mail and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from conference_hub.core.labelled import Labelled

MailId = NewType("MailId", str)

LINK = "{link}"
"""Stands in the text of a mail where its link is filled in."""
OPEN = frozenset({"waiting", "sending", "failed"})
"""The states in which a mail may still be sent, so that its link is kept."""


class MailState(Labelled):
    """What became of a mail; the value is what is stored and sent."""

    WAITING = "waiting", "보내기 전", "Waiting"
    SENDING = "sending", "보내는 중", "Sending"
    SENT = "sent", "보냄", "Sent"
    FAILED = "failed", "보내지 못함", "Failed"
    COPIED = "copied", "직접 보냄", "Sent by hand"
    WITHDRAWN = "withdrawn", "보내지 않음", "Withdrawn"
    REPLACED = "replaced", "새 메일로 대신함", "Replaced by a newer e-mail"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A mail as a feature writes it.

    `kind` says what it is about (`registration`, `team`), for lists. `content` has LINK where `link` belongs; a link
    that signs somebody in is a secret and stands nowhere else. `about` says what the mail tells to whom
    (`registration/<id>`): a newer one about the same replaces it as long as it is not sent. Raises ValueError for a
    text that asks for a link that is not given.
    """

    kind: str
    to_name: str
    to_address: str
    subject: str
    content: str
    link: str | None = None
    about: str | None = None

    def __post_init__(self) -> None:
        """Refuse a mail whose link is missing, or would be left out."""
        if (LINK in self.content) != (self.link is not None):
            message = f"a mail of kind {self.kind!r} needs its link where its text says {LINK}"
            raise ValueError(message)


@dataclass(frozen=True, kw_only=True)
class Mail:
    """A mail in the outbox.

    `conf` is None for a mail about the hub itself. `since`: from when on it is tried, for a day. `link` is gone once
    the mail is sent, copied, withdrawn or replaced. `by` is the label of who caused it, `about` that of its draft.
    """

    id: MailId
    conf: str | None
    kind: str
    to_name: str
    to_address: str
    subject: str
    content: str
    link: str | None
    created_at: datetime
    by: str
    state: MailState
    since: datetime
    next_try_at: datetime
    attempts: int = 0
    leased_until: datetime | None = None
    last_error: str = ""
    settled_at: datetime | None = None
    about: str | None = None

    @property
    def open(self) -> bool:
        """Whether it may still be sent."""
        return self.state in OPEN

    def body(self, without_link: str = "…") -> str:
        """Return the text with its link, or with `without_link` where the link was."""
        return self.content.replace(LINK, self.link or without_link)
