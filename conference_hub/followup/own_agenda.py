"""Somebody's own agenda: what they have a place in and what they keep, in the order of time, with what clashes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from conference_hub.core.text import Text


class ItemKind(StrEnum):
    """What can be kept."""

    SESSION = "session"
    SEGMENT = "segment"


@dataclass(frozen=True, kw_only=True)
class KeptItem:
    """Something that is kept: an online session or a segment of the published programme, by its id."""

    kind: ItemKind
    id: str


@dataclass(frozen=True, kw_only=True)
class AgendaItem:
    """Something in an agenda; instants are aware UTC.

    `seat`: there is a place in the session; `waits`: as which one (from 1) its owner waits for one. What has neither is
    only kept.
    """

    what: KeptItem
    title: Text
    starts_at: datetime
    ends_at: datetime
    seat: bool = False
    waits: int | None = None
    kept: bool = False
    cancelled: bool = False

    def clashes_with(self, other: AgendaItem) -> bool:
        """Return whether nobody can be in both: they overlap, and both take place."""
        if self.what == other.what or self.cancelled or other.cancelled:
            return False
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An item with the others of the agenda that clash with it."""

    item: AgendaItem
    clashes: tuple[AgendaItem, ...]


def arranged(items: Iterable[AgendaItem]) -> list[Entry]:
    """Return an agenda in the order of time."""
    ordered = sorted(items, key=lambda item: (item.starts_at, item.ends_at, item.what.kind, item.what.id))
    return [Entry(item=item, clashes=tuple(filter(item.clashes_with, ordered))) for item in ordered]
