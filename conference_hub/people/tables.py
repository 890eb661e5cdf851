"""The row of a guest."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from conference_hub.core.db import Base


class GuestRow(Base):
    """A guest; `label` is `{"ko", "en"}`."""

    __tablename__ = "guest"

    conf: Mapped[str] = mapped_column(sa.ForeignKey("conference.slug", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    label: Mapped[dict[str, Any] | None]
    organisation: Mapped[str | None]
    group: Mapped[str] = mapped_column("guest_group")
    mode: Mapped[str]
    seat: Mapped[str | None]
    email: Mapped[str | None]
    language: Mapped[str | None]
