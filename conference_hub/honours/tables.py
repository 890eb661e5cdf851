"""Rows of guests of honour."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from conference_hub.core.db import Base


class HonourRow(Base):
    """A guest of honour; `position` is their rank from 1, `office` is `{"ko", "en"}`."""

    __tablename__ = "honour"
    __table_args__ = (sa.ForeignKeyConstraint(["conf", "guest_id"], ["guest.conf", "guest.id"]),)

    conf: Mapped[str] = mapped_column(sa.ForeignKey("conference.slug", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    name: Mapped[str | None]
    office: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    organisation: Mapped[str | None]
    pronunciation: Mapped[str | None]
    note: Mapped[str | None]
    guest_id: Mapped[str | None]
    representative: Mapped[str | None]
    standing: Mapped[str]
    public: Mapped[bool]
