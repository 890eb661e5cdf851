"""Which guests of honour check-in knows in the hall."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from conference_hub.checkin.model import Place
from conference_hub.checkin.store import presences_of
from conference_hub.honours.model import Honour


def inside(session: Session, conf: str, honours: Iterable[Honour]) -> set[str]:
    """Return the ids of the linked guests who are in the hall."""
    linked = [one.guest_id for one in honours if one.guest_id]
    found = presences_of(session, conf, linked)
    return {guest for guest, presence in found.items() if presence.place is Place.HALL}
