"""Who signed up for which session: rows to model and back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from conference_hub.followup.model import OnlineSession, Places, SessionId, SignUp
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
ORDER = (SignUpRow.at, SignUpRow.guest_id)
"""In which order seats are given."""
SEAT = 0
"""How somebody stands who has a seat."""


def sign_ups(session: Session, conf: str, session_id: str) -> list[SignUp]:
    """Return the sign-ups for one session, the earliest first."""
    rows = session.scalars(
        sa.select(SignUpRow)
        .where(SignUpRow.conf == conf, SignUpRow.session_id == session_id, HOLDS)
        .order_by(SignUpRow.at, SignUpRow.guest_id)
    )
    return [_sign_up(row) for row in rows]


def find_sign_up(session: Session, conf: str, session_id: str, guest_id: str) -> SignUp | None:
    """Return the place of a guest in a session, with a seat or waiting for one; None: they have none."""
    row = session.get(SignUpRow, (conf, session_id, guest_id))
    return _sign_up(row) if row is not None and row.status == TAKEN else None


def places_for(session: Session, conf: str, session_id: str, guest_id: str) -> Places:
    """Return the places of a session as a guest who signs up finds them."""
    of_session = sa.and_(SignUpRow.conf == conf, SignUpRow.session_id == session_id, HOLDS)
    counted = sa.select(sa.func.count(), sa.func.max(SignUpRow.at)).where(of_session)
    taken, last_at = session.execute(counted).one()
    return Places(taken=taken, last_at=last_at, own=find_sign_up(session, conf, session_id, guest_id))


def signed_up_for(session: Session, conf: str, session_id: str) -> int:
    """Return how many guests signed up for one session."""
    of_session = sa.and_(SignUpRow.conf == conf, SignUpRow.session_id == session_id, HOLDS)
    return session.scalar(sa.select(sa.func.count()).where(of_session)) or 0


def signed_up(session: Session, conf: str) -> dict[str, int]:
    """Return how many guests signed up, by session; sessions without any are left out."""
    rows = session.execute(
        sa.select(SignUpRow.session_id, sa.func.count())
        .where(SignUpRow.conf == conf, HOLDS)
        .group_by(SignUpRow.session_id)
    )
    return {session_id: taken for session_id, taken in rows}  # noqa: C416 - dict(rows) has no types


def signed_up_of_guest(session: Session, conf: str, guest_id: str) -> set[SessionId]:
    """Return the ids of the sessions that a guest signed up for, with a seat or without one yet."""
    return set(standing_of_guest(session, conf, guest_id))


def session_ids_of_guest(session: Session, conf: str, guest_id: str) -> list[SessionId]:
    """Return the ids of the sessions in which a guest has a seat, sorted."""
    standing = standing_of_guest(session, conf, guest_id)
    return [session_id for session_id, place in standing.items() if place == SEAT]


def standing_of_guest(
    session: Session, conf: str, guest_id: str, session_id: str | None = None
) -> dict[SessionId, int]:
    """Return how a guest stands in each session, or in one: `SEAT`, or as which one (from 1) they wait for a seat.

    Sessions without a place of theirs are left out; the others are sorted. One statement, which counts who came
    earlier only where the seats have an end.
    """
    found = _STANDING.where(PLACE.conf == conf, PLACE.guest_id == guest_id)
    if session_id is not None:
        found = found.where(PLACE.session_id == session_id)
    return {
        SessionId(one): SEAT if seats is None else max(SEAT, earlier + 1 - seats)
        for one, seats, earlier in session.execute(found)
    }


def sessions_of_guests(session: Session, conf: str, guest_ids: Collection[str]) -> set[SessionId]:
    """Return the sessions in which some of these guests have places."""
    theirs = sa.and_(SignUpRow.conf == conf, SignUpRow.guest_id.in_(guest_ids), HOLDS)
    return set(map(SessionId, session.scalars(sa.select(SignUpRow.session_id).where(theirs).distinct())))


def seated_among(session: Session, online: OnlineSession, guest_ids: Collection[str]) -> set[GuestId]:
    """Return which of these guests have a seat in a session."""
    found = sa.select(*ORDER).where(_of(online), SignUpRow.guest_id.in_(guest_ids))
    places = [(at, GuestId(guest_id)) for at, guest_id in session.execute(found)]
    if online.capacity == 0:
        return set()
    last = last_seat(session, online)
    return {place[1] for place in places if last is None or place <= last}


def last_seat(session: Session, online: OnlineSession) -> tuple[datetime, GuestId] | None:
    """Return when who has the last seat signed up, and who that is; None where nobody waits for a seat of a session.

    What was read before seats were given up says to `moved_up` who had one.
    """
    if not online.capacity:
        return None
    found = sa.select(*ORDER).where(_of(online)).order_by(*ORDER).offset(online.capacity - 1).limit(1)
    row = session.execute(found).first()
    return None if row is None else (row.at, GuestId(row.guest_id))


def moved_up(session: Session, online: OnlineSession, last: tuple[datetime, GuestId] | None) -> list[GuestId]:
    """Return who has a seat because others gave theirs up, in order; `last` is the `last_seat` before they did."""
    if last is None or not online.capacity:
        return []
    at, guest_id = last
    behind = sa.or_(SignUpRow.at > at, sa.and_(SignUpRow.at == at, SignUpRow.guest_id > guest_id))
    had = session.scalar(sa.select(sa.func.count()).where(_of(online), sa.not_(behind))) or 0
    new = sa.select(SignUpRow.guest_id).where(_of(online), behind).order_by(*ORDER)
    return [GuestId(one) for one in session.scalars(new.limit(max(0, online.capacity - had)))]


def having_places(session: Session, online: OnlineSession, guest_ids: Collection[str]) -> set[GuestId]:
    """Return which of these guests have a place in a session, with a seat or waiting for one."""
    found = sa.select(SignUpRow.guest_id).where(_of(online), SignUpRow.guest_id.in_(guest_ids))
    return set(map(GuestId, session.scalars(found)))


def seats_of(session: Session, conf: str) -> dict[GuestId, set[SessionId]]:
    """Return the sessions in which each guest has a seat."""
    found: dict[GuestId, set[SessionId]] = {}
    seated = sa.or_(RANKED.c.capacity.is_(None), RANKED.c.place <= RANKED.c.capacity)
    rows = sa.select(RANKED.c.guest_id, RANKED.c.session_id).where(RANKED.c.conf == conf, seated)
    for guest_id, session_id in session.execute(rows):
        found.setdefault(GuestId(guest_id), set()).add(SessionId(session_id))
    return found


def places_of_guests(
    session: Session, conf: str, guest_ids: Collection[str], session_ids: Collection[str]
) -> dict[GuestId, list[SessionId]]:
    """Return in which of some sessions guests have a place, with a seat or waiting for one; sorted."""
    rows = session.execute(
        sa.select(SignUpRow.guest_id, SignUpRow.session_id)
        .where(SignUpRow.conf == conf, SignUpRow.guest_id.in_(guest_ids))
        .where(SignUpRow.session_id.in_(session_ids), HOLDS)
        .order_by(SignUpRow.session_id)
    )
    found: dict[GuestId, list[SessionId]] = {}
    for guest_id, session_id in rows:
        found.setdefault(GuestId(guest_id), []).append(SessionId(session_id))
    return found


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
    _remember_sequences(session, conf, guest_ids)
    for row in (InvitationRow, PersonalCalendarRow):
        session.execute(sa.delete(row).where(row.conf == conf, row.guest_id.in_(guest_ids)))
    return sorted(map(SessionId, lost))


def _remember_sequences(session: Session, conf: str, guest_ids: Collection[str]) -> None:
    """Keep the highest SEQUENCE of the mails to guests who leave: calendars know it when somebody comes back."""
    highest = sa.func.max(InvitationRow.sequence)
    told = (
        sa.select(InvitationRow.session_id, highest)
        .where(InvitationRow.conf == conf, InvitationRow.guest_id.in_(guest_ids))
        .group_by(InvitationRow.session_id)
        .having(highest.is_not(None))
    )
    for session_id, number in session.execute(told).all():
        of_session = sa.and_(OnlineSessionRow.conf == conf, OnlineSessionRow.id == session_id)
        lower = sa.func.coalesce(OnlineSessionRow.left_sequence, -1) < number
        session.execute(sa.update(OnlineSessionRow).where(of_session, lower).values(left_sequence=number))


def first_sequence(session: Session, conf: str, session_id: str) -> int:
    """Return the lowest SEQUENCE that the first mail to a person may have, after those to people who left."""
    of_session = sa.and_(OnlineSessionRow.conf == conf, OnlineSessionRow.id == session_id)
    left = session.scalar(sa.select(OnlineSessionRow.left_sequence).where(of_session))
    return 0 if left is None else left + 1


def _of(online: OnlineSession) -> sa.ColumnElement[bool]:
    """Match the places of a session."""
    return sa.and_(SignUpRow.conf == online.conf, SignUpRow.session_id == online.id, HOLDS)


def _sign_up(row: SignUpRow) -> SignUp:
    return SignUp(session_id=SessionId(row.session_id), guest_id=GuestId(row.guest_id), at=row.at)


RANKED = (
    sa.select(
        SignUpRow.conf,
        SignUpRow.session_id,
        SignUpRow.guest_id,
        SignUpRow.at,
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

PLACE = aliased(SignUpRow)
_EARLIER = aliased(SignUpRow)
_BEFORE_IT = (
    sa.select(sa.func.count())
    .where(
        _EARLIER.conf == PLACE.conf,
        _EARLIER.session_id == PLACE.session_id,
        _EARLIER.status == TAKEN,
        sa.or_(_EARLIER.at < PLACE.at, sa.and_(_EARLIER.at == PLACE.at, _EARLIER.guest_id < PLACE.guest_id)),
    )
    .scalar_subquery()
)
EARLIER = sa.case((OnlineSessionRow.capacity.is_(None), 0), else_=_BEFORE_IT).label("earlier")
"""How many came before `PLACE`; where the seats have no end, nobody is counted."""
_STANDING = (
    sa.select(PLACE.session_id, OnlineSessionRow.capacity, EARLIER)
    .join(
        OnlineSessionRow,
        sa.and_(OnlineSessionRow.conf == PLACE.conf, OnlineSessionRow.id == PLACE.session_id),
    )
    .where(PLACE.status == TAKEN)
    .order_by(PLACE.session_id)
)
