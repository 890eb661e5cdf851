"""The guest list as the gate searches it: kept in this process until the list changes, in whatever process."""

from __future__ import annotations

from sqlalchemy.orm import Session

from conference_hub.conferences.kept import Kept, Number
from conference_hub.people import search as rules
from conference_hub.people.model import Guest
from conference_hub.people.search import Searchable
from conference_hub.people.store import each_guest
from conference_hub.web.hub import current_hub

ROWS_PER_TURN = 50


def find(session: Session, conf: str, wanted: str) -> list[Guest]:
    """Return the guests that `wanted` fits, as `people.search.find` does, as `session` sees the list."""
    return rules.find(guests(session, conf), wanted)


def guests(session: Session, conf: str) -> tuple[Searchable, ...]:
    """Return the guest list as `session` sees it, by id."""
    return _GUESTS.of(session, conf)


def _read(session: Session, conf: str) -> tuple[Searchable, ...]:
    guests = current_hub().in_turns(each_guest(session, conf), ROWS_PER_TURN)
    return tuple(rules.searchable(guest) for guest in guests)


_GUESTS = Kept(_read, by=Number.PEOPLE)
