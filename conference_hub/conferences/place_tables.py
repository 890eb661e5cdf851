"""Rows of rooms, channels and video sources; they stand in the order of `position`, which counts from 1."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from conference_hub.core.db import Base

CONFERENCE = "conference.slug"


class RoomRow(Base):
    """A room; `title` and `note` are `{"ko", "en"}`."""

    __tablename__ = "room"

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[dict[str, Any]]
    note: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    capacity: Mapped[int | None]
    position: Mapped[int]


class ChannelRow(Base):
    """A channel; its link is kept back while `opened_at` is None, and is for its `audience` only then.

    `opens_with` is `doors` or `start` (`before_min` before it); its `passcode` stands on no page for everybody.
    """

    __tablename__ = "channel"

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    title: Mapped[dict[str, Any]]
    url: Mapped[str | None]
    captions_url: Mapped[str | None]
    delay_ms: Mapped[int] = mapped_column(server_default="0")
    audience: Mapped[str] = mapped_column(server_default="public")
    passcode: Mapped[str | None]
    opens_with: Mapped[str | None]
    before_min: Mapped[int] = mapped_column(server_default="0")
    opens_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    position: Mapped[int]


class VideoRow(Base):
    """A video source of a channel."""

    __tablename__ = "video"
    __table_args__ = (
        sa.ForeignKeyConstraint(["conf", "channel_id"], ["channel.conf", "channel.id"], ondelete="CASCADE"),
        sa.Index("ix_video_channel", "conf", "channel_id"),
    )

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    channel_id: Mapped[str]
    kind: Mapped[str]
    language: Mapped[str]
    url: Mapped[str]
    captions_url: Mapped[str | None]
    position: Mapped[int]
