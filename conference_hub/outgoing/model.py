"""Webhooks and OSC addresses: where they send, what they follow, how far they are, what became of what they sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NewType
from urllib.parse import urlsplit

from conference_hub.core.labelled import Labelled
from conference_hub.core.stream import Stream

HookId = NewType("HookId", str)
OscTargetId = NewType("OscTargetId", str)

SEALED_STREAMS = frozenset({Stream.SEALED, Stream.OPERATOR})
"""The streams that know names before they are public."""


class HookState(Labelled):
    """Whether a webhook sends; the value is what is stored."""

    ON = "on", "보내는 중", "Sending"
    PAUSED = "paused", "일시 중지", "Paused"
    DEAD = "dead", "멈춤", "Stopped"


@dataclass(frozen=True, kw_only=True)
class HookDraft:
    """What an organiser decides about a webhook: `topics` are the facts that it sends, all when there are none."""

    name: str
    url: str
    stream: Stream
    topics: tuple[str, ...] = ()

    @property
    def host(self) -> str:
        """The host of the address: the rest of it may be a secret."""
        return urlsplit(self.url).hostname or ""


@dataclass(frozen=True, kw_only=True)
class Hook:
    """A webhook and how far it is.

    `position` is the sequence number in its stream up to which everything was sent or is not to be sent. `attempts` are
    those of what is sent next, `trying_since` when the first of them began. `secret_number` counts the secrets up;
    the one before is still signed with for a while after `rotated_at`. While a process sends, it holds the `lease`.
    """

    id: HookId
    conf: str
    draft: HookDraft
    state: HookState
    position: int
    secret_number: int
    rotated_at: datetime | None
    attempts: int
    trying_since: datetime | None
    next_try_at: datetime
    last_error: str
    lease: str | None
    leased_until: datetime | None
    made_at: datetime
    by: str


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """A message that a webhook sent, or tried to: `status` is that of the last answer, `error` why it did not arrive.

    `seq` is the entry that it tells of, None for one that tells of none; `at` is when it was tried last, `answer` the
    beginning of what was answered then.
    """

    message: str
    topic: str
    seq: int | None
    attempts: int
    at: datetime
    delivered: bool
    status: int | None
    error: str
    answer: str = ""


@dataclass(frozen=True, kw_only=True)
class OscDraft:
    """What an organiser decides about an address that is told by Open Sound Control, in one language."""

    name: str
    host: str
    port: int
    language: str
    active: bool = True


@dataclass(frozen=True, kw_only=True)
class Told:
    """The last OSC message to an address: when, its path, and why it did not go out, an empty text when it did."""

    at: datetime
    path: str
    error: str = ""


@dataclass(frozen=True, kw_only=True)
class OscTarget:
    """An address that is told of cues and reveals; `told` is None before the first message."""

    id: OscTargetId
    draft: OscDraft
    told: Told | None = None
