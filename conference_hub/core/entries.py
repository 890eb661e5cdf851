"""The rows of the journal, and reading them: entries of one stream of one conference, in order, without gaps."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from conference_hub.core.db import Base
from conference_hub.core.now import iso
from conference_hub.core.stream import Doc, Stream
from conference_hub.core.wire import wire_json


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

    @cached_property
    def wire(self) -> str:
        """What `as_wire` renders as JSON: written once for all who receive it."""
        return wire_json(self.as_wire())

    def as_wire(self) -> Doc:
        """Render the entry as browsers and scripts receive it."""
        return {
            "stream": self.stream,
            "seq": self.seq,
            "topic": self.topic,
            "at": iso(self.at),
            "body": self.body,
        }


def entry_of(row: sa.Row[Any]) -> Entry:
    """Return the entry that a row of the journal's table holds."""
    return Entry(stream=Stream(row.stream), seq=row.seq, topic=row.topic, at=row.at, body=row.body)


def wire_list(entries: Iterable[Entry]) -> str:
    """Return the JSON list of entries."""
    return f"[{','.join(entry.wire for entry in entries)}]"


def open_streams(session: Session, conf: str) -> None:
    """Give a new conference its streams, each at sequence 0."""
    session.add_all(JournalStreamRow(conf=conf, name=stream, last_seq=0) for stream in Stream)


def find_head(session: Session, conf: str, stream: Stream) -> int | None:
    """Return the last sequence number of a stream (0 when nothing happened yet), None without such a conference."""
    found: int | None = session.connection().scalar(_HEAD, {"conf": conf, "stream": stream})
    return found


def head(session: Session, conf: str, stream: Stream) -> int:
    """Return the last sequence number of a stream (0 when nothing happened yet)."""
    return find_head(session, conf, stream) or 0


def all_heads(session: Session) -> dict[tuple[str, Stream], int]:
    """Return the last sequence number of every stream, by conference and stream."""
    rows = session.connection().execute(_ALL_HEADS)
    return {(conf, Stream(name)): last_seq for conf, name, last_seq in rows}


def find_entry(session: Session, conf: str, stream: Stream, seq: int) -> Entry | None:
    """Return one entry, or None when the journal does not hold it (any more)."""
    row = session.connection().execute(_ONE, {"conf": conf, "stream": stream, "seq": seq}).first()
    return entry_of(row) if row else None


def since(session: Session, conf: str, stream: Stream, after: int, limit: int) -> list[Entry]:
    """Return at most `limit` entries with a sequence number above `after`, in order."""
    asked = {"conf": conf, "stream": stream, "after": after, "limit": limit}
    return [entry_of(row) for row in session.connection().execute(_SINCE, asked)]


def about(
    session: Session, conf: str, stream: Stream, subjects: Collection[str], after: int
) -> list[sa.Row[Any]]:
    """Return the rows of a stream about one of `subjects` with a sequence number above `after`, in order."""
    asked = {"conf": conf, "stream": stream, "subjects": list(subjects), "after": after}
    return list(session.connection().execute(_ABOUT, asked))


def last_label(session: Session, conf: str, subjects: Collection[str]) -> str | None:
    """Return the label of who last acted on one of `subjects`, None when the journal does not say."""
    asked = {"conf": conf, "stream": Stream.OPERATOR, "subjects": list(subjects)}
    found: str | None = session.connection().scalar(_LAST_LABEL, asked)
    return found


def last_told(session: Session, conf: str, subjects: Collection[str]) -> datetime | None:
    """Return when something happened to one of `subjects` last (aware UTC), None when the journal does not say."""
    asked = {"conf": conf, "stream": Stream.OPERATOR, "subjects": list(subjects)}
    found: datetime | None = session.connection().scalar(_LAST_TOLD, asked)
    return found


_HEADS = cast("sa.Table", JournalStreamRow.__table__).c
_TABLE = cast("sa.Table", JournalEntryRow.__table__)
_ENTRIES = _TABLE.c
_IN_STREAM = sa.and_(_ENTRIES.conf == sa.bindparam("conf"), _ENTRIES.stream == sa.bindparam("stream"))
_AFTER = _ENTRIES.seq > sa.bindparam("after")
_HEAD = sa.select(_HEADS.last_seq).where(
    _HEADS.conf == sa.bindparam("conf"), _HEADS.name == sa.bindparam("stream")
)
_ALL_HEADS = sa.select(_HEADS.conf, _HEADS.name, _HEADS.last_seq)
_ONE = sa.select(_TABLE).where(_IN_STREAM, _ENTRIES.seq == sa.bindparam("seq"))
_SINCE = (
    sa.select(_TABLE)
    .where(_IN_STREAM, _AFTER)
    .order_by(_ENTRIES.seq)
    .limit(sa.bindparam("limit", type_=sa.Integer))
)
_LAST_LABEL = (
    sa.select(_ENTRIES.by)
    .where(_IN_STREAM, _ENTRIES.subject.in_(sa.bindparam("subjects", expanding=True)))
    .order_by(_ENTRIES.seq.desc())
    .limit(1)
)
_LAST_TOLD = sa.select(sa.func.max(_ENTRIES.at)).where(
    _IN_STREAM, _ENTRIES.subject.in_(sa.bindparam("subjects", expanding=True))
)
_ABOUT = (
    sa.select(_TABLE)
    .where(_IN_STREAM, _ENTRIES.subject.in_(sa.bindparam("subjects", expanding=True)), _AFTER)
    .order_by(_ENTRIES.seq)
)
