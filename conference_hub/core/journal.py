"""The append-only record: every change publishes a fact in the transaction that makes it.

One sequence per conference and stream (an audience), so that a reader sees no gap where it may not look. `writing()`
takes the conference's stream rows first, so sequence order equals commit order; listeners are told after the commit,
never inside, and once for all that one commit appended to a conference.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import takewhile
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from conference_hub.core.actor import Actor
from conference_hub.core.batches import Batch, Share, let_others_run
from conference_hub.core.db import Database, database_of, notes_of
from conference_hub.core.deferred import send_later
from conference_hub.core.entries import Entry, JournalEntryRow, JournalStreamRow, about, entry_of
from conference_hub.core.errors import Stale, msg
from conference_hub.core.facts import Fact
from conference_hub.core.gathered import Expectation
from conference_hub.core.now import Now
from conference_hub.core.stream import Docs, Stream

log = logging.getLogger(__name__)

MANY_DOCS = 100
"""Writing so many documents as JSON takes milliseconds: others have their turn before and after it."""


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
    _noted: dict[object, Any] = field(default_factory=dict)
    _pending: list[dict[str, Any]] = field(default_factory=list)

    def publish(self, fact: Fact, subject: str, docs: Mapping[Stream, Docs]) -> Entry:
        """Append a fact to every stream in `docs`, and always to the operator's; return the operator's entry.

        `subject` is the document key that commands are checked against (`lane/hall`). `docs` are the documents that
        changed, as each stream sees them (None: gone), with the fact as the stream hears of it (`Fact.heard`). The
        operator's copy also says `by` (the label) and `actor` (the id) who did it.
        """
        for stream in Stream:
            if stream in docs and stream is not Stream.OPERATOR:
                heard = fact.heard(stream, docs[stream])
                self._append(stream, heard.topic, subject, {**heard.own_fields(), "docs": docs[stream]})
        who = {"by": self.actor.label, "actor": self.actor.id}
        body = {**fact.own_fields(), **who, "docs": docs.get(Stream.OPERATOR, {})}
        return self._append(Stream.OPERATOR, fact.topic, subject, body)

    def require_seen(self, subject: str, seen: int | None, *also: str) -> None:
        """Refuse when the operator stream holds a fact about `subject`, or `also`, that the sender had not seen.

        `seen` is the last operator sequence number the sender knew; None means that it does not care.
        Raises Stale with `changed`: those facts as on the wire.
        """
        if seen is None or seen >= self.heads[Stream.OPERATOR]:
            return
        changed = about(self.session, self.conf, Stream.OPERATOR, (subject, *also), seen)
        if changed:
            raise Stale(
                msg("그 사이 %(by)s 님이 먼저 바꾸었습니다. 화면을 확인하고 다시 눌러 주세요."),
                by=changed[-1].by,
                changed=[{**entry_of(row).as_wire(), "by": row.by} for row in changed],
            )

    def redact(self, stream: Stream, *keys: str) -> None:
        """Take documents out of every earlier entry of `stream`: a withdrawn name must not be replayed.

        The entries stay, with their sequence numbers; public ones lose their own fields too. The law "old snapshot +
        entries = fresh snapshot" holds when the same transaction appends the documents' present state.
        """
        if not keys:
            return
        self.flush()
        common = json.dumps(_common_start(keys))[: None if len(keys) == 1 else -1]
        rows = self.session.scalars(
            sa.select(JournalEntryRow).where(
                JournalEntryRow.conf == self.conf,
                JournalEntryRow.stream == stream,
                sa.cast(JournalEntryRow.body, sa.Text).contains(common, autoescape=True),
            )
        )
        for row in rows:
            gone: Docs = {key: None for key in keys if row.body["docs"].get(key) is not None}
            if gone:
                own = {} if stream is Stream.PUBLIC else row.body
                row.body = {**own, "docs": {**row.body["docs"], **gone}, "redacted": True}

    def note(self, key: object, value: object) -> None:
        """Keep a value for those who write after this one, and in the memory of the database once it is committed."""
        self._noted[key] = value

    def noted(self, key: object) -> Any:
        """Return what was noted last under `key`, None when nothing was."""
        for notes in (self._noted, _noted(notes_of(self.session)), _noted(database_of(self.session).memory)):
            if key in notes:
                return notes[key]
        return None

    def share_notes(self) -> None:
        """Hand the notes to those who write after this one in the same transaction."""
        _noted(notes_of(self.session)).update(self._noted)

    def remember_notes(self) -> None:
        """Keep the notes in memory, after the commit."""
        _noted(database_of(self.session).memory).update(self._noted)

    def flush(self) -> None:
        """Insert what was appended since the last time; others have their turn between long entries."""
        self.session.flush()
        pending = list(self._pending)
        self._pending.clear()
        if sum(len(row["body"]["docs"]) for row in pending) < MANY_DOCS:
            for row in pending:
                send_later(self.session, _INSERT_ENTRIES, (row["conf"], row["stream"], row["seq"]), row)
            return
        for row in pending:
            self.session.connection().execute(_INSERT_ENTRIES, row)
            let_others_run(0)

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


@dataclass
class SharedWrite(Write):
    """A `Write` in a transaction that others share."""

    share: Share = field(kw_only=True)

    def start_over(self) -> None:
        """Undo what was written and appended so far, after a refusal: the transaction goes on without it."""
        self.share.start_over()
        for entry in reversed(self.appended):
            self.heads[entry.stream] = entry.seq - 1
        self.appended.clear()
        self._noted.clear()
        self._pending.clear()


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
            if write.appended:
                _move_heads(session.connection(), conf, write.heads)
        self._committed(conf, [write])

    @contextmanager
    def sharing(
        self,
        conf: str,
        *,
        actor: Actor,
        command_id: str | None = None,
        expects: Sequence[Expectation] = (),
    ) -> Iterator[SharedWrite]:
        """Change one conference as `writing` does, in a transaction and a commit that others may share.

        When the block raises, only its own work is undone. For what is short: those who share wait for all. The rows
        of the streams are updated once, right before the commit. `expects` is what the block will look up.
        """
        with self.database.sharing(conf, partial(self._lock_shared, conf), expects) as (batch, share):
            heads = _shared_heads(batch)[conf]
            write = SharedWrite(share.session, conf, actor, self.now(), command_id, dict(heads), share=share)
            yield write
            write.flush()
            heads.update(write.heads)
            write.share_notes()
            _shared_writes(batch)[conf].append(write)

    def _lock_shared(self, conf: str, batch: Batch) -> None:
        """Lock and read the heads of a conference, the first time in this transaction."""
        shared = _shared_heads(batch)
        if conf not in shared:
            heads = shared[conf] = _locked_heads(batch.connection, conf)
            writes = _shared_writes(batch)[conf] = []
            batch.before_commit.append(partial(_move_changed, batch.connection, conf, dict(heads), heads))
            batch.after_commit.append(partial(self._committed, conf, writes))

    def _committed(self, conf: str, writes: Sequence[Write]) -> None:
        for write in writes:
            write.remember_notes()
        self._tell(conf, [entry for write in writes for entry in write.appended])

    def _tell(self, conf: str, entries: list[Entry]) -> None:
        if not entries:
            return
        for listener in self.listeners:
            try:
                listener(conf, entries)
            except Exception:
                log.exception("journal listener failed; readers catch up from the journal")


def forget_note(database: Database, key: object, *, if_outdated: Callable[[Any], bool]) -> None:
    """Drop what is kept in memory under `key` since a commit, where `if_outdated` says so of it."""
    notes = _noted(database.memory)
    if key in notes and if_outdated(notes[key]):
        del notes[key]


def _common_start(keys: Sequence[str]) -> str:
    """Return how all of `keys` begin."""
    first, last = min(keys), max(keys)
    same = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    return "".join(letter for letter, _ in same)


def _noted(within: dict[str, Any]) -> dict[object, Any]:
    found: dict[object, Any] = within.setdefault("noted", {})
    return found


def _shared_heads(batch: Batch) -> dict[str, dict[str, int]]:
    """Return the heads of each conference as the writers before in this transaction left them."""
    found: dict[str, dict[str, int]] = batch.notes.setdefault("heads", {})
    return found


def _shared_writes(batch: Batch) -> dict[str, list[Write]]:
    """Return what each conference's writers of this transaction have written, in order."""
    found: dict[str, list[Write]] = batch.notes.setdefault("writes", {})
    return found


