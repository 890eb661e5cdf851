"""How far a mailbox was read: one row for each, and the process that reads it at present."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.outbox.mailbox_tables import MailboxRow

LEASE = timedelta(minutes=10)
"""How long the mailbox belongs to the process that reads it; another one reads it when that process died."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How far a mailbox was read.

    Mails up to `last_uid` were handled, as long as the server's `uid_validity` stays the same. `read_at` is when it
    was read last; `trouble` is why it could not be read, or its mails not be marked, empty: nothing is wrong.
    `answers`, `reports`, `ignored` and `unused` count its mails; `unused_at` is when the last one came that could not
    be used. Instants are aware UTC.
    """

    name: str
    uid_validity: int = 0
    last_uid: int = 0
    leased_until: datetime | None = None
    read_at: datetime | None = None
    trouble: str = ""
    answers: int = 0
    reports: int = 0
    ignored: int = 0
    unused: int = 0
    unused_at: datetime | None = None


def find_reading(session: Session, name: str, *, lock: bool = False) -> Reading | None:
    """Return how far a mailbox was read, None for not at all."""
    found = sa.select(MailboxRow).where(MailboxRow.name == name).execution_options(populate_existing=True)
    row = session.scalars(found.with_for_update() if lock else found).one_or_none()
    if row is None:
        return None
    return Reading(**{field: getattr(row, field) for field in Reading.__dataclass_fields__})


def lease(session: Session, name: str, at: datetime) -> Reading | None:
    """Take a mailbox for this process; None while another one reads it."""
    reading = find_reading(session, name, lock=True) or Reading(name=name)
    if reading.leased_until is not None and at < reading.leased_until <= at + LEASE:
        return None
    taken = replace(reading, leased_until=at + LEASE)
    save_reading(session, taken)
    return taken


def save_reading(session: Session, reading: Reading) -> None:
    """Insert or update how far a mailbox was read."""
    session.merge(MailboxRow(**asdict(reading)))
    session.flush()
