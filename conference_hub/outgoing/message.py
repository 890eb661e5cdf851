"""What webhooks send, as Standard Webhooks (standardwebhooks.com) describe it: bodies, ids, secrets and signatures."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from conference_hub.core.now import iso
from conference_hub.core.stream import Stream
from conference_hub.outgoing.following import Missing
from conference_hub.outgoing.model import Hook, HookId

RESET = "Reset"
"""The type of the message which says that entries are missing, as the socket event `reset` does."""
TEST = "Test"
PREFIX = "whsec_"
OVERLAP = timedelta(days=1)
"""How long the secret before the present one is signed with, too."""
MARK = 8
"""How many letters of its body's digest an id ends with."""
NAMELESS = frozenset({"lane", "cue", "segment", "ceremony"})
"""Families of documents that are about nobody."""


@dataclass(frozen=True, kw_only=True)
class Message:
    """A message: the same id always has the same body.

    Of one that may name somebody no answer is kept: a receiver may repeat what it got, and names are taken back.
    """

    id: str
    topic: str
    seq: int | None
    body: bytes
    nameless: bool = True


def of_entry(hook: Hook, *, seq: int, topic: str, at: datetime, body: Mapping[str, Any]) -> Message:
    """Return the message about an entry, the same at every attempt.

    An entry that a name was taken out of since is another message, with an id of its own.
    """
    families = {key.partition("/")[0] for key in body.get("docs", {})}
    told = _message(hook, topic, at, {"seq": seq, "body": body}, seq=seq)
    return replace(told, nameless=families <= NAMELESS)


def of_gap(hook: Hook, missing: Missing) -> Message:
    """Return the message which says that entries are missing, as of when it was tried first."""
    data = {"after": missing.after, "before": missing.before}
    return _message(hook, RESET, hook.trying_since or hook.made_at, data, seq=missing.before - 1)


def of_test(hook: Hook, at: datetime) -> Message:
    """Return a message that tells of nothing."""
    return _message(hook, TEST, at, {}, seq=None)


def secret_of(key: str, conf: str, hook: HookId, number: int) -> str:
    """Return a secret of a webhook, `whsec_…` (32 bytes). It is made by the hub's key: nothing of it is stored."""
    words = f"webhook/{conf}/{hook}/{number}"
    digest = hmac.new(key.encode(), words.encode(), hashlib.sha256).digest()
    return PREFIX + base64.b64encode(digest).decode()


def both_until(hook: Hook, at: datetime) -> datetime | None:
    """Return until when the secret before the present one signs, too; None: it does not (any more)."""
    until = hook.rotated_at + OVERLAP if hook.rotated_at else None
    return until if until and at < until else None


def secrets_of(key: str, hook: Hook, at: datetime) -> list[str]:
    """Return the secrets that sign at an instant: the present one, and for a day the one before."""
    numbers = (hook.secret_number, hook.secret_number - 1) if both_until(hook, at) else (hook.secret_number,)
    return [secret_of(key, hook.conf, hook.id, number) for number in numbers]


def headers_of(message: Message, secrets: Sequence[str], at: datetime) -> dict[str, str]:
    """Return the headers of one attempt, with a signature by each secret."""
    stamp = int(at.timestamp())
    return {
        "webhook-id": message.id,
        "webhook-timestamp": str(stamp),
        "webhook-signature": " ".join(signature(secret, message, stamp) for secret in secrets),
    }


def signature(secret: str, message: Message, stamp: int) -> str:
    """Return `v1,<base64>`: HMAC-SHA256 of id, timestamp (Unix seconds) and body."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message.id}.{stamp}.".encode() + message.body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def _message(hook: Hook, topic: str, at: datetime, data: Mapping[str, Any], *, seq: int | None) -> Message:
    whole = {
        "type": topic,
        "timestamp": iso(at),
        "data": {"conference": hook.conf, "stream": Stream(hook.draft.stream).value, **data},
    }
    body = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    mark = hashlib.sha256(body).hexdigest()[:MARK]
    name = topic.lower() if seq is None else str(seq)
    return Message(id=f"msg_{hook.id}_{name}_{mark}", topic=topic, seq=seq, body=body)
