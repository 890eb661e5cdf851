"""Rows of messages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from conference_hub.core.db import Base


class MessageRow(Base):
    """A message that was not retracted; `text` is `{"ko", "en"}`, `acknowledged` a list of `{"actor", "by", "at"}`."""

    __tablename__ = "message"

    conf: Mapped[str] = mapped_column(sa.ForeignKey("conference.slug", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[dict[str, Any]]
    audiences: Mapped[list[Any]]
    emergency: Mapped[bool]
    lane_id: Mapped[str | None]
    at: Mapped[datetime]
    until: Mapped[datetime | None]
    state: Mapped[str]
    by: Mapped[str]
    actor: Mapped[str]
    acknowledged: Mapped[list[Any]]
