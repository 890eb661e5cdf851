"""Mails to many that are being written: rows to model and back."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.core.actor import Actor
from conference_hub.outbox.model import BulkRound, SendingId, SendingState
from conference_hub.outbox.tables import BulkRoundRow, SendingRow


def rounds(session: Session) -> list[BulkRound]:
    """Return all rounds of all conferences, in the order of their sendings' ids."""
    return _found(session, _ALL.order_by(BulkRoundRow.sending_id))


def find_round(session: Session, conf: str, sending_id: str) -> BulkRound | None:
    """Return the round of a sending, None: all of it was written."""
    own = sa.and_(BulkRoundRow.conf == conf, BulkRoundRow.sending_id == sending_id)
    return next(iter(_found(session, _ALL.where(own))), None)


def find_going(session: Session, conf: str, kind: str, occasion: str) -> BulkRound | None:
    """Return the round in which a mail is written about an occasion, None: none is, or people stopped it."""
    same = sa.and_(BulkRoundRow.conf == conf, BulkRoundRow.kind == kind, BulkRoundRow.occasion == occasion)
    goes_on = SendingRow.state != SendingState.STOPPED
    return next(iter(_found(session, _ALL.where(same, goes_on))), None)


def rounds_of(session: Session, conf: str, sending_ids: Collection[str]) -> dict[SendingId, BulkRound]:
    """Return the rounds of those of the sendings that are being written."""
    own = sa.and_(BulkRoundRow.conf == conf, BulkRoundRow.sending_id.in_(sending_ids))
    return {one.sending_id: one for one in _found(session, _ALL.where(own))}


def save_round(session: Session, current: BulkRound) -> None:
    """Keep how far a round is."""
    session.merge(
        BulkRoundRow(
            conf=current.conf,
            sending_id=current.sending_id,
            kind=current.kind,
            occasion=current.occasion,
            after_guest=current.after,
            written=current.written,
            planned=current.planned,
        )
    )
    session.flush()


def end_round(session: Session, current: BulkRound) -> None:
    """Forget a round: nothing more is written of it."""
    session.execute(
        sa.delete(BulkRoundRow).where(
            BulkRoundRow.conf == current.conf, BulkRoundRow.sending_id == current.sending_id
        )
    )


_ALL = sa.select(BulkRoundRow, SendingRow.actor, SendingRow.by).join(
    SendingRow, sa.and_(SendingRow.conf == BulkRoundRow.conf, SendingRow.id == BulkRoundRow.sending_id)
)


def _found(session: Session, statement: sa.Select[BulkRoundRow, str, str]) -> list[BulkRound]:
    rows = session.execute(statement, execution_options={"populate_existing": True})
    return [
        BulkRound(
            conf=row.conf,
            sending_id=SendingId(row.sending_id),
            kind=row.kind,
            occasion=row.occasion,
            by=Actor.stored(actor, label),
            planned=row.planned,
            written=row.written,
            after=row.after_guest,
        )
        for row, actor, label in rows
    ]
