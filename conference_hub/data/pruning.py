"""Deletes what has served its time, in slices small enough that nobody waits for them.

A follower whose missed entries are gone is told to start over (`live/catchup.py`), so the journal may lose what a
snapshot holds as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from conference_hub.access.tables import SignInLinkRow, WebSessionRow
from conference_hub.agenda.keys import REHEARSAL_FAMILY
from conference_hub.conferences.tables import ConferenceRow
from conference_hub.core.commands import CommandRow
from conference_hub.core.db import Base, Database
from conference_hub.core.entries import JournalEntryRow
from conference_hub.core.stream import Stream
from conference_hub.data.drafts import KEPT, ImportDraftRow
from conference_hub.gates.tables import DeviceLinkRow
from conference_hub.outbox.model import MailState
from conference_hub.outbox.store import UNREAD
from conference_hub.outbox.tables import MailRow
from conference_hub.people.keys import GUEST
from conference_hub.people.tables import GuestRow

SLICE = 200
"""Rows that one transaction deletes at most."""
PAUSE_S = 0.05
COMMANDS_KEPT = timedelta(days=7)
SESSIONS_KEPT = timedelta(days=7)
LINKS_KEPT = timedelta(days=30)
MAILS_KEPT = timedelta(days=90)
JOURNAL_KEPT = timedelta(days=90)
OPERATORS_JOURNAL_KEPT = timedelta(days=365)
Condition = sa.ColumnElement[bool]


def prune(database: Database, at: datetime, pause: Callable[[float], object]) -> int:
    """Delete what has served its time at `at`; returns how many rows that were.

    `pause(seconds)` is called after each slice. Raises Unavailable when the storage does not work.
    """
    return sum(
        _in_slices(database, row, condition, pause)
        for row, condition in [*_outdated(at), *_outdated_journal(database, at)]
    )


def journal_kept(stream: Stream) -> timedelta:
    """Return how long after the conference, and after the entry itself, a stream stays whole."""
    return OPERATORS_JOURNAL_KEPT if stream is Stream.OPERATOR else JOURNAL_KEPT


def _outdated(at: datetime) -> Iterator[tuple[type[Base], Condition]]:
    yield CommandRow, CommandRow.at < at - COMMANDS_KEPT
    ended = at - SESSIONS_KEPT
    yield WebSessionRow, sa.or_(WebSessionRow.expires_at < ended, WebSessionRow.revoked_at < ended)
    ended = at - LINKS_KEPT
    used = sa.and_(SignInLinkRow.once, SignInLinkRow.used_at < ended)
    yield (
        SignInLinkRow,
        sa.or_(SignInLinkRow.expires_at < ended, SignInLinkRow.revoked_at < ended, used),
    )
    yield DeviceLinkRow, DeviceLinkRow.expires_at < ended
    yield ImportDraftRow, ImportDraftRow.made_at < at - KEPT
    served = sa.and_(MailRow.settled_at < at - MAILS_KEPT, _says_nothing_more(at))
    yield MailRow, sa.or_(served, _to_nobody(at))


def _says_nothing_more(at: datetime) -> Condition:
    """Match mails that do not keep somebody from getting the same once more (`Draft.once_key`)."""
    return sa.or_(MailRow.once_key.is_(None), MailRow.state.in_(UNREAD), MailRow.expires_at < at)


def _to_nobody(at: datetime) -> Condition:
    """Match the mails to guests who are not on the list any more, such as the one that says so, when they are over.

    They are settled, or could not be sent and would say nothing now.
    """
    known = sa.select(GuestRow.id).where(
        GuestRow.conf == MailRow.conf, sa.literal(GUEST) + GuestRow.id == MailRow.order_key
    )
    in_vain = sa.and_(MailRow.state == MailState.FAILED, MailRow.expires_at <= at)
    over = sa.or_(MailRow.settled_at.is_not(None), in_vain)
    return sa.and_(over, MailRow.order_key.startswith(GUEST), ~known.exists())


def _outdated_journal(database: Database, at: datetime) -> Iterator[tuple[type[Base], Condition]]:
    for stream in Stream:
        before = at - journal_kept(stream)
        with database.reading() as db:
            ended = db.scalars(sa.select(ConferenceRow.slug).where(ConferenceRow.ends_at < before)).all()
        for conf in ended:
            yield JournalEntryRow, _superseded(conf, stream, before)


def _superseded(conf: str, stream: Stream, before: datetime) -> Condition:
    """Match entries from before `before` that a newer one about the same subject follows, and those of rehearsals."""
    newer = aliased(JournalEntryRow)
    followed = sa.select(newer.seq).where(
        newer.conf == JournalEntryRow.conf,
        newer.stream == JournalEntryRow.stream,
        newer.subject == JournalEntryRow.subject,
        newer.seq > JournalEntryRow.seq,
    )
    return sa.and_(
        JournalEntryRow.conf == conf,
        JournalEntryRow.stream == stream,
        JournalEntryRow.at < before,
        sa.or_(followed.exists(), JournalEntryRow.subject.startswith(REHEARSAL_FAMILY)),
    )


def _in_slices(
    database: Database, row: type[Base], condition: Condition, pause: Callable[[float], object]
) -> int:
    total = 0
    while True:
        deleted = _delete_slice(database, row, condition)
        pause(PAUSE_S)
        if not deleted:
            return total
        total += deleted


def _delete_slice(database: Database, row: type[Base], condition: Condition) -> int:
    keys = sa.inspect(row).primary_key
    with database.reading() as db:
        found = _some(db, keys, condition)
    if not found:
        return 0
    with database.writing() as db:
        db.execute(sa.delete(row).where(sa.tuple_(*keys).in_(found), condition))
    return len(found)


def _some(db: Session, keys: tuple[Any, ...], condition: Condition) -> list[tuple[Any, ...]]:
    return [tuple(found) for found in db.execute(sa.select(*keys).where(condition).limit(SLICE))]
