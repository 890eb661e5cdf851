"""Rows of the groups that are called at present."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from conference_hub.core.db import Base


class GroupRow(Base):
    """The group of a lane, while there is one: ids of awards in the order of the list."""

    __tablename__ = "award_group"

    conf: Mapped[str] = mapped_column(sa.ForeignKey("conference.slug", ondelete="CASCADE"), primary_key=True)
    lane_id: Mapped[str] = mapped_column(primary_key=True)
    cue_id: Mapped[str]
    awards: Mapped[list[str]] = mapped_column(sa.JSON)
    position: Mapped[int]
    pace_s: Mapped[int | None]
    next_at: Mapped[datetime | None]
    paused: Mapped[bool]
    began_at: Mapped[datetime]
