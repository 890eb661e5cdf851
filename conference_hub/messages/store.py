"""Rows ↔ messages, and the documents read from them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.agenda.model import LaneId
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.now import iso, parse_iso
from conference_hub.core.stream import Docs, Stream
from conference_hub.core.text import Text
from conference_hub.messages.documents import message_documents
from conference_hub.messages.model import Acknowledgement, Audience, Message, MessageId, MessageState
from conference_hub.messages.tables import MessageRow

ENDS = MessageRow.state != MessageState.ENDED
WAITS = MessageRow.state == MessageState.SCHEDULED


def all_messages(session: Session, conf: str) -> list[Message]:
    """Return every message, the earliest first."""
    rows = sa.select(MessageRow).where(MessageRow.conf == conf).order_by(MessageRow.at, MessageRow.id)
    return [_message(row) for row in session.scalars(rows)]


def get_message(session: Session, conf: str, message_id: str) -> Message:
    """Return a message; raises NotFound."""
    row = session.get(MessageRow, (conf, message_id))
    if row is None:
        raise NotFound(msg("그런 메시지가 없습니다."))
    return _message(row)


def count_messages(session: Session, conf: str) -> int:
    """Return how many messages there are."""
    return session.scalar(sa.select(sa.func.count()).where(MessageRow.conf == conf)) or 0


def conferences_due(session: Session, at: datetime) -> tuple[str, ...]:
    """Return the conferences with a message that is to be shown or to end by `at`."""
    due = sa.or_(sa.and_(WAITS, MessageRow.at <= at), sa.and_(ENDS, MessageRow.until <= at))
    return tuple(session.scalars(sa.select(MessageRow.conf).where(due).distinct().order_by(MessageRow.conf)))


def next_instant(session: Session, at: datetime) -> datetime | None:
    """Return when the next message of any conference is to be shown or to end after `at`."""
    shown = session.scalar(sa.select(sa.func.min(MessageRow.at)).where(WAITS, MessageRow.at > at))
    ended = session.scalar(sa.select(sa.func.min(MessageRow.until)).where(ENDS, MessageRow.until > at))
    return min((instant for instant in (shown, ended) if instant is not None), default=None)


def save_message(session: Session, conf: str, message: Message) -> None:
    """Write a message down."""
    session.merge(MessageRow(conf=conf, **_columns(message)))


def delete_message(session: Session, conf: str, message_id: MessageId) -> None:
    """Delete a message."""
    session.execute(sa.delete(MessageRow).where(MessageRow.conf == conf, MessageRow.id == message_id))


def documents(session: Session, conf: str, stream: Stream) -> Docs:
    """Return the documents of messages for one audience."""
    return message_documents(all_messages(session, conf), stream)


def _columns(message: Message) -> dict[str, Any]:
    return {
        "id": message.id,
        "text": message.text.as_doc(),
        "audiences": [one.value for one in message.audiences],
        "emergency": message.emergency,
        "lane_id": message.lane,
        "at": message.at,
        "until": message.until,
        "state": message.state.value,
        "by": message.by,
        "actor": message.actor,
        "acknowledged": [
            {"actor": one.actor, "by": one.by, "at": iso(one.at)} for one in message.acknowledged
        ],
    }


def _message(row: MessageRow) -> Message:
    return Message(
        id=MessageId(row.id),
        text=Text.of(row.text),
        audiences=tuple(Audience(one) for one in row.audiences),
        emergency=row.emergency,
        lane=LaneId(row.lane_id) if row.lane_id is not None else None,
        at=row.at,
        until=row.until,
        state=MessageState(row.state),
        by=row.by,
        actor=row.actor,
        acknowledged=tuple(
            Acknowledgement(actor=one["actor"], by=one["by"], at=parse_iso(one["at"]))
            for one in row.acknowledged
        ),
    )
