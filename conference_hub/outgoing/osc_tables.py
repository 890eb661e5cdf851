"""Rows of addresses that are told by Open Sound Control."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from conference_hub.core.db import Base


class OscTargetRow(Base):
    """An address that is told of cues and reveals while `active`; `told` is the address of the last OSC message."""

    __tablename__ = "osc_target"

    conf: Mapped[str] = mapped_column(sa.ForeignKey("conference.slug", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    host: Mapped[str]
    port: Mapped[int]
    language: Mapped[str]
    active: Mapped[bool]
    made_at: Mapped[datetime]
    by: Mapped[str]
    actor: Mapped[str]
    told_at: Mapped[datetime | None]
    told: Mapped[str | None]
    told_error: Mapped[str | None]
