"""Rows of sendings to model and back, and how far each of them is."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.core.actor import Actor
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.text import Text
from conference_hub.outbox.model import Sending, SendingId, SendingState
from conference_hub.outbox.tables import SendingRow


def add_sending(session: Session, sending: Sending, actor: Actor) -> None:
    """Write a new sending down."""
    session.add(
        SendingRow(
            conf=sending.conf,
            id=sending.id,
            kind=sending.kind,
            title=sending.title.as_doc(),
            created_at=sending.created_at,
            by=sending.by,
            actor=actor.id,
            state=sending.state,
        )
    )
    session.flush()


def get_sending(session: Session, conf: str, sending_id: str, *, lock: bool = False) -> Sending:
    """Return one sending of a conference; raises NotFound."""
    statement = sa.select(SendingRow).where(SendingRow.conf == conf, SendingRow.id == sending_id)
    row = session.scalars(statement.with_for_update() if lock else statement).first()
    if row is None:
        raise NotFound(msg("그런 발송이 없습니다."))
    return _sending(row)


def _sending(row: SendingRow) -> Sending:
    return Sending(
        id=SendingId(row.id),
        conf=row.conf,
        kind=row.kind,
        title=Text.of(row.title),
        created_at=row.created_at,
        by=row.by,
        state=SendingState(row.state),
    )
