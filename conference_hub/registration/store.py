"""Registrations and the consents that were given: rows to model and back.

Who has a place is a guest: name, organisation and mode are read from the guest list, where organisers change them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.checkin.tables import WalkInRow
from conference_hub.core.errors import NotFound, msg
from conference_hub.people.model import GuestId, Mode
from conference_hub.people.store import MOST_IN_A_STATEMENT
from conference_hub.people.tables import GuestRow
from conference_hub.registration.model import (
    ConsentId,
    Given,
    InvitationId,
    Person,
    Registration,
    RegistrationId,
    Standing,
)
from conference_hub.registration.tables import ConsentGivenRow, RegistrationRow

MANY = 10_000
_HAS_PLACE = sa.and_(
    GuestRow.conf == RegistrationRow.conf,
    GuestRow.id == RegistrationRow.guest_id,
    RegistrationRow.state == Standing.ACCEPTED,
)
_NAME: sa.ColumnElement[str] = sa.func.coalesce(GuestRow.name, RegistrationRow.name)
_MODE: sa.ColumnElement[str] = sa.func.coalesce(GuestRow.mode, RegistrationRow.mode)
_ORGANISATION = sa.case((GuestRow.id.is_not(None), GuestRow.organisation), else_=RegistrationRow.organisation)


def find_registration(session: Session, conf: str, registration_id: str) -> Registration | None:
    """Return one registration, or None."""
    return _one(session, RegistrationRow.conf == conf, RegistrationRow.id == registration_id)


def get_registration(session: Session, conf: str, registration_id: str) -> Registration:
    """Return one registration; raises NotFound."""
    found = find_registration(session, conf, registration_id)
    if found is None:
        raise NotFound(msg("그런 등록이 없습니다."))
    return found


def registration_at(session: Session, conf: str, address_key: str) -> Registration | None:
    """Return the registration of a mail address, or None."""
    return _one(session, RegistrationRow.conf == conf, RegistrationRow.address_key == address_key)


def registration_of_guest(session: Session, conf: str, guest_id: str) -> Registration | None:
    """Return the registration by which a guest came onto the list, or None."""
    return _one(session, RegistrationRow.conf == conf, RegistrationRow.guest_id == guest_id)


def registrations_of_guests(session: Session, conf: str, guest_ids: Collection[str]) -> list[Registration]:
    """Return the registrations of these guests, in every state; who got another address may have several."""
    wanted, found = sorted(guest_ids), []
    for first in range(0, len(wanted), MOST_IN_A_STATEMENT):
        some = RegistrationRow.guest_id.in_(wanted[first : first + MOST_IN_A_STATEMENT])
        rows = session.execute(_all().where(RegistrationRow.conf == conf, some).order_by(RegistrationRow.id))
        found += [_registration(row) for row in rows]
    return found


def registrations(
    session: Session,
    conf: str,
    *,
    state: Standing | None = None,
    mode: Mode | None = None,
    words: str = "",
    skip: int = 0,
    most: int = MANY,
) -> list[Registration]:
    """Return registrations in the order in which they queue; `words` stand in name, organisation or address."""
    statement = _all().where(RegistrationRow.conf == conf)
    if state is not None:
        statement = statement.where(RegistrationRow.state == state)
    if mode is not None:
        statement = statement.where(_MODE.in_([mode]))
    if words:
        columns = (_NAME, _ORGANISATION, RegistrationRow.address)
        statement = statement.where(sa.or_(*(column.icontains(words, autoescape=True) for column in columns)))
    in_order = statement.order_by(RegistrationRow.queued_at, RegistrationRow.id)
    return [_registration(found) for found in session.execute(in_order.offset(skip).limit(most))]


def unconfirmed(session: Session, conf: str, before: datetime, most: int) -> list[Registration]:
    """Return registrations that hold something unconfirmed since `before` or longer, the longest first."""
    waiting = _all().where(RegistrationRow.conf == conf, RegistrationRow.unconfirmed_since <= before)
    in_order = waiting.order_by(RegistrationRow.unconfirmed_since, RegistrationRow.id)
    return [_registration(found) for found in session.execute(in_order.limit(most))]


def conferences_unconfirmed(session: Session, before: datetime) -> list[str]:
    """Return the conferences in which something is held unconfirmed since `before` or longer."""
    found = sa.select(RegistrationRow.conf).where(RegistrationRow.unconfirmed_since <= before)
    return list(session.scalars(found.distinct().order_by(RegistrationRow.conf)))


def save_registration(session: Session, conf: str, registration: Registration) -> None:
    """Insert or update a registration."""
    person = registration.person
    session.merge(
        RegistrationRow(
            conf=conf,
            id=registration.id,
            address_key=person.key,
            address=person.address,
            name=person.name,
            organisation=person.organisation,
            mode=person.mode,
            language=person.language,
            state=registration.state,
            answers=dict(registration.answers),
            created_at=registration.created_at,
            queued_at=registration.queued_at,
            notice_version=registration.notice_version,
            guest_id=registration.guest_id,
            invitation_id=registration.invitation_id,
            link_number=registration.link_number,
            revision=registration.revision,
            changed_by=registration.changed_by,
            guest_own=registration.guest_own,
            proved=registration.proved,
            unconfirmed_since=registration.unconfirmed_since,
        )
    )
    session.flush()


def delete_registration(session: Session, conf: str, registration_id: RegistrationId) -> None:
    """Delete a registration; its consents go with it."""
    session.execute(
        sa.delete(RegistrationRow).where(RegistrationRow.conf == conf, RegistrationRow.id == registration_id)
    )
    session.expire_all()


def counts(session: Session, conf: str) -> Mapping[Standing, int]:
    """Return how many registrations are in each state."""
    rows = session.execute(
        sa.select(RegistrationRow.state, sa.func.count())
        .where(RegistrationRow.conf == conf)
        .group_by(RegistrationRow.state)
    )
    found = {Standing(state): number for state, number in rows}
    return {state: found.get(state, 0) for state in Standing}


def by_mode(session: Session, conf: str, state: Standing) -> Mapping[Mode, int]:
    """Return how many registrations of each mode are in a state."""
    rows = session.execute(
        sa.select(_MODE, sa.func.count())
        .select_from(RegistrationRow)
        .outerjoin(GuestRow, _HAS_PLACE)
        .where(RegistrationRow.conf == conf, RegistrationRow.state == state)
        .group_by(_MODE)
    )
    return {Mode(mode): number for mode, number in rows}


def walk_ins(session: Session, conf: str) -> Mapping[Mode, int]:
    """Return how many guests of each mode were registered at a door, those who have a place by registration aside."""
    registered = (
        sa.select(RegistrationRow.id)
        .where(
            RegistrationRow.conf == conf,
            RegistrationRow.guest_id == WalkInRow.guest_id,
            RegistrationRow.state == Standing.ACCEPTED,
        )
        .exists()
    )
    rows = session.execute(
        sa.select(GuestRow.mode, sa.func.count())
        .join(WalkInRow, sa.and_(WalkInRow.conf == GuestRow.conf, WalkInRow.guest_id == GuestRow.id))
        .where(GuestRow.conf == conf, ~registered)
        .group_by(GuestRow.mode)
    )
    return {Mode(mode): number for mode, number in rows}


def answered(session: Session, conf: str) -> Mapping[str, int]:
    """Return how many registrations answered each question."""
    rows = session.scalars(sa.select(RegistrationRow.answers).where(RegistrationRow.conf == conf))
    return Counter(question_id for answers in rows for question_id in answers)


def ahead_of(session: Session, conf: str, registration: Registration) -> int:
    """Return how many wait for the same mode before a registration that waits."""
    earlier = sa.and_(
        RegistrationRow.conf == conf,
        RegistrationRow.state == Standing.WAITING,
        RegistrationRow.mode == registration.person.mode,
        sa.or_(
            RegistrationRow.queued_at < registration.queued_at,
            sa.and_(
                RegistrationRow.queued_at == registration.queued_at, RegistrationRow.id < registration.id
            ),
        ),
    )
    return session.scalar(sa.select(sa.func.count()).select_from(RegistrationRow).where(earlier)) or 0


def consents_of(session: Session, conf: str, registration_id: str) -> list[Given]:
    """Return what somebody consented to, withdrawn consents too, in the order in which they were given."""
    rows = session.scalars(
        sa.select(ConsentGivenRow)
        .where(ConsentGivenRow.conf == conf, ConsentGivenRow.registration_id == registration_id)
        .order_by(ConsentGivenRow.given_at, ConsentGivenRow.consent_id)
    )
    return [
        Given(
            registration_id=RegistrationId(row.registration_id),
            consent_id=ConsentId(row.consent_id),
            version=row.version,
            given_at=row.given_at,
            withdrawn_at=row.withdrawn_at,
        )
        for row in rows
    ]


def add_given(session: Session, conf: str, given: Given) -> None:
    """Write down a consent."""
    session.add(
        ConsentGivenRow(
            conf=conf,
            registration_id=given.registration_id,
            consent_id=given.consent_id,
            given_at=given.given_at,
            version=given.version,
            withdrawn_at=given.withdrawn_at,
        )
    )
    session.flush()


def mark_withdrawn(session: Session, conf: str, given: Given, at: datetime) -> None:
    """Write down that a consent was withdrawn; that it was given stays on record."""
    key = (conf, given.registration_id, given.consent_id, given.given_at)
    session.get_one(ConsentGivenRow, key).withdrawn_at = at
    session.flush()


def _one(session: Session, *conditions: sa.ColumnElement[bool]) -> Registration | None:
    found = session.execute(_all().where(*conditions)).first()
    return _registration(found) if found else None


def _all() -> sa.Select[RegistrationRow, str, str | None, str]:
    return sa.select(RegistrationRow, _NAME, _ORGANISATION, _MODE).outerjoin(GuestRow, _HAS_PLACE)


def _registration(found: sa.Row[RegistrationRow, str, str | None, str]) -> Registration:
    row, name, organisation, mode = found
    return Registration(
        id=RegistrationId(row.id),
        person=Person(
            name=name,
            address=row.address,
            organisation=organisation,
            mode=Mode(mode),
            language=row.language,
        ),
        state=Standing(row.state),
        answers=row.answers,
        created_at=row.created_at,
        queued_at=row.queued_at,
        notice_version=row.notice_version,
        guest_id=GuestId(row.guest_id) if row.guest_id else None,
        invitation_id=InvitationId(row.invitation_id) if row.invitation_id else None,
        link_number=row.link_number,
        revision=row.revision,
        changed_by=row.changed_by,
        guest_own=row.guest_own,
        proved=row.proved,
        unconfirmed_since=row.unconfirmed_since,
    )
