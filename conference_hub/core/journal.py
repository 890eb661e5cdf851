"""The append-only record: every change appends a fact in the transaction that makes it.

One sequence per conference and stream (an audience), so that a reader sees no gap where it may not look. `writing()`
takes the conference's stream rows first, so sequence order equals commit order; listeners are told after the commit,
never inside. `command()` adds idempotency: the first answer to a command id is stored and given again.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from conference_hub.core.db import Base, Database
from conference_hub.core.errors import HubError, Invalid, Refused, Stale, Unavailable, msg
from conference_hub.core.now import Now, iso
from conference_hub.core.stream import Doc as Doc
from conference_hub.core.stream import Docs as Docs
from conference_hub.core.stream import Stream as Stream

log = logging.getLogger(__name__)


class JournalStreamRow(Base):
    """The head of one stream; its row lock orders the writers of a conference."""

    __tablename__ = "journal_stream"

    conf: Mapped[str] = mapped_column(sa.ForeignKey("conference.slug", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    last_seq: Mapped[int] = mapped_column(default=0)


class JournalEntryRow(Base):
    """One fact as one audience sees it."""

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
    command_id: Mapped[str | None]


class CommandRow(Base):
    """The first answer to a command, kept so that a repeat gets the same one."""

    __tablename__ = "command"

    conf: Mapped[str] = mapped_column(sa.ForeignKey("conference.slug", ondelete="CASCADE"), primary_key=True)
    command_id: Mapped[str] = mapped_column(primary_key=True)
    action: Mapped[str]
    request: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    answer: Mapped[dict[str, Any]]


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


@dataclass
class Write:
    """One transaction that changes a conference: the session, who acts and when, and the facts it appends."""

    session: Session
    conf: str
    by: str
    at: datetime
    command_id: str | None
    _heads: dict[str, JournalStreamRow]
    appended: list[Entry] = field(default_factory=list)

    def append(self, stream: Stream, topic: str, subject: str, docs: Docs, **extra: object) -> Entry:
        """Append a fact to one stream.

        `subject` is the document key that commands are checked against (`lane/hall`); `docs` are the documents that
        changed as this stream sees them (None: gone); `extra` holds the fact's own JSON-able fields.
        """
        head = self._heads[stream]
        head.last_seq += 1
        entry = Entry(
            stream=stream,
            seq=head.last_seq,
            topic=topic,
            at=self.at,
            body={**extra, "docs": docs},
        )
        self.session.add(
            JournalEntryRow(
                conf=self.conf,
                stream=stream,
                seq=entry.seq,
                topic=topic,
                subject=subject,
                body=entry.body,
                at=self.at,
                by=self.by,
                command_id=self.command_id,
            )
        )
        self.appended.append(entry)
        return entry

    def require_seen(self, subject: str, seen: int | None) -> None:
        """Refuse when the operator stream holds a fact about `subject` that the sender had not seen.

        `seen` is the last operator sequence number the sender knew; None means that it does not care.
        Raises Stale with `changed`: those facts as on the wire.
        """
        if seen is None:
            return
        changed = self.session.scalars(
            sa.select(JournalEntryRow)
            .where(
                JournalEntryRow.conf == self.conf,
                JournalEntryRow.stream == Stream.OPERATOR,
                JournalEntryRow.subject == subject,
                JournalEntryRow.seq > seen,
            )
            .order_by(JournalEntryRow.seq)
        ).all()
        if changed:
            raise Stale(
                msg("그 사이 %(by)s 님이 먼저 바꾸었습니다. 화면을 확인하고 다시 눌러 주세요."),
                by=changed[-1].by,
                changed=[{**_entry(row).as_wire(), "by": row.by} for row in changed],
            )

    def redact(self, stream: Stream, key: str) -> None:
        """Take document `key` out of every earlier entry of `stream`: a name taken back must not be replayed.

        The entries stay, with their sequence numbers; the law "old snapshot + entries = fresh snapshot" holds when the
        same transaction appends the document's present state.
        """
        rows = self.session.scalars(
            sa.select(JournalEntryRow).where(
                JournalEntryRow.conf == self.conf,
                JournalEntryRow.stream == stream,
                sa.cast(JournalEntryRow.body, sa.Text).contains(json.dumps(key), autoescape=True),
            )
        )
        for row in rows:
            if key in row.body["docs"]:
                row.body = {"docs": {**row.body["docs"], key: None}, "redacted": True}


Listener = Callable[[str, list[Entry]], None]
Answer = dict[str, Any]


class Journal:
    """Opens writing transactions, and tells listeners what they appended."""

    def __init__(self, database: Database, now: Now) -> None:
        self.database = database
        self.now = now
        self.listeners: list[Listener] = []

    @contextmanager
    def writing(
        self,
        conf: str,
        *,
        by: str,
        command_id: str | None = None,
        found: Callable[[Session], None] | None = None,
    ) -> Iterator[Write]:
        """Change one conference: locks its streams, commits at the end of the block, then tells the listeners.

        `found` makes a new conference first, in the same transaction.
        """
        with self.database.writing() as session:
            if found is not None:
                found(session)
            heads = session.scalars(
                sa.select(JournalStreamRow)
                .where(JournalStreamRow.conf == conf)
                .order_by(JournalStreamRow.name)
                .with_for_update()
            ).all()
            write = Write(session, conf, by, self.now(), command_id, {row.name: row for row in heads})
            yield write
        self._tell(conf, write.appended)

    def command(
        self,
        conf: str,
        *,
        by: str,
        command_id: str,
        action: str,
        request: Mapping[str, object],
        run: Callable[[Write], Answer],
    ) -> Answer:
        """Run a command at most once: a repeated `command_id` gets the first answer, refusals included.

        Raises what `run` raises (HubError), Invalid for a malformed id, and Refused (`command_id_reused`) when the id
        was used for another request or by somebody else.
        """
        if not 1 <= len(command_id) <= MAX_COMMAND_ID:
            raise Invalid(msg("명령 번호(command_id)가 필요합니다."), field="command_id")
        with self.writing(conf, by=by, command_id=command_id) as write:
            digest = _digest(action, request)
            stored = write.session.get(CommandRow, (conf, command_id))
            if stored is not None:
                answer = _first_answer(stored, digest, by)
            else:
                answer = _run_once(write, run)
                write.session.add(
                    CommandRow(
                        conf=conf,
                        command_id=command_id,
                        action=action,
                        request=digest,
                        by=by,
                        at=write.at,
                        answer=answer,
                    )
                )
        return _unwrap(answer)

    def _tell(self, conf: str, entries: list[Entry]) -> None:
        if not entries:
            return
        for listener in self.listeners:
            try:
                listener(conf, entries)
            except Exception:
                log.exception("journal listener failed; readers catch up from the journal")


MAX_COMMAND_ID = 80


def _run_once(write: Write, run: Callable[[Write], Answer]) -> Answer:
    """Run in a savepoint, so that a refusal leaves nothing behind but its stored answer.

    Unavailable is no answer: the same command may succeed in a moment.
    """
    try:
        with write.session.begin_nested():
            return {"ok": run(write)}
    except Unavailable:
        raise
    except HubError as error:
        write.appended.clear()
        return {
            "error": {
                "code": error.code,
                "status": error.status,
                "message": error.message,
                "detail": json.loads(json.dumps(error.detail, default=str)),
            }
        }


def _first_answer(stored: CommandRow, digest: str, by: str) -> Answer:
    if stored.request != digest or stored.by != by:
        raise Refused(msg("이 명령 번호는 다른 요청에 이미 쓰였습니다."), code="command_id_reused")
    return stored.answer


def _unwrap(answer: Answer) -> Answer:
    if "error" not in answer:
        ok: Answer = answer["ok"]
        return ok
    kind = answer["error"]
    raise _Stored(kind["message"], status=kind["status"], code=kind["code"], detail=kind["detail"])


class _Stored(HubError):
    """A refusal as it was given the first time."""

    def __init__(self, message: str, *, status: int, code: str, detail: Mapping[str, object]) -> None:
        super().__init__(message, code=code, **detail)
        self.status = status


def _digest(action: str, request: Mapping[str, object]) -> str:
    text = json.dumps([action, request], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def _entry(row: JournalEntryRow) -> Entry:
    return Entry(
        stream=Stream(row.stream),
        seq=row.seq,
        topic=row.topic,
        at=row.at,
        body=row.body,
    )


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
    return [_entry(row) for row in rows]


def topics_since(session: Session, conf: str, stream: Stream, after: int) -> dict[str, int]:
    """Return how many entries above `after` there are of each topic."""
    rows = session.execute(
        sa.select(JournalEntryRow.topic, sa.func.count())
        .where(JournalEntryRow.conf == conf, JournalEntryRow.stream == stream, JournalEntryRow.seq > after)
        .group_by(JournalEntryRow.topic)
    )
    return {row[0]: row[1] for row in rows}
