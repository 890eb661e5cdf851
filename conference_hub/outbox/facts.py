"""What people do with mails of the outbox and with their words. Only the operator's stream has it, and no text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from conference_hub.core.facts import Fact
from conference_hub.outbox.model import MailId, MailState, SendingId, SendingState


@dataclass(frozen=True, kw_only=True)
class MailHandled(Fact):
    """Somebody marked a mail as sent by hand, withdrew it, or had it tried again; `state` is the state since then."""

    topic: ClassVar[str] = "MailHandled"

    mail: MailId
    state: MailState


@dataclass(frozen=True, kw_only=True)
class MailWordsChanged(Fact):
    """Somebody changed what mails of a kind say in one language, or went back to the words of the product."""

    topic: ClassVar[str] = "MailWordsChanged"

    kind: str
    language: str


@dataclass(frozen=True, kw_only=True)
class BulkMailsWritten(Fact):
    """All mails of a kind that somebody had written to many were written: to `count` people."""

    topic: ClassVar[str] = "BulkMailsWritten"

    kind: str
    count: int


@dataclass(frozen=True, kw_only=True)
class SendingSet(Fact):
    """Somebody paused, resumed or stopped a sending; `state` is the state since then."""

    topic: ClassVar[str] = "SendingSet"

    sending: SendingId
    state: SendingState


@dataclass(frozen=True, kw_only=True)
class MailsRetried(Fact):
    """Somebody had the mails tried again that could not be sent: those of a sending, or all (`sending` None)."""

    topic: ClassVar[str] = "MailsRetried"

    sending: SendingId | None
    count: int
