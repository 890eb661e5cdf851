"""Rows of presence elsewhere."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from conference_hub.core.db import Base

CONFERENCE = "conference.slug"


class RemoteSpanRow(Base):
    """A time in which a guest took part from elsewhere; `ended_at` None: it goes on, and was known to at `seen_at`.

    `worker` is the process whose sockets keep it open, None for what a list or the team says.
    """

    __tablename__ = "remote_span"
    __table_args__ = (
        sa.ForeignKeyConstraint(["conf", "guest_id"], ["guest.conf", "guest.id"], ondelete="CASCADE"),
        sa.Index("ix_remote_span_guest", "conf", "guest_id", "began_at"),
        sa.Index("ix_remote_span_open", "conf", "ended_at"),
    )

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    guest_id: Mapped[str]
    watch: Mapped[str]
    source: Mapped[str]
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    worker: Mapped[str | None]


class AttendanceCountRow(Base):
    """How many were where when it was counted last, and what the public was told of it."""

    __tablename__ = "attendance_count"

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    counts: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    about: Mapped[int | None]
    told_at: Mapped[datetime]


class AttendanceSetupRow(Base):
    """What counts as attendance, and on which terms certificates are given; `issuer` is `{"ko", "en"}`."""

    __tablename__ = "attendance_setup"

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    count_idle: Mapped[bool]
    certificates: Mapped[bool]
    min_minutes: Mapped[int | None]
    min_percent: Mapped[int | None]
    issuer: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    show_names: Mapped[bool]
    follow_up: Mapped[bool]
    min_sessions: Mapped[int | None]
