"""What check-in knows of gates and this package, below it, asks for: `Hub.gate_ties`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from conference_hub.core.actor import Actor
from conference_hub.core.stream import Docs, Stream
from conference_hub.gates.model import GateId

GATE_STREAMS = frozenset({Stream.STAFF, Stream.OPERATOR})
"""The audiences that have the documents of gates."""


@dataclass(frozen=True, kw_only=True)
class Scanner:
    """Somebody who scanned at a gate, and when the last time."""

    by: Actor
    last_at: datetime


@dataclass(frozen=True, kw_only=True)
class GateTies:
    """`used` returns at which of the gates somebody was scanned: they are not removed.

    `documents` renders gates with what was counted there, by key, `scanners` returns who scanned at each, the latest
    first.
    """

    used: Callable[[Session, str, Collection[str]], set[str]]
    documents: Callable[[Session, str, Collection[GateId]], Docs]
    scanners: Callable[[Session, str], Mapping[str, Sequence[Scanner]]]
