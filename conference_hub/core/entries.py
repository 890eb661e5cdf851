"""The rows of the journal, and reading them: entries of one stream of one conference, in order, without gaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from conference_hub.core.db import Base
from conference_hub.core.now import iso
from conference_hub.core.stream import Doc, Stream


class JournalStreamRow(Base):
    """The head of one stream; its row lock orders the writers of a conference."""

    __tablename__ = "journal_stream"

    conf: Mapped[str] = mapped_column(sa.ForeignKey("conference.slug", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    last_seq: Mapped[int] = mapped_column(default=0)


class JournalEntryRow(Base):
    """One fact as one audience sees it; `actor` is the id of who acted, `by` the label at that time."""

    __tablename__ = "journal_entry"
    __table_args__ = (sa.Index("ix_journal_entry_subject", "conf", "stream", "subject", "seq"),)

    conf: Mapped[str] = mapped_column(sa.ForeignKey("conference.slug", ondelete="CASCADE"), primary_key=True)
    stream: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str]
    subject: Mapped[str]
    body: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    by: Mapped[str]
    actor: Mapped[str]
    command_id: Mapped[str | None]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A fact in one stream."""

    stream: Stream
    seq: int
    topic: str
    at: datetime
    body: Doc

    def as_wire(self) -> Doc:
        """Render the entry as browsers and scripts receive it."""
        return {
            "stream": self.stream,
            "seq": self.seq,
            "topic": self.topic,
            "at": iso(self.at),
            "body": self.body,
        }


def entry_of(row: JournalEntryRow) -> Entry:
    """Return the entry that a row holds."""
    return Entry(stream=Stream(row.stream), seq=row.seq, topic=row.topic, at=row.at, body=row.body)


def open_streams(session: Session, conf: str) -> None:
    """Give a new conference its streams, each at sequence 0."""
    session.add_all(JournalStreamRow(conf=conf, name=stream, last_seq=0) for stream in Stream)


def head(session: Session, conf: str, stream: Stream) -> int:
    """Return the last sequence number of a stream (0 when nothing happened yet)."""
    return (
        session.scalar(
            sa.select(JournalStreamRow.last_seq).where(
                JournalStreamRow.conf == conf, JournalStreamRow.name == stream
            )
        )
        or 0
    )


def find_entry(session: Session, conf: str, stream: Stream, seq: int) -> Entry | None:
    """Return one entry, or None when the journal does not hold it (any more)."""
    row = session.get(JournalEntryRow, (conf, stream, seq))
    return entry_of(row) if row else None


def since(session: Session, conf: str, stream: Stream, after: int, limit: int) -> list[Entry]:
    """Return at most `limit` entries with a sequence number above `after`, in order."""
    rows = session.scalars(
        sa.select(JournalEntryRow)
        .where(
            JournalEntryRow.conf == conf,
            JournalEntryRow.stream == stream,
            JournalEntryRow.seq > after,
        )
        .order_by(JournalEntryRow.seq)
        .limit(limit)
    )
    return [entry_of(row) for row in rows]
