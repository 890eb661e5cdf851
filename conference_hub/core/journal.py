"""The append-only record: every change publishes a fact in the transaction that makes it.

One sequence per conference and stream (an audience), so that a reader sees no gap where it may not look. `writing()`
takes the conference's stream rows first, so sequence order equals commit order; listeners are told after the commit,
never inside.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from conference_hub.core.actor import Actor
from conference_hub.core.db import Database
from conference_hub.core.entries import Entry, JournalEntryRow, JournalStreamRow, entry_of
from conference_hub.core.errors import Stale, msg
from conference_hub.core.facts import Fact
from conference_hub.core.now import Now
from conference_hub.core.stream import Docs, Stream

log = logging.getLogger(__name__)


@dataclass
class Write:
    """One transaction that changes a conference: the session, who acts and when, and the entries it appends.

    Entries are inserted at the end of the transaction. `heads` are the last sequence numbers by stream.
    """

    session: Session
    conf: str
    actor: Actor
    at: datetime
    command_id: str | None
    heads: dict[str, int]
    appended: list[Entry] = field(default_factory=list)
    _pending: list[dict[str, Any]] = field(default_factory=list)

    def publish(self, fact: Fact, subject: str, docs: Mapping[Stream, Docs]) -> Entry:
        """Append a fact to every stream in `docs`, and always to the operator's; return the operator's entry.

        `subject` is the document key that commands are checked against (`lane/hall`). `docs` are the documents that
        changed, as each stream sees them (None: gone). The operator's copy also says `by` (the label) and `actor` (the
        id) who did it.
        """
        own = fact.own_fields()
        for stream in Stream:
            if stream in docs and stream is not Stream.OPERATOR:
                self._append(stream, fact.topic, subject, {**own, "docs": docs[stream]})
        who = {"by": self.actor.label, "actor": self.actor.id}
        body = {**own, **who, "docs": docs.get(Stream.OPERATOR, {})}
        return self._append(Stream.OPERATOR, fact.topic, subject, body)

    def require_seen(self, subject: str, seen: int | None) -> None:
        """Refuse when the operator stream holds a fact about `subject` that the sender had not seen.

        `seen` is the last operator sequence number the sender knew; None means that it does not care.
        Raises Stale with `changed`: those facts as on the wire.
        """
        if seen is None or seen >= self.heads[Stream.OPERATOR]:
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
                changed=[{**entry_of(row).as_wire(), "by": row.by} for row in changed],
            )

    def redact(self, stream: Stream, key: str) -> None:
        """Take document `key` out of every earlier entry of `stream`: a withdrawn name must not be replayed.

        The entries stay, with their sequence numbers; public ones lose their own fields too. The law "old snapshot +
        entries = fresh snapshot" holds when the same transaction appends the document's present state.
        """
        self.flush()
        rows = self.session.scalars(
            sa.select(JournalEntryRow).where(
                JournalEntryRow.conf == self.conf,
                JournalEntryRow.stream == stream,
                sa.cast(JournalEntryRow.body, sa.Text).contains(json.dumps(key), autoescape=True),
            )
        )
        for row in rows:
            if key in row.body["docs"]:
                own = {} if stream is Stream.PUBLIC else row.body
                row.body = {**own, "docs": {**row.body["docs"], key: None}, "redacted": True}

    def discard(self) -> None:
        """Forget what was appended: the transaction goes on without it, after a refusal."""
        for entry in reversed(self.appended):
            self.heads[entry.stream] = entry.seq - 1
        self.appended.clear()
        self._pending.clear()

    def flush(self) -> None:
        """Insert the appended entries and move the heads of their streams; the last time right before the commit."""
        if not self._pending:
            return
        self.session.flush()
        self.session.execute(sa.insert(JournalEntryRow), self._pending)
        moved = {entry.stream for entry in self.appended}
        for stream in sorted(moved):
            self.session.execute(
                sa.update(JournalStreamRow)
                .where(JournalStreamRow.conf == self.conf, JournalStreamRow.name == stream)
                .values(last_seq=self.heads[stream]),
                execution_options={"synchronize_session": False},
            )
        self._pending.clear()

    def _append(self, stream: Stream, topic: str, subject: str, body: dict[str, Any]) -> Entry:
        self.heads[stream] += 1
        entry = Entry(stream=stream, seq=self.heads[stream], topic=topic, at=self.at, body=body)
        self.appended.append(entry)
        self._pending.append(
            {
                "conf": self.conf,
                "stream": stream,
                "seq": entry.seq,
                "topic": topic,
                "subject": subject,
                "body": body,
                "at": self.at,
                "by": self.actor.label,
                "actor": self.actor.id,
                "command_id": self.command_id,
            }
        )
        return entry


Listener = Callable[[str, list[Entry]], None]


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
        actor: Actor,
        command_id: str | None = None,
        found: Callable[[Session], None] | None = None,
    ) -> Iterator[Write]:
        """Change one conference: locks its streams, commits at the end of the block, then tells the listeners.

        `found` makes a new conference first, in the same transaction. Raises Unavailable when the storage does not
        work.
        """
        with self.database.writing() as session:
            if found is not None:
                found(session)
            heads = _locked_heads(session.connection(), conf)
            write = Write(session, conf, actor, self.now(), command_id, heads)
            yield write
            write.flush()
        self._tell(conf, write.appended)

    @contextmanager
    def sharing(self, conf: str, *, actor: Actor, command_id: str | None = None) -> Iterator[Write]:
        """Change one conference as `writing` does, in a transaction and a commit that others may share.

        When the block raises, only its own work is undone. For what is short: those who share wait for all.
        """
        with self.database.sharing(conf) as (batch, session):
            shared: dict[str, dict[str, int]] = batch.notes.setdefault("heads", {})
            if conf not in shared:  # before the savepoint: undoing it would give the lock back
                shared[conf] = _locked_heads(batch.connection, conf)
            write = Write(session, conf, actor, self.now(), command_id, dict(shared[conf]))
            yield write
            session.flush()
            write.flush()
            shared[conf] = write.heads
            batch.after_commit.append(partial(self._tell, conf, write.appended))

    def _tell(self, conf: str, entries: list[Entry]) -> None:
        if not entries:
            return
        for listener in self.listeners:
            try:
                listener(conf, entries)
            except Exception:
                log.exception("journal listener failed; readers catch up from the journal")


def _locked_heads(connection: Connection, conf: str) -> dict[str, int]:
    rows = connection.execute(
        sa.select(JournalStreamRow.name, JournalStreamRow.last_seq)
        .where(JournalStreamRow.conf == conf)
        .order_by(JournalStreamRow.name)
        .with_for_update()
    )
    return {name: last_seq for name, last_seq in rows}  # noqa: C416 - dict(rows) has no types
