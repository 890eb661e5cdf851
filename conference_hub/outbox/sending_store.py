"""Rows of sendings to model and back, and how far each of them is."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.core.actor import Actor
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.text import Text
from conference_hub.outbox.model import MailState, Sending, SendingId, SendingState
from conference_hub.outbox.progress import Progress
from conference_hub.outbox.round_store import rounds_of
from conference_hub.outbox.tables import MailRow, SendingRow


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


def save_state(session: Session, sending: Sending) -> None:
    """Write down what people decided of a sending."""
    own = sa.and_(SendingRow.conf == sending.conf, SendingRow.id == sending.id)
    session.execute(sa.update(SendingRow).where(own).values(state=sending.state))


def sendings(session: Session, conf: str, *, skip: int = 0, most: int = 50) -> list[Progress]:
    """Return the sendings of a conference, the newest first, with how far each is."""
    newest = sa.select(SendingRow).where(SendingRow.conf == conf)
    newest = newest.order_by(SendingRow.created_at.desc(), SendingRow.id).offset(skip).limit(most)
    found = [_sending(row) for row in session.scalars(newest)]
    return _progress(session, conf, found)


def progress_of(session: Session, conf: str, sending_id: str) -> Progress:
    """Return how far a sending is; raises NotFound."""
    [progress] = _progress(session, conf, [get_sending(session, conf, sending_id)])
    return progress


def _progress(session: Session, conf: str, sendings: Sequence[Sending]) -> list[Progress]:
    ids = [sending.id for sending in sendings]
    counts, writing = _counts(session, ids), rounds_of(session, conf, ids)
    return [
        Progress(sending=sending, counts=counts[sending.id], writing=writing.get(sending.id))
        for sending in sendings
    ]


def _counts(session: Session, sendings: Collection[str]) -> dict[str, dict[MailState, int]]:
    columns = MailRow.sending_id, MailRow.state
    rows = session.execute(
        sa.select(*columns, sa.func.count()).where(MailRow.sending_id.in_(sendings)).group_by(*columns)
    )
    counts: dict[str, dict[MailState, int]] = {sending: {} for sending in sendings}
    for sending, state, number in rows:
        counts[str(sending)][MailState(state)] = number
    return counts


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
