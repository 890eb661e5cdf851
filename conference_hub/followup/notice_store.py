"""When those who signed up are told of changes, and who stands how with a session: rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.followup import invitation_store
from conference_hub.followup.invitations import Invitation
from conference_hub.followup.model import OnlineSession, SessionId
from conference_hub.followup.sign_up_store import HOLDS, having_places, seated_among
from conference_hub.followup.tables import FollowupSetupRow, InvitationRow, OnlineSessionRow, SignUpRow
from conference_hub.people.model import GuestId
from conference_hub.people.tables import GuestRow

USUAL_COOLING_MIN = 10
AT_A_TIME = 500
"""Guests of whom is read at once how they stand with a session."""


@dataclass(frozen=True, kw_only=True)
class FollowupSetup:
    """How many minutes changes wait before people are told, and whether they wait until somebody says so.

    `sending_id` is the sending to which the mails belong that are being written, None: none are.
    """

    cooling_min: int = USUAL_COOLING_MIN
    hold: bool = False
    sending_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a guest stands with a session: signed up or not, `seated` or waiting, at an address or without one."""

    guest_id: GuestId
    signed_up: bool
    seated: bool
    address: str | None
    invitation: Invitation | None


def setup_of(session: Session, conf: str) -> FollowupSetup:
    """Return what organisers chose; the usual while they chose nothing."""
    row = session.get(FollowupSetupRow, (conf,))
    if row is None:
        return FollowupSetup()
    return FollowupSetup(cooling_min=row.cooling_min, hold=row.hold, sending_id=row.sending_id)


def save_setup(session: Session, conf: str, setup: FollowupSetup) -> None:
    """Keep what organisers chose."""
    session.merge(
        FollowupSetupRow(
            conf=conf, cooling_min=setup.cooling_min, hold=setup.hold, sending_id=setup.sending_id
        )
    )
    session.flush()


def set_due(session: Session, conf: str, session_ids: Iterable[str], at: datetime | None) -> None:
    """Say when people are told of these sessions, None: there is nothing to tell."""
    session.flush()
    session.execute(
        sa.update(OnlineSessionRow)
        .where(OnlineSessionRow.conf == conf, OnlineSessionRow.id.in_(list(session_ids)))
        .values(notify_at=at)
    )


def waiting(session: Session, conf: str) -> dict[SessionId, datetime]:
    """Return the sessions of a conference whose changes are still to be told, with when."""
    rows = session.execute(
        sa.select(OnlineSessionRow.id, OnlineSessionRow.notify_at)
        .where(OnlineSessionRow.conf == conf, OnlineSessionRow.notify_at.is_not(None))
        .order_by(OnlineSessionRow.notify_at, OnlineSessionRow.id)
    )
    return {SessionId(one): at for one, at in rows if at is not None}


def due(session: Session, at: datetime) -> list[tuple[str, SessionId, datetime]]:
    """Return `(conf, session, since when)` of what is to be told at `at`, the earliest first."""
    found = _timed().where(OnlineSessionRow.notify_at <= at).order_by(OnlineSessionRow.notify_at)
    return [(row.conf, SessionId(row.id), row.notify_at) for row in session.execute(found) if row.notify_at]


def next_due(session: Session, after: datetime) -> datetime | None:
    """Return when something is to be told next after `after`, None: nothing waits."""
    found = _timed().where(OnlineSessionRow.notify_at > after).order_by(OnlineSessionRow.notify_at).limit(1)
    row = session.execute(found).first()
    return row.notify_at if row else None


def standings(session: Session, online: OnlineSession) -> Iterator[Standing]:
    """Yield how everybody stands with a session who signed up for it or was told of it, by guest.

    They are read some at a time: what is in memory does not grow with the session.
    """
    some = _involved(session, online, "")
    while some:
        yield from _standings_of(session, online, some)
        some = _involved(session, online, some[-1])


def _involved(session: Session, online: OnlineSession, after: str) -> list[GuestId]:
    """Return the next guests after one who signed up for a session or were told of it, in the order of their ids."""
    concerned = [
        sa.select(row.guest_id)
        .where(row.conf == online.conf, row.session_id == online.id, row.guest_id > after)
        .where(holds)
        for row, holds in ((SignUpRow, HOLDS), (InvitationRow, sa.true()))
    ]
    both = sa.union(*concerned).subquery()
    found = sa.select(both.c.guest_id).order_by(both.c.guest_id).limit(AT_A_TIME)
    return [GuestId(guest_id) for guest_id in session.scalars(found)]


def _standings_of(session: Session, online: OnlineSession, guest_ids: list[GuestId]) -> list[Standing]:
    signed_up = having_places(session, online, guest_ids)
    seats = seated_among(session, online, guest_ids)
    invited = {one.guest_id: one for one in invitation_store.among(session, online, guest_ids)}
    addresses = _addresses(session, online.conf, guest_ids)
    return [
        Standing(
            guest_id=guest_id,
            signed_up=guest_id in signed_up,
            seated=guest_id in seats,
            address=addresses.get(guest_id),
            invitation=invited.get(guest_id),
        )
        for guest_id in guest_ids
    ]


def _addresses(session: Session, conf: str, guest_ids: list[GuestId]) -> dict[str, str]:
    rows = session.execute(
        sa.select(GuestRow.id, GuestRow.email).where(GuestRow.conf == conf, GuestRow.id.in_(guest_ids))
    )
    return {guest_id: address for guest_id, address in rows if address}


def _timed() -> sa.Select[str, str, datetime | None]:
    """Select the sessions with something to tell, of conferences that do not hold it back."""
    return (
        sa.select(OnlineSessionRow.conf, OnlineSessionRow.id, OnlineSessionRow.notify_at)
        .outerjoin(FollowupSetupRow, FollowupSetupRow.conf == OnlineSessionRow.conf)
        .where(
            OnlineSessionRow.notify_at.is_not(None),
            sa.or_(FollowupSetupRow.hold.is_(None), FollowupSetupRow.hold.is_(False)),
        )
    )
