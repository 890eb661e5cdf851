"""Answers that wait on the desk, and who attended: rows to model and back."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.core.errors import NotFound, msg
from conference_hub.followup.answer_tables import SessionAttendanceRow, StrayAnswerRow
from conference_hub.followup.answers import Stray, StrayId, StrayKind
from conference_hub.followup.invitations import Answer
from conference_hub.followup.joining import Joined, JoinedBy
from conference_hub.followup.model import SessionId
from conference_hub.people.model import GuestId


def strays(session: Session, conf: str, session_id: str | None = None) -> list[Stray]:
    """Return the answers that wait, of one session or of all, the earliest first."""
    found = sa.select(StrayAnswerRow).where(StrayAnswerRow.conf == conf)
    if session_id is not None:
        found = found.where(StrayAnswerRow.session_id == session_id)
    in_order = found.order_by(StrayAnswerRow.received_at, StrayAnswerRow.id)
    return [_stray(row) for row in session.scalars(in_order)]


def get_stray(session: Session, conf: str, stray_id: str) -> Stray:
    """Return an answer that waits; raises NotFound."""
    row = session.get(StrayAnswerRow, (conf, stray_id))
    if row is None:
        raise NotFound(msg("이미 처리한 회신입니다."))
    return _stray(row)


def save_stray(session: Session, conf: str, stray: Stray) -> None:
    """Keep an answer, instead of an earlier one of the same sort from the same address."""
    same = sa.and_(
        StrayAnswerRow.conf == conf,
        StrayAnswerRow.session_id == stray.session_id,
        StrayAnswerRow.address == stray.address,
        StrayAnswerRow.kind == stray.kind,
    )
    session.execute(sa.delete(StrayAnswerRow).where(same))
    session.add(
        StrayAnswerRow(
            conf=conf,
            id=stray.id,
            session_id=stray.session_id,
            guest_id=stray.guest_id,
            address=stray.address,
            kind=stray.kind,
            answer=stray.answer,
            sequence=stray.sequence,
            stamp=stray.stamp,
            comment=stray.comment,
            received_at=stray.received_at,
        )
    )
    session.flush()


def remove_stray(session: Session, conf: str, stray_id: str) -> None:
    """Remove an answer that waits."""
    own = sa.and_(StrayAnswerRow.conf == conf, StrayAnswerRow.id == stray_id)
    session.execute(sa.delete(StrayAnswerRow).where(own))


def joined(session: Session, conf: str, session_id: str) -> dict[GuestId, Joined]:
    """Return who attended a session, by guest, the earliest first."""
    found = sa.select(SessionAttendanceRow).where(
        SessionAttendanceRow.conf == conf, SessionAttendanceRow.session_id == session_id
    )
    in_order = found.order_by(SessionAttendanceRow.joined_at, SessionAttendanceRow.guest_id)
    return {GuestId(row.guest_id): _joined(row) for row in session.scalars(in_order)}


def joined_by_guest(session: Session, conf: str, guest_id: str | None = None) -> dict[GuestId, list[Joined]]:
    """Return which sessions each guest attended, or one of them; who attended none is left out."""
    found = sa.select(SessionAttendanceRow).where(SessionAttendanceRow.conf == conf)
    if guest_id is not None:
        found = found.where(SessionAttendanceRow.guest_id == guest_id)
    by_guest: dict[GuestId, list[Joined]] = {}
    for row in session.scalars(
        found.order_by(SessionAttendanceRow.guest_id, SessionAttendanceRow.session_id)
    ):
        by_guest.setdefault(GuestId(row.guest_id), []).append(_joined(row))
    return by_guest


def joined_counts(session: Session, conf: str) -> dict[str, int]:
    """Return how many attended, by session; sessions that nobody attended are left out."""
    rows = session.execute(
        sa.select(SessionAttendanceRow.session_id, sa.func.count())
        .where(SessionAttendanceRow.conf == conf)
        .group_by(SessionAttendanceRow.session_id)
    )
    return {session_id: count for session_id, count in rows}  # noqa: C416 - dict(rows) has no types


def find_joined(session: Session, conf: str, session_id: str, guest_id: str) -> Joined | None:
    """Return whether a guest attended a session, None for not."""
    row = session.get(SessionAttendanceRow, (conf, session_id, guest_id))
    return _joined(row) if row else None


def save_joined(session: Session, conf: str, one: Joined) -> None:
    """Insert or update that somebody attended."""
    values: dict[str, Any] = {"joined_at": one.joined_at, "minutes": one.minutes, "source": one.source}
    session.merge(SessionAttendanceRow(conf=conf, session_id=one.session_id, guest_id=one.guest_id, **values))
    session.flush()


def forget_guests(session: Session, conf: str, guest_ids: Collection[str]) -> None:
    """Remove what guests attended, and answers of theirs that wait."""
    for row in (SessionAttendanceRow, StrayAnswerRow):
        session.execute(sa.delete(row).where(row.conf == conf, row.guest_id.in_(guest_ids)))


def _stray(row: StrayAnswerRow) -> Stray:
    return Stray(
        id=StrayId(row.id),
        session_id=SessionId(row.session_id),
        guest_id=GuestId(row.guest_id) if row.guest_id else None,
        address=row.address,
        kind=StrayKind(row.kind),
        answer=Answer(row.answer) if row.answer else None,
        sequence=row.sequence,
        stamp=row.stamp,
        comment=row.comment,
        received_at=row.received_at,
    )


def _joined(row: SessionAttendanceRow) -> Joined:
    return Joined(
        session_id=SessionId(row.session_id),
        guest_id=GuestId(row.guest_id),
        joined_at=row.joined_at,
        minutes=row.minutes,
        source=JoinedBy(row.source),
    )