def _locked_heads(connection: Connection, conf: str) -> dict[str, int]:
    rows = connection.execute(_LOCKED_HEADS, {"conf": conf}).all()
    return {name: last_seq for name, last_seq in rows}  # noqa: C416 - dict(rows) has no types


def _move_changed(connection: Connection, conf: str, before: dict[str, int], after: dict[str, int]) -> None:
    if after != before:
        _move_heads(connection, conf, after)


def _move_heads(connection: Connection, conf: str, heads: Mapping[str, int]) -> None:
    connection.execute(_MOVE_HEADS, {"of": conf, **{f"to_{stream}": heads[stream] for stream in Stream}})


_STREAMS = cast("sa.Table", JournalStreamRow.__table__)
_LOCKED_HEADS = (
    sa.select(_STREAMS.c.name, _STREAMS.c.last_seq)
    .where(_STREAMS.c.conf == sa.bindparam("conf"))
    .order_by(_STREAMS.c.name)
    .with_for_update()
)
_MOVE_HEADS = (
    sa.update(_STREAMS)
    .where(_STREAMS.c.conf == sa.bindparam("of"))
    .values(
        last_seq=sa.case(
            {stream.value: sa.bindparam(f"to_{stream}", type_=sa.Integer) for stream in Stream},
            value=_STREAMS.c.name,
        )
    )
)
_INSERT_ENTRIES = sa.insert(cast("sa.Table", JournalEntryRow.__table__))
