"""Rows of badges as paper: which are printed, which have to be printed again, and what all of them show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.checkin.badge_design import BadgeDesign, BadgeState, Layout, Shown
from conference_hub.checkin.model import Badge
from conference_hub.checkin.tables import BadgeDesignRow, BadgeRow
from conference_hub.people.model import GuestId
from conference_hub.people.store import MOST_IN_A_STATEMENT


def add_badges(session: Session, conf: str, badges: Sequence[Badge]) -> None:
    """Insert new badges."""
    rows = [
        {"conf": conf, "token": badge.token, "guest_id": badge.guest_id, "issued_at": badge.issued_at}
        for badge in badges
    ]
    if rows:
        session.connection().execute(_ADD, rows)


def badge_states(session: Session, conf: str) -> dict[GuestId, BadgeState]:
    """Return the state of every badge that opens gates, by guest."""
    rows = session.connection().execute(_STATES, {"conf_": conf})
    return {
        GuestId(row.guest_id): BadgeState(token=row.token, printed_at=row.printed_at, reprint=row.reprint)
        for row in rows
    }


def badge_states_of(session: Session, conf: str, guest_ids: Iterable[str]) -> dict[GuestId, BadgeState]:
    """Return the state of the badges of these guests that open gates, by guest."""
    rows = session.connection().execute(_STATES_OF, {"conf_": conf, "guests_": list(guest_ids)})
    return {
        GuestId(row.guest_id): BadgeState(token=row.token, printed_at=row.printed_at, reprint=row.reprint)
        for row in rows
    }


def find_badge_state(session: Session, conf: str, guest_id: str) -> BadgeState | None:
    """Return the state of the badge that opens gates for a guest, or None."""
    row = session.connection().execute(_STATE, {"conf_": conf, "guest_": guest_id}).first()
    return BadgeState(token=row.token, printed_at=row.printed_at, reprint=row.reprint) if row else None


def mark_printed(session: Session, conf: str, guest_ids: Iterable[str], at: datetime) -> int:
    """Write down that the badges of these guests were printed; returns how many there were."""
    return sum(
        session.connection().execute(_PRINTED, {"conf_": conf, "guests_": some, "at_": at}).rowcount
        for some in _slices(list(guest_ids))
    )


def mark_outdated(session: Session, conf: str, guest_ids: Iterable[str]) -> None:
    """Write down that badges of these guests which were printed show what is not true any more."""
    for some in _slices(list(guest_ids)):
        session.connection().execute(_OUTDATED, {"conf_": conf, "guests_": some})


def badge_design(session: Session, conf: str) -> BadgeDesign:
    """Return what the badges of a conference show."""
    row = session.get(BadgeDesignRow, conf)
    if row is None:
        return BadgeDesign()
    shown = frozenset(Shown(name) for name in row.fields)
    return BadgeDesign(layout=Layout(row.layout), shown=shown, colours=row.colours)


def save_design(session: Session, conf: str, design: BadgeDesign) -> None:
    """Insert or update what the badges of a conference show."""
    fields = [one.value for one in Shown if one in design.shown]
    row = BadgeDesignRow(conf=conf, layout=design.layout, fields=fields, colours=design.colours)
    session.merge(row)
    session.flush()


def _slices(ids: list[str]) -> Iterator[list[str]]:
    for first in range(0, len(ids), MOST_IN_A_STATEMENT):
        yield ids[first : first + MOST_IN_A_STATEMENT]


_TABLE = cast("sa.Table", BadgeRow.__table__)
_BADGES = _TABLE.c
_VALID = sa.and_(_BADGES.conf == sa.bindparam("conf_"), _BADGES.revoked_at.is_(None))
_THEIRS = _BADGES.guest_id.in_(sa.bindparam("guests_", expanding=True))
_STATES = sa.select(_BADGES.guest_id, _BADGES.token, _BADGES.printed_at, _BADGES.reprint).where(_VALID)
_STATE = _STATES.where(_BADGES.guest_id == sa.bindparam("guest_"))
_STATES_OF = _STATES.where(_THEIRS)
_ADD = sa.insert(_TABLE)
_PRINTED = sa.update(_TABLE).where(_VALID, _THEIRS).values(printed_at=sa.bindparam("at_"), reprint=sa.false())
_OUTDATED = (
    sa.update(_TABLE).where(_VALID, _THEIRS, _BADGES.printed_at.is_not(None)).values(reprint=sa.true())
)
