"""Rows ↔ webhooks, and what the journal holds for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.core.entries import JournalEntryRow, JournalStreamRow, head
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.stream import Stream
from conference_hub.outgoing.following import LOOK, Step, next_step
from conference_hub.outgoing.message import Message
from conference_hub.outgoing.model import Delivery, Hook, HookDraft, HookId, HookState
from conference_hub.outgoing.retries import Delivered, Outcome
from conference_hub.outgoing.tables import WebHookDeliveryRow, WebHookRow
from conference_hub.outgoing.topics import kept_topics

DELIVERIES_KEPT = 50


def hooks(session: Session, conf: str) -> list[Hook]:
    """Return the webhooks of a conference in the order in which they were made."""
    rows = sa.select(WebHookRow).where(WebHookRow.conf == conf)
    return [_hook(row) for row in session.scalars(rows.order_by(WebHookRow.made_at, WebHookRow.id))]


def find_hook(session: Session, conf: str, hook_id: str, *, lock: bool = False) -> Hook | None:
    """Return a webhook, or None; with `lock` no other process changes it in this transaction."""
    rows = sa.select(WebHookRow).where(WebHookRow.conf == conf, WebHookRow.id == hook_id)
    row = session.scalars(rows.with_for_update() if lock else rows).one_or_none()
    return _hook(row) if row else None


def get_hook(session: Session, conf: str, hook_id: str, *, lock: bool = False) -> Hook:
    """Return a webhook; raises NotFound."""
    found = find_hook(session, conf, hook_id, lock=lock)
    if found is None:
        raise NotFound(msg("그런 웹훅이 없습니다."))
    return found


def due_hooks(session: Session, at: datetime) -> list[Hook]:
    """Return the webhooks that nobody sends for at `at` and whose stream has something new, or is another one."""
    free = sa.or_(WebHookRow.leased_until.is_(None), WebHookRow.leased_until <= at)
    rows = (
        sa.select(WebHookRow)
        .join(
            JournalStreamRow,
            sa.and_(JournalStreamRow.conf == WebHookRow.conf, JournalStreamRow.name == WebHookRow.stream),
        )
        .where(_ON, WebHookRow.next_try_at <= at, free, JournalStreamRow.last_seq != WebHookRow.position)
        .order_by(WebHookRow.next_try_at)
    )
    return [_hook(row) for row in session.scalars(rows)]


def next_instant(session: Session, at: datetime) -> datetime | None:
    """Return when a webhook is tried again, or free again, after `at`; None: none waits."""
    tried = session.scalar(
        sa.select(sa.func.min(WebHookRow.next_try_at)).where(_ON, WebHookRow.next_try_at > at)
    )
    freed = session.scalar(
        sa.select(sa.func.min(WebHookRow.leased_until)).where(_ON, WebHookRow.leased_until > at)
    )
    return min((instant for instant in (tried, freed) if instant is not None), default=None)


def step_of(session: Session, hook: Hook) -> Step:
    """Return what a webhook does next."""
    stream = hook.draft.stream
    last = head(session, hook.conf, stream)
    rows = session.execute(
        sa.select(JournalEntryRow.seq, JournalEntryRow.topic)
        .where(
            JournalEntryRow.conf == hook.conf,
            JournalEntryRow.stream == stream,
            JournalEntryRow.seq > hook.position,
            JournalEntryRow.seq <= last,
        )
        .order_by(JournalEntryRow.seq)
        .limit(LOOK)
    )
    ahead = [(seq, topic) for seq, topic in rows]
    return next_step(hook.position, last, ahead, hook.draft.topics, kept_topics())


def waiting(session: Session, hook: Hook) -> int:
    """Return how many entries a webhook is yet to send."""
    ahead = sa.select(sa.func.count()).where(
        JournalEntryRow.conf == hook.conf,
        JournalEntryRow.stream == hook.draft.stream,
        JournalEntryRow.seq > hook.position,
        JournalEntryRow.topic.not_in(kept_topics()),
    )
    topics = hook.draft.topics
    return session.scalar(ahead.where(JournalEntryRow.topic.in_(topics)) if topics else ahead) or 0


def save_hook(session: Session, hook: Hook, actor: str | None = None) -> None:
    """Write a webhook down; `actor` is the id of who makes a new one."""
    columns = _columns(hook)
    session.merge(WebHookRow(**columns) if actor is None else WebHookRow(**columns, actor=actor))
    session.flush()


def delete_hook(session: Session, conf: str, hook_id: HookId) -> None:
    """Delete a webhook with its deliveries."""
    session.execute(sa.delete(WebHookRow).where(WebHookRow.conf == conf, WebHookRow.id == hook_id))


def deliveries(session: Session, conf: str, hook_id: str, most: int) -> list[Delivery]:
    """Return what a webhook sent last, the newest first."""
    rows = sa.select(WebHookDeliveryRow).where(
        WebHookDeliveryRow.conf == conf, WebHookDeliveryRow.hook_id == hook_id
    )
    newest = rows.order_by(WebHookDeliveryRow.at.desc(), WebHookDeliveryRow.seq.desc()).limit(most)
    return [_delivery(row) for row in session.scalars(newest)]


def find_delivery(session: Session, conf: str, hook_id: str, seq: int) -> Delivery | None:
    """Return what became of the newest message about an entry, None when there is none (any more)."""
    rows = sa.select(WebHookDeliveryRow).where(
        WebHookDeliveryRow.conf == conf, WebHookDeliveryRow.hook_id == hook_id, WebHookDeliveryRow.seq == seq
    )
    row = session.scalars(rows.order_by(WebHookDeliveryRow.at.desc()).limit(1)).first()
    return _delivery(row) if row else None


def note_delivery(
    session: Session, hook: Hook, message: Message, outcome: Outcome, at: datetime, *, attempts: int
) -> None:
    """Write down the last one of so many attempts, and forget the oldest messages."""
    session.merge(
        WebHookDeliveryRow(
            conf=hook.conf,
            hook_id=hook.id,
            message=message.id,
            topic=message.topic,
            seq=message.seq,
            attempts=attempts,
            at=at,
            delivered=isinstance(outcome, Delivered),
            status=outcome.status,
            error="" if isinstance(outcome, Delivered) else outcome.error,
            answer=outcome.answer if message.nameless else "",
        )
    )
    session.flush()
    _forget_oldest(session, hook)


def _forget_oldest(session: Session, hook: Hook) -> None:
    own = sa.and_(WebHookDeliveryRow.conf == hook.conf, WebHookDeliveryRow.hook_id == hook.id)
    newest = (
        sa.select(WebHookDeliveryRow.message)
        .where(own)
        .order_by(WebHookDeliveryRow.at.desc(), WebHookDeliveryRow.seq.desc())
        .offset(DELIVERIES_KEPT)
    )
    old: Sequence[str] = session.scalars(newest).all()
    if old:
        session.execute(sa.delete(WebHookDeliveryRow).where(own, WebHookDeliveryRow.message.in_(old)))


_ON = WebHookRow.state == HookState.ON


def _columns(hook: Hook) -> dict[str, Any]:
    return {
        "conf": hook.conf,
        "id": hook.id,
        "name": hook.draft.name,
        "url": hook.draft.url,
        "stream": hook.draft.stream.value,
        "topics": list(hook.draft.topics),
        "state": hook.state.value,
        "position": hook.position,
        "secret_number": hook.secret_number,
        "rotated_at": hook.rotated_at,
        "attempts": hook.attempts,
        "trying_since": hook.trying_since,
        "next_try_at": hook.next_try_at,
        "last_error": hook.last_error,
        "lease": hook.lease,
        "leased_until": hook.leased_until,
        "made_at": hook.made_at,
        "by": hook.by,
    }


def _hook(row: WebHookRow) -> Hook:
    return Hook(
        id=HookId(row.id),
        conf=row.conf,
        draft=HookDraft(name=row.name, url=row.url, stream=Stream(row.stream), topics=tuple(row.topics)),
        state=HookState(row.state),
        position=row.position,
        secret_number=row.secret_number,
        rotated_at=row.rotated_at,
        attempts=row.attempts,
        trying_since=row.trying_since,
        next_try_at=row.next_try_at,
        last_error=row.last_error,
        lease=row.lease,
        leased_until=row.leased_until,
        made_at=row.made_at,
        by=row.by,
    )


def _delivery(row: WebHookDeliveryRow) -> Delivery:
    return Delivery(
        message=row.message,
        topic=row.topic,
        seq=row.seq,
        attempts=row.attempts,
        at=row.at,
        delivered=row.delivered,
        status=row.status,
        error=row.error,
        answer=row.answer,
    )
