"""Rows of webhooks and of what they sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from conference_hub.core.db import Base


class WebHookRow(Base):
    """A webhook; its secret is made of `id` and `secret_number` by the hub's key and stored nowhere."""

    __tablename__ = "web_hook"

    conf: Mapped[str] = mapped_column(sa.ForeignKey("conference.slug", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    url: Mapped[str]
    stream: Mapped[str]
    topics: Mapped[list[Any]]
    state: Mapped[str]
    position: Mapped[int]
    secret_number: Mapped[int]
    rotated_at: Mapped[datetime | None]
    attempts: Mapped[int]
    trying_since: Mapped[datetime | None]
    next_try_at: Mapped[datetime]
    last_error: Mapped[str]
    lease: Mapped[str | None]
    leased_until: Mapped[datetime | None]
    made_at: Mapped[datetime]
    by: Mapped[str]
    actor: Mapped[str]


class WebHookDeliveryRow(Base):
    """A message that a webhook sent, or tried to; the newest of each webhook are kept."""

    __tablename__ = "web_hook_delivery"
    __table_args__ = (
        sa.ForeignKeyConstraint(["conf", "hook_id"], ["web_hook.conf", "web_hook.id"], ondelete="CASCADE"),
    )

    conf: Mapped[str] = mapped_column(sa.ForeignKey("conference.slug", ondelete="CASCADE"), primary_key=True)
    hook_id: Mapped[str] = mapped_column(primary_key=True)
    message: Mapped[str] = mapped_column(primary_key=True)
    topic: Mapped[str]
    seq: Mapped[int | None]
    attempts: Mapped[int]
    at: Mapped[datetime]
    delivered: Mapped[bool]
    status: Mapped[int | None]
    error: Mapped[str]
    answer: Mapped[str] = mapped_column(server_default="")
