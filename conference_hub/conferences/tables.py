"""The row every other row belongs to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from conference_hub.core.db import Base


class ConferenceRow(Base):
    """A conference; texts are `{"ko", "en"}`, channels a list of `{"id", "kind", "label", "url"}`."""

    __tablename__ = "conference"

    slug: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[dict[str, Any]]
    host: Mapped[dict[str, Any]]
    venue: Mapped[dict[str, Any]]
    timezone: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    accent: Mapped[str]
    channels: Mapped[list[Any]]
