"""Who signed up for which session, and the calendars of their own: rows to model and back."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.access.model import new_secret
from conference_hub.conferences.model import State
from conference_hub.conferences.tables import ConferenceRow
from conference_hub.followup.model import PersonalCalendar, SessionId, SignUp
from conference_hub.followup.tables import (
    InvitationRow,
    OnlineSessionRow,
    PersonalCalendarRow,
    SignUpRow,
)
from conference_hub.people.model import GuestId

TAKEN, WITHDRAWN = "taken", "withdrawn"
HOLDS = SignUpRow.status == TAKEN
"""Which rows are places: that of somebody who withdrew is kept, and counts nowhere."""


def sign_ups(session: Session, conf: str, session_id: str) -> list[SignUp]:
    """Return the sign-ups for one session, the earliest first."""
    rows = session.scalars(
        sa.select(SignUpRow)
        .where(SignUpRow.conf == conf, SignUpRow.session_id == session_id, HOLDS)
        .order_by(SignUpRow.at, SignUpRow.guest_id)
    )
    return [_sign_up(row) for row in rows]


def signed_up(session: Session, conf: str) -> dict[str, int]:
    """Return how many guests signed up, by session; sessions without any are left out."""
    rows = session.execute(
        sa.select(SignUpRow.session_id, sa.func.count())
        .where(SignUpRow.conf == conf, HOLDS)
        .group_by(SignUpRow.session_id)
    )
    return {session_id: taken for session_id, taken in rows}  # noqa: C416 - dict(rows) has no types


def session_ids_of_guest(session: Session, conf: str, guest_id: str) -> list[SessionId]:
    """Return the ids of the sessions in which a guest has a seat, sorted."""
    places = _places(session, conf, guest_id)
    return [session_id for session_id, place in places.items() if place is None]


def waiting_of_guest(session: Session, conf: str, guest_id: str) -> dict[SessionId, int]:
    """Return as which one (from 1) a guest waits for a seat, by session."""
    places = _places(session, conf, guest_id)
    return {session_id: place for session_id, place in places.items() if place is not None}


def save_sign_up(session: Session, conf: str, sign_up: SignUp) -> None:
    """Save a place, also that of a guest who withdrew before; one who has a place keeps it."""
    row = session.get(SignUpRow, (conf, sign_up.session_id, sign_up.guest_id))
    if row is None:
        row = SignUpRow(conf=conf, session_id=sign_up.session_id, guest_id=sign_up.guest_id, status=WITHDRAWN)
        session.add(row)
    if row.status != TAKEN:
        row.at, row.status = sign_up.at, TAKEN
        session.flush()


def withdraw_sign_up(session: Session, conf: str, sign_up: SignUp) -> None:
    """Give a place up; its row stays, so that what the guest was told has something to stand beside."""
    row = session.get(SignUpRow, (conf, sign_up.session_id, sign_up.guest_id))
    if row is not None:
        row.status = WITHDRAWN
        session.flush()


def forget_guests(session: Session, conf: str, guest_ids: Collection[str]) -> list[SessionId]:
    """Remove sign-ups, invitations and own calendars of guests; returns the sessions that lost a place, sorted."""
    theirs = sa.and_(SignUpRow.conf == conf, SignUpRow.guest_id.in_(guest_ids))
    lost = session.scalars(sa.select(SignUpRow.session_id).where(theirs, HOLDS).distinct()).all()
    session.execute(sa.delete(SignUpRow).where(theirs))
    for row in (InvitationRow, PersonalCalendarRow):
        session.execute(sa.delete(row).where(row.conf == conf, row.guest_id.in_(guest_ids)))
    return sorted(map(SessionId, lost))


def calendar_token(session: Session, conf: str, guest_id: str) -> str:
    """Return the secret of a guest's own calendar; makes it at the first call (needs a writing session then)."""
    row = session.get(PersonalCalendarRow, (conf, guest_id))
    if row is None:
        row = PersonalCalendarRow(conf=conf, guest_id=guest_id, token=new_secret())
        session.add(row)
        session.flush()
    return row.token


def find_calendar_token(session: Session, conf: str, guest_id: str) -> str | None:
    """Return the secret of a guest's own calendar, or None when there is none yet."""
    row = session.get(PersonalCalendarRow, (conf, guest_id))
    return row.token if row else None


def find_personal_calendar(session: Session, token: str) -> PersonalCalendar | None:
    """Return what the personal calendar with this secret holds at present, or None; one statement."""
    rows = session.connection().execute(_PERSONAL_CALENDAR, {"token_": token}).all()
    if not rows:
        return None
    mine = [SessionId(row.session_id) for row in rows if row.session_id is not None]
    return PersonalCalendar(
        conf=rows[0].conf,
        guest_id=GuestId(rows[0].guest_id),
        revision=rows[0].revision,
        state=State(rows[0].state),
        session_ids=tuple(mine),
    )


def _places(session: Session, conf: str, guest_id: str) -> dict[SessionId, int | None]:
    """Return for each session that a guest signed up for None, or as which one they wait."""
    rows = session.execute(
        sa.select(_RANKED.c.session_id, _RANKED.c.place, _RANKED.c.capacity)
        .where(_RANKED.c.conf == conf, _RANKED.c.guest_id == guest_id)
        .order_by(_RANKED.c.session_id)
    )
    return {SessionId(one): place - seats if _waits(place, seats) else None for one, place, seats in rows}


def _waits(place: int, seats: int | None) -> bool:
    return seats is not None and place > seats


def _sign_up(row: SignUpRow) -> SignUp:
    return SignUp(session_id=SessionId(row.session_id), guest_id=GuestId(row.guest_id), at=row.at)


_RANKED = (
    sa.select(
        SignUpRow.conf,
        SignUpRow.session_id,
        SignUpRow.guest_id,
        OnlineSessionRow.capacity,
        sa.func.row_number()
        .over(
            partition_by=[SignUpRow.conf, SignUpRow.session_id], order_by=[SignUpRow.at, SignUpRow.guest_id]
        )
        .label("place"),
    )
    .join(
        OnlineSessionRow,
        sa.and_(OnlineSessionRow.conf == SignUpRow.conf, OnlineSessionRow.id == SignUpRow.session_id),
    )
    .where(HOLDS)
    .subquery("ranked")
)
"""Every sign-up that holds with its place in its session, from 1."""
_PERSONAL_CALENDAR = (
    sa.select(
        PersonalCalendarRow.conf,
        PersonalCalendarRow.guest_id,
        ConferenceRow.revision,
        ConferenceRow.state,
        _RANKED.c.session_id,
    )
    .join(ConferenceRow, ConferenceRow.slug == PersonalCalendarRow.conf)
    .outerjoin(
        _RANKED,
        sa.and_(
            _RANKED.c.conf == PersonalCalendarRow.conf,
            _RANKED.c.guest_id == PersonalCalendarRow.guest_id,
            sa.or_(_RANKED.c.capacity.is_(None), _RANKED.c.place <= _RANKED.c.capacity),
        ),
    )
    .where(PersonalCalendarRow.token == sa.bindparam("token_"))
    .order_by(_RANKED.c.session_id)
)
