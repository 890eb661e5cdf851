"""Who answered that they are ready to be called."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from conference_hub.core.db import Base


class ReadyRow(Base):
    """A recipient elsewhere who said that they are ready; the row goes when they are no longer called soon.

    `guest_id` has no foreign key: the row outlives a guest for a moment, until everybody is told that it is gone.
    """

    __tablename__ = "award_ready"

    conf: Mapped[str] = mapped_column(sa.ForeignKey("conference.slug", ondelete="CASCADE"), primary_key=True)
    guest_id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
