"""Guests as the door looks them up before it adds or seats somebody: in SQL, since it holds the storage meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from conference_hub.checkin.tables import WalkInRow
from conference_hub.core.actor import Actor
from conference_hub.core.journal import Write
from conference_hub.people.model import GuestId, Mode
from conference_hub.people.tables import GuestRow


@dataclass(frozen=True, kw_only=True)
class WalkedIn:
    """When and by whom a guest was registered at a door, the refusals that were overruled (`over`), and why."""

    at: datetime
    by: Actor
    over: Sequence[str]
    note: str | None


def add_walk_in(write: Write, guest_id: str, over: Sequence[str], note: str | None) -> None:
    """Write down that a guest was registered at a door."""
    write.session.add(
        WalkInRow(
            conf=write.conf,
            guest_id=guest_id,
            at=write.at,
            by=write.actor.label,
            actor=write.actor.id,
            over=list(over),
            note=note,
        )
    )


def find_walk_in(session: Session, conf: str, guest_id: str) -> WalkedIn | None:
    """Return how a guest was registered at a door; None for anybody else."""
    row = session.get(WalkInRow, (conf, guest_id))
    if row is None:
        return None
    return WalkedIn(at=row.at, by=Actor.stored(row.actor, row.by), over=row.over, note=row.note)


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
