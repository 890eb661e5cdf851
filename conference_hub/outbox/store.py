"""Mail rows to model and back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.core.actor import Actor
from conference_hub.core.errors import NotFound, msg
from conference_hub.outbox.model import Mail, MailId, MailState, SendingState, guest_of
from conference_hub.outbox.tables import MailRow, SendingRow

CHANGING = (
    *("state", "since", "next_try_at", "attempts", "tried_at", "tried_before", "leased_until", "last_error"),
    *("settled_at", "link", "expires_at"),
)
"""What changes of a mail after it was written."""
ON_ITS_WAY = (MailState.WAITING, MailState.SENDING)
UNREAD = (MailState.WITHDRAWN, MailState.FAILED, MailState.BOUNCED)
"""The states of mails that reached nobody: the same may be written once more (`Draft.once_key`)."""
SLICE = 500
"""Mails that one question names at most."""
FIELDS = tuple(field.name for field in fields(Mail))


def add_mail(session: Session, mail: Mail, actor: Actor) -> None:
    """Put a mail into the outbox."""
    session.add(MailRow(**_columns(mail), actor=actor.id))
    session.flush()


def next_number(session: Session, conf: str | None) -> int:
    """Return the number of the mail that is written next; those who write to a conference take turns."""
    return (session.scalar(sa.select(sa.func.max(MailRow.number)).where(MailRow.conf == conf)) or 0) + 1


def counts_once() -> sa.ColumnElement[bool]:
    """Match mails that nobody is to get a second time: those that left, or are still to leave."""
    stopped = sa.select(SendingRow.id).where(
        SendingRow.id == MailRow.sending_id,
        SendingRow.conf == MailRow.conf,
        SendingRow.state == SendingState.STOPPED,
    )
    never_leaves = sa.and_(MailRow.state == MailState.WAITING, stopped.exists())
    return sa.and_(MailRow.state.not_in(UNREAD), ~never_leaves)


def find_once(session: Session, conf: str | None, once_key: str, address: str) -> MailId | None:
    """Return the mail that was written to an address with a key, and left or still waits; None: none was."""
    same = sa.func.lower(MailRow.to_address) == address.lower()
    found = session.scalar(
        sa.select(MailRow.id).where(MailRow.conf == conf, MailRow.once_key == once_key, same, counts_once())
    )
    return None if found is None else MailId(found)


def release_once(session: Session, conf: str | None, once_key: str) -> Mail | None:
    """Let another mail be written with a key; return the one that had it, None: none had."""
    statement = sa.select(MailRow).where(MailRow.conf == conf, MailRow.once_key == once_key)
    row = session.scalars(statement.with_for_update()).first()
    if row is None:
        return None
    row.once_key = None
    session.flush()
    return _mail(row)


def waiting_for_guests(session: Session, conf: str, guest_ids: Collection[str]) -> list[Mail]:
    """Return the mails with a once-key that wait, or could not be sent, for guests; locks them."""
    unsent = sa.and_(
        MailRow.conf == conf,
        MailRow.state.in_((MailState.WAITING, MailState.FAILED)),
        MailRow.once_key.is_not(None),
    )
    keys = session.execute(sa.select(MailRow.id, MailRow.once_key).where(unsent))
    wanted = [mail for mail, key in keys if key is not None and guest_of(key) in guest_ids]
    found: list[Mail] = []
    for first in range(0, len(wanted), SLICE):
        some = sa.select(MailRow).where(unsent, MailRow.id.in_(wanted[first : first + SLICE]))
        found += (_mail(row) for row in session.scalars(some.with_for_update()))
    return found


def save_mail(session: Session, mail: Mail) -> None:
    """Write down what became of a mail."""
    values = {name: value for name, value in _columns(mail).items() if name in CHANGING}
    session.execute(sa.update(MailRow).where(MailRow.id == mail.id).values(values))


def get_mail(session: Session, conf: str, mail_id: str, *, lock: bool = False) -> Mail:
    """Return one mail of a conference; raises NotFound."""
    statement = sa.select(MailRow).where(MailRow.conf == conf, MailRow.id == mail_id)
    row = session.scalars(statement.with_for_update() if lock else statement).first()
    if row is None:
        raise NotFound(msg("그런 메일이 없습니다."))
    return _mail(row)


def find_mail(session: Session, mail_id: str, *, lock: bool = False) -> Mail | None:
    """Return a mail of any conference, or of the hub itself; None: there is none."""
    statement = sa.select(MailRow).where(MailRow.id == mail_id)
    row = session.scalars(statement.with_for_update() if lock else statement).first()
    return None if row is None else _mail(row)


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """Which mails are meant: of one state, of one sending, to addresses or names with these letters in them."""

    state: MailState | None = None
    sending_id: str | None = None
    to: str = ""


ALL = Chosen()


def mails(session: Session, conf: str, chosen: Chosen = ALL, *, skip: int = 0, most: int = 50) -> list[Mail]:
    """Return mails of a conference, the newest first."""
    newest = sa.select(MailRow).where(_of(conf, chosen)).order_by(MailRow.number.desc())
    return [_mail(row) for row in session.scalars(newest.offset(skip).limit(most))]


def counts(session: Session, conf: str, chosen: Chosen = ALL) -> Mapping[MailState, int]:
    """Return how many of the mails that are meant are in each state."""
    rows = session.execute(
        sa.select(MailRow.state, sa.func.count()).where(_of(conf, chosen)).group_by(MailRow.state)
    )
    found = {MailState(state): number for state, number in rows}
    return {state: found.get(state, 0) for state in MailState}


def retry_failed(session: Session, conf: str, sending_id: str | None, at: datetime) -> int:
    """Have the mails tried again that could not be sent, of one sending or of all that were not stopped; how many."""
    stopped = sa.select(SendingRow.id).where(
        SendingRow.conf == conf, SendingRow.state == SendingState.STOPPED
    )
    wanted = sa.or_(MailRow.sending_id.is_(None), MailRow.sending_id.not_in(stopped))
    failed = _of(conf, Chosen(state=MailState.FAILED, sending_id=sending_id))
    again = {"state": MailState.WAITING, "since": at, "next_try_at": at, "attempts": 0}
    found = session.execute(sa.select(sa.func.count()).where(failed, wanted)).scalar_one()
    session.execute(sa.update(MailRow).where(failed, wanted).values(again))
    return found


def mails_about(session: Session, conf: str | None, about: str, *, lock: bool = False) -> list[Mail]:
    """Return the mails about one thing, the oldest first."""
    statement = sa.select(MailRow).where(MailRow.conf == conf, MailRow.about == about)
    in_order = statement.order_by(MailRow.number)
    return [_mail(row) for row in session.scalars(in_order.with_for_update() if lock else in_order)]


def has_newer(session: Session, mail: Mail) -> bool:
    """Return whether a newer mail about the same was written."""
    newer = sa.select(MailRow.id).where(
        MailRow.conf == mail.conf, MailRow.about == mail.about, MailRow.number > mail.number
    )
    return mail.about is not None and session.scalar(newer.limit(1)) is not None


def locked(session: Session, mail_id: str) -> Mail | None:
    """Return a mail that no other process has in hand, None where one has it, or it is gone."""
    statement = sa.select(MailRow).where(MailRow.id == mail_id).with_for_update(skip_locked=True)
    row = session.scalars(statement).first()
    return None if row is None else _mail(row)


def _of(conf: str, chosen: Chosen) -> sa.ColumnElement[bool]:
    meant = [MailRow.conf == conf]
    if chosen.state is not None:
        meant.append(MailRow.state == chosen.state)
    if chosen.sending_id is not None:
        meant.append(MailRow.sending_id == chosen.sending_id)
    if chosen.to:
        letters = chosen.to.lower()
        to = (sa.func.lower(column) for column in (MailRow.to_address, MailRow.to_name))
        meant.append(sa.or_(*(column.contains(letters, autoescape=True) for column in to)))
    return sa.and_(*meant)


def _columns(mail: Mail) -> dict[str, Any]:
    return {name: getattr(mail, name) for name in FIELDS}


def _mail(row: MailRow) -> Mail:
    values: dict[str, Any] = {name: getattr(row, name) for name in FIELDS}
    return Mail(**{**values, "state": MailState(row.state)})
