"""Rows of the follow-up: online sessions, who signed up, and the secret of a personal calendar."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from conference_hub.core.db import Base

CONFERENCE = "conference.slug"


class SeriesRow(Base):
    """A series of online sessions; texts are `{"ko", "en"}`."""

    __tablename__ = "session_series"

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[dict[str, Any]]
    description: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    position: Mapped[int]


class OnlineSessionRow(Base):
    """An online session; texts are `{"ko", "en"}`.

    `speakers` are `[{"name", "role"}]`, `materials` `[{"title", "url", "public_from"}]`. `series_id` has no foreign
    key: the column came later, and SQLite would have to make the table anew, to which sign-ups refer.
    """

    __tablename__ = "online_session"

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[dict[str, Any]]
    description: Mapped[dict[str, Any] | None]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    url: Mapped[str | None]
    uid: Mapped[str] = mapped_column(unique=True)
    sequence: Mapped[int]
    status: Mapped[str]
    changed_at: Mapped[datetime]
    capacity: Mapped[int | None]
    series_id: Mapped[str | None]
    speakers: Mapped[list[Any]] = mapped_column(server_default="[]")
    host: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    waits: Mapped[bool] = mapped_column(server_default=sa.false())
    link_opens_at: Mapped[datetime | None]
    materials: Mapped[list[Any]] = mapped_column(server_default="[]")


class SignUpRow(Base):
    """A guest's place in a session."""

    __tablename__ = "sign_up"
    __table_args__ = (
        sa.ForeignKeyConstraint(["conf", "session_id"], ["online_session.conf", "online_session.id"]),
        sa.ForeignKeyConstraint(["conf", "guest_id"], ["guest.conf", "guest.id"]),
    )

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    session_id: Mapped[str] = mapped_column(primary_key=True)
    guest_id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class PersonalCalendarRow(Base):
    """The address of a guest's own calendar; calendars cannot sign in, so the address itself is the secret."""

    __tablename__ = "personal_calendar"
    __table_args__ = (sa.ForeignKeyConstraint(["conf", "guest_id"], ["guest.conf", "guest.id"]),)

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    guest_id: Mapped[str] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(unique=True)
