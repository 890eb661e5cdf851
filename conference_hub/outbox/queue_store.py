"""Which mails are handed over next, in which order, and which ones wait in vain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from conference_hub.outbox.model import Mail, MailId, MailState, SendingState
from conference_hub.outbox.tables import MailRow, SendingRow

PACE = 0x6D61696C
"""The advisory lock of PostgreSQL for the pace of mails."""


def candidates(session: Session, at: datetime, most: int) -> list[MailId]:
    """Return mails that may be handed over at `at`: those whose sender died, those of no sending, then of sendings.

    Sendings take turns: each gives as many as every other one. Who takes a mail looks again whether it is still due.
    """
    found = _ids(session, _orphaned(at), most)
    found += _ids(session, sa.and_(_ready(at), MailRow.sending_id.is_(None)), most - len(found))
    going = _with_mails_that_wait(session) if len(found) < most else []
    share = -(-(most - len(found)) // len(going)) if going else 0
    for sending in going:
        found += _ids(session, sa.and_(_ready(at), MailRow.sending_id == sending), share)
    return found


def _ids(session: Session, condition: sa.ColumnElement[bool], most: int) -> list[MailId]:
    if most <= 0:
        return []
    oldest = sa.select(MailRow.id).where(condition).order_by(MailRow.created_at, MailRow.number).limit(most)
    return [MailId(mail) for mail in session.scalars(oldest)]


def _orphaned(at: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(MailRow.state == MailState.SENDING, MailRow.leased_until <= at)


def _ready(at: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(MailRow.state == MailState.WAITING, MailRow.next_try_at <= at, ~_held())


def _held() -> sa.ColumnElement[bool]:
    """Whether an earlier mail of the same order to the same address is still undecided.

    One that waits in a sending that does not go on holds nobody back: a newer mail about the same replaces it.
    """
    earlier = aliased(MailRow)
    going = sa.select(SendingRow.id).where(SendingRow.state == SendingState.GOING)
    goes_on = sa.or_(earlier.sending_id.is_(None), earlier.sending_id.in_(going))
    waits = sa.and_(earlier.state == MailState.WAITING, goes_on)
    found = sa.select(earlier.id).where(
        earlier.conf == MailRow.conf,
        earlier.order_key == MailRow.order_key,
        sa.func.lower(earlier.to_address) == sa.func.lower(MailRow.to_address),
        earlier.number < MailRow.number,
        sa.or_(earlier.state == MailState.SENDING, waits),
    )
    return found.exists()


def _with_mails_that_wait(session: Session) -> Sequence[str]:
    waits = sa.select(MailRow.id).where(
        MailRow.sending_id == SendingRow.id, MailRow.state == MailState.WAITING
    )
    going = sa.select(SendingRow.id).where(SendingRow.state == SendingState.GOING, waits.exists())
    return session.scalars(going.order_by(SendingRow.created_at, SendingRow.id)).all()


def held_back(session: Session, mail: Mail) -> bool:
    """Return whether an earlier mail to the same reader is still undecided, or the mail's sending does not go on."""
    held = sa.select(MailRow.id).where(MailRow.id == mail.id, _held())
    if mail.order_key is not None and session.scalar(held) is not None:
        return True
    return mail.sending_id is not None and _state_of(session, mail.sending_id) != SendingState.GOING


def stopped(session: Session, mail: Mail) -> bool:
    """Return whether a mail belongs to a sending that people stopped."""
    return mail.sending_id is not None and _state_of(session, mail.sending_id) == SendingState.STOPPED


def _state_of(session: Session, sending_id: str) -> str | None:
    return session.scalar(sa.select(SendingRow.state).where(SendingRow.id == sending_id))


def take_turns(session: Session, *, sqlite: bool) -> None:
    """Have processes that hand mails over at a set pace count one after the other, until the transaction ends.

    SQLite has one writer anyway.
    """
    if not sqlite:
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(PACE)))


def tried_since(session: Session, since: datetime) -> int:
    """Return how many mails of all conferences were handed over after `since`."""
    return session.scalar(sa.select(sa.func.count()).where(MailRow.tried_at > since)) or 0


def needless(session: Session, at: datetime, most: int) -> list[MailId]:
    """Return mails that wait though nobody wants them any more: their time is over, or their sending was stopped.

    A mail whose sender died waits as well.
    """
    waits = sa.or_(MailRow.state == MailState.WAITING, _orphaned(at))
    over = sa.select(MailRow.id).where(waits, MailRow.expires_at <= at).limit(most)
    stopped = sa.select(SendingRow.id).where(SendingRow.state == SendingState.STOPPED)
    unwanted = sa.select(MailRow.id).where(waits, MailRow.sending_id.in_(stopped)).limit(most)
    return [MailId(mail) for found in (over, unwanted) for mail in session.scalars(found)]
