"""Deletes the mails to people whose data go before those of the conference do."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.outbox.model import guest_of
from conference_hub.outbox.store import ON_ITS_WAY, SLICE
from conference_hub.outbox.tables import MailRow


def forget_about(session: Session, conf: str, keys: Collection[str]) -> None:
    """Delete the mails about these things (`Draft.about`), whatever became of them.

    Mails about something else to the same address stay: it may be that of a guest who is still on the list.
    """
    _delete(session, conf, MailRow.about.in_(keys))


def forget_guests(session: Session, conf: str, keys: Mapping[str, str]) -> None:
    """Delete the mails to guests, whatever became of them, but what still has to reach their calendars.

    `keys` are by id the keys of their documents, by which mails name them in `about` and `order_key`. Mails to others
    at the same address stay.
    """
    named = list(keys.values())
    for first in range(0, len(named), SLICE):
        some = named[first : first + SLICE]
        _delete(session, conf, sa.or_(MailRow.about.in_(some), MailRow.order_key.in_(some)))
    once = sa.select(MailRow.id, MailRow.once_key).where(MailRow.conf == conf, MailRow.once_key.is_not(None))
    theirs = [mail for mail, key in session.execute(once) if guest_of(key) in keys]
    for first in range(0, len(theirs), SLICE):
        _delete(session, conf, MailRow.id.in_(theirs[first : first + SLICE]))


def _delete(session: Session, conf: str, meant: sa.ColumnElement[bool]) -> None:
    session.execute(sa.delete(MailRow).where(MailRow.conf == conf, meant, sa.not_(_to_calendars())))


def _to_calendars() -> sa.ColumnElement[bool]:
    return sa.and_(MailRow.calendar.is_not(None), MailRow.state.in_(ON_ITS_WAY))
