"""The guest list as the gate searches it: kept in this process until a fact of the journal says that it changed.

The journal is the version of the list, so a change made by another process counts as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask import current_app
from sqlalchemy.orm import Session

from conference_hub.checkin.facts import GuestsRegistered, ModeSwitched
from conference_hub.core import entries
from conference_hub.core.stream import Stream
from conference_hub.people.facts import LanguageChosen
from conference_hub.people.model import Guest
from conference_hub.people.search import Entry, entry_of, find
from conference_hub.people.store import each_guest
from conference_hub.web.hub import Hub

LIST_FACTS = frozenset(fact.topic for fact in (GuestsRegistered, ModeSwitched, LanguageChosen))
"""The facts after which a guest's row is another."""
ROWS_PER_TURN = 50


@dataclass
class _Kept:
    head: int
    entries: list[Entry]


class GuestFinder:
    """Searches the guest lists of one hub."""

    EXTENSION: ClassVar = "guest_finder"

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._kept: dict[str, _Kept] = {}

    def find(self, session: Session, conf: str, wanted: str) -> list[Guest]:
        """Return the guests that `wanted` fits, as `people.search.find` does, as `session` sees the list."""
        head = entries.head(session, conf, Stream.OPERATOR)
        kept = self._kept.get(conf)
        if kept is None or _changed(session, conf, kept.head, head):
            kept = self._kept[conf] = _Kept(head, self._read(session, conf))
        kept.head = max(kept.head, head)
        return find(kept.entries, wanted)

    def _read(self, session: Session, conf: str) -> list[Entry]:
        return [entry_of(guest) for guest in self._hub.in_turns(each_guest(session, conf), ROWS_PER_TURN)]


def finder() -> GuestFinder:
    """Return the finder of the running request's hub."""
    found: GuestFinder = current_app.extensions[GuestFinder.EXTENSION]
    return found


def _changed(session: Session, conf: str, kept_head: int, head: int) -> bool:
    """Return whether the list changed after `kept_head`, or may have: entries were pruned, the database replaced."""
    if kept_head == head:
        return False
    topics = entries.topics_since(session, conf, Stream.OPERATOR, kept_head)
    return sum(topics.values()) != head - kept_head or bool(LIST_FACTS & topics.keys())
