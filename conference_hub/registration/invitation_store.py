"""Invitations: rows to model and back, and how often each was used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.core.errors import NotFound, msg
from conference_hub.registration.model import Invitation, InvitationId, Standing
from conference_hub.registration.tables import InvitationRow, RegistrationRow


def invitations(session: Session, conf: str) -> Sequence[Invitation]:
    """Return the invitations of a conference, the newest first."""
    rows = session.scalars(
        sa.select(InvitationRow)
        .where(InvitationRow.conf == conf)
        .order_by(InvitationRow.created_at.desc(), InvitationRow.id)
    )
    return [_invitation(row) for row in rows]


def invitation_uses(session: Session, conf: str) -> Mapping[str, int]:
    """Return how often each invitation was used; a registration that is over gives its use back."""
    rows = session.execute(
        sa.select(RegistrationRow.invitation_id, sa.func.count())
        .where(
            RegistrationRow.conf == conf,
            RegistrationRow.invitation_id.is_not(None),
            RegistrationRow.state.not_in([state for state in Standing if state.over]),
        )
        .group_by(RegistrationRow.invitation_id)
    )
    return {str(invitation_id): number for invitation_id, number in rows}


def find_invitation(session: Session, conf: str, code: str) -> Invitation | None:
    """Return the invitation with a code, or None."""
    row = session.scalars(
        sa.select(InvitationRow).where(InvitationRow.conf == conf, InvitationRow.code == code)
    ).first()
    return _invitation(row) if row else None


def get_invitation(session: Session, conf: str, invitation_id: str) -> Invitation:
    """Return one invitation; raises NotFound."""
    row = session.get(InvitationRow, (conf, invitation_id))
    if row is None:
        raise NotFound(msg("그런 초대가 없습니다."))
    return _invitation(row)


def save_invitation(session: Session, conf: str, invitation: Invitation) -> None:
    """Insert or update an invitation."""
    session.merge(
        InvitationRow(
            conf=conf,
            id=invitation.id,
            code=invitation.code,
            title=invitation.title,
            address=invitation.address,
            most=invitation.most,
            created_at=invitation.created_at,
            by=invitation.by,
            revoked_at=invitation.revoked_at,
        )
    )
    session.flush()


def _invitation(row: InvitationRow) -> Invitation:
    return Invitation(
        id=InvitationId(row.id),
        code=row.code,
        title=row.title,
        address=row.address,
        most=row.most,
        created_at=row.created_at,
        by=row.by,
        revoked_at=row.revoked_at,
    )
