"""Guests as the door looks them up before it adds or seats somebody: in SQL, since it holds the storage meanwhile."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from conference_hub.people.model import GuestId, Mode
from conference_hub.people.tables import GuestRow


def is_listed(session: Session, conf: str, name: str, organisation: str | None) -> bool:
    """Return whether somebody of this name and organisation is on the list."""
    same = [_is(GuestRow.name, name)]
    same.append(
        _is(GuestRow.organisation, organisation) if organisation else _is_empty(GuestRow.organisation)
    )
    return session.scalar(sa.select(GuestRow.id).where(GuestRow.conf == conf, *same).limit(1)) is not None


def has_seat(session: Session, conf: str, seat: str, *, but: str) -> bool:
    """Return whether somebody else than the guest `but` has a seat."""
    others = sa.select(GuestRow.id).where(GuestRow.conf == conf, _is(GuestRow.seat, seat), GuestRow.id != but)
    return session.scalar(others.limit(1)) is not None


def in_hall_from(session: Session, conf: str, organisation: str, most: int) -> list[GuestId]:
    """Return the ids of the guests of the hall from an organisation, at most `most`, in the order of their numbers."""
    found = sa.select(GuestRow.id).where(
        GuestRow.conf == conf, GuestRow.mode == Mode.ONSITE, _is(GuestRow.organisation, organisation)
    )
    ordered = found.order_by(sa.func.length(GuestRow.number), GuestRow.number, GuestRow.id)
    return [GuestId(one) for one in session.scalars(ordered.limit(most))]


def _is(column: InstrumentedAttribute[str | None], words: str) -> sa.ColumnElement[bool]:
    return sa.or_(column == words, sa.func.lower(column) == words.lower())


def _is_empty(column: InstrumentedAttribute[str | None]) -> sa.ColumnElement[bool]:
    return sa.or_(column.is_(None), column == "")
