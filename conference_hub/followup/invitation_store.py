"""Invitations: rows to model and back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.access.model import new_secret
from conference_hub.core.errors import NotFound, msg
from conference_hub.followup.invitations import Answer, Invitation, Told
from conference_hub.followup.model import OnlineSession, SessionId
from conference_hub.followup.tables import InvitationRow
from conference_hub.people.model import GuestId
from conference_hub.people.store import holders_of_email


def find(
    session: Session, conf: str, session_id: str, guest_id: str, *, lock: bool = False
) -> Invitation | None:
    """Return the invitation of a guest to a session, or None; its row is locked where it is read to be changed."""
    key = (conf, session_id, guest_id)
    row = session.get(InvitationRow, key, populate_existing=lock, with_for_update=True if lock else None)
    return _invitation(row) if row else None


def get(session: Session, conf: str, session_id: str, guest_id: str) -> Invitation:
    """Return the invitation of a guest to a session; raises NotFound."""
    found = find(session, conf, session_id, guest_id)
    if found is None:
        raise NotFound(msg("그런 초대가 없습니다."))
    return found


def find_by_token(session: Session, token: str) -> Invitation | None:
    """Return the invitation with this secret, or None."""
    row = session.scalars(sa.select(InvitationRow).where(InvitationRow.token == token)).one_or_none()
    return _invitation(row) if row else None


def of_session(session: Session, conf: str, session_id: str) -> dict[GuestId, Invitation]:
    """Return the invitations to a session by guest."""
    found = sa.select(InvitationRow).where(InvitationRow.conf == conf, InvitationRow.session_id == session_id)
    return {GuestId(row.guest_id): _invitation(row) for row in session.scalars(found)}


def among(session: Session, online: OnlineSession, guest_ids: Collection[str]) -> list[Invitation]:
    """Return the invitations of some guests to a session."""
    own = (InvitationRow.conf == online.conf, InvitationRow.session_id == online.id)
    found = sa.select(InvitationRow).where(*own, InvitationRow.guest_id.in_(guest_ids))
    return [_invitation(row) for row in session.scalars(found)]


def of_address(session: Session, conf: str, session_id: str, address: str) -> list[Invitation]:
    """Return the invitations to a session that went to an address in small letters, or whose guest has it today."""
    theirs = sa.or_(
        sa.func.lower(InvitationRow.attendee) == address,
        InvitationRow.guest_id.in_(holders_of_email(session, conf, address)),
    )
    own = (InvitationRow.conf == conf, InvitationRow.session_id == session_id)
    found = sa.select(InvitationRow).where(*own, theirs).order_by(InvitationRow.guest_id)
    return [_invitation(row) for row in session.scalars(found)]


def of_guest(session: Session, conf: str, guest_id: str) -> dict[SessionId, Invitation]:
    """Return the invitations of a guest by session."""
    found = sa.select(InvitationRow).where(InvitationRow.conf == conf, InvitationRow.guest_id == guest_id)
    return {SessionId(row.session_id): _invitation(row) for row in session.scalars(found)}


def of_guests(session: Session, conf: str, guest_ids: Collection[str]) -> list[Invitation]:
    """Return the invitations of several guests."""
    found = sa.select(InvitationRow).where(InvitationRow.conf == conf, InvitationRow.guest_id.in_(guest_ids))
    return [_invitation(row) for row in session.scalars(found)]


def ensure(session: Session, conf: str, session_id: SessionId, guest_id: GuestId) -> Invitation:
    """Return the invitation of a guest to a session; made with a new secret when there is none yet.

    Its row is locked: who sends mails writes into it beside those who change the conference.
    """
    found = find(session, conf, session_id, guest_id, lock=True)
    if found is None:
        found = Invitation(conf=conf, session_id=session_id, guest_id=guest_id, token=new_secret())
        save(session, found)
    return found


def save(session: Session, invitation: Invitation) -> None:
    """Insert an invitation, or update one that was read with its row locked."""
    session.merge(InvitationRow(**asdict(invitation)))
    session.flush()


def save_answer(session: Session, invitation: Invitation) -> None:
    """Write down what a person answered, and nothing else: what became of mails is written meanwhile."""
    key = (invitation.conf, invitation.session_id, invitation.guest_id)
    row = session.get_one(InvitationRow, key, populate_existing=True, with_for_update=True)
    row.answer, row.answered_at = invitation.answer, invitation.answered_at
    row.answer_sequence, row.answer_stamp = invitation.answer_sequence, invitation.answer_stamp
    session.flush()


def _invitation(row: InvitationRow) -> Invitation:
    return Invitation(
        conf=row.conf,
        session_id=SessionId(row.session_id),
        guest_id=GuestId(row.guest_id),
        token=row.token,
        sequence=row.sequence,
        told=Told(row.told) if row.told else None,
        stamp=row.stamp,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        host=row.host,
        organizer=row.organizer,
        attendee=row.attendee,
        mail_id=row.mail_id,
        waiting_at=row.waiting_at,
        waiting_mail_id=row.waiting_mail_id,
        sent_sequence=row.sent_sequence,
        sent_at=row.sent_at,
        held_starts_at=row.held_starts_at,
        held_ends_at=row.held_ends_at,
        held_host=row.held_host,
        held_attendee=row.held_attendee,
        bounced_at=row.bounced_at,
        answer=Answer(row.answer) if row.answer else None,
        answered_at=row.answered_at,
        answer_sequence=row.answer_sequence,
        answer_stamp=row.answer_stamp,
    )
