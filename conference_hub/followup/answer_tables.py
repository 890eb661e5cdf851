"""Rows of answers that wait on the desk, and of who attended an online session."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from conference_hub.core.db import Base

CONFERENCE = "conference.slug"
SESSION = ["online_session.conf", "online_session.id"]
GUEST = ["guest.conf", "guest.id"]


class StrayAnswerRow(Base):
    """An answer that is not applied by itself; the columns are the fields of `answers.Stray`."""

    __tablename__ = "stray_answer"
    __table_args__ = (
        sa.ForeignKeyConstraint(["conf", "session_id"], SESSION),
        sa.ForeignKeyConstraint(["conf", "guest_id"], GUEST),
        sa.UniqueConstraint("conf", "session_id", "address", "kind"),
    )

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    session_id: Mapped[str]
    guest_id: Mapped[str | None]
    address: Mapped[str]
    kind: Mapped[str]
    answer: Mapped[str | None]
    sequence: Mapped[int]
    stamp: Mapped[datetime]
    comment: Mapped[str]
    received_at: Mapped[datetime]


class SessionAttendanceRow(Base):
    """That a guest attended an online session; the columns are the fields of `joining.Joined`."""

    __tablename__ = "session_attendance"
    __table_args__ = (
        sa.ForeignKeyConstraint(["conf", "session_id"], SESSION),
        sa.ForeignKeyConstraint(["conf", "guest_id"], GUEST),
        sa.Index("ix_session_attendance_guest", "conf", "guest_id"),
    )

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    session_id: Mapped[str] = mapped_column(primary_key=True)
    guest_id: Mapped[str] = mapped_column(primary_key=True)
    joined_at: Mapped[datetime]
    minutes: Mapped[int | None]
    source: Mapped[str]
