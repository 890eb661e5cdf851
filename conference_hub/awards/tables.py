"""Rows of the ceremony."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from conference_hub.core.db import Base

CONFERENCE = "conference.slug"


class LevelRow(Base):
    """A level of award; texts are `{"ko", "en"}`, `prize_won` is in won."""

    __tablename__ = "award_level"

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    rank: Mapped[int]
    label: Mapped[dict[str, Any]]
    honour: Mapped[dict[str, Any]]
    prize_won: Mapped[int | None]
    reveal_style: Mapped[str]


class AwardRow(Base):
    """An award and how far it has come."""

    __tablename__ = "award"
    __table_args__ = (
        sa.ForeignKeyConstraint(["conf", "level_id"], ["award_level.conf", "award_level.id"]),
        sa.ForeignKeyConstraint(["conf", "cue_id"], ["plan_cue.conf", "plan_cue.id"]),
        sa.ForeignKeyConstraint(["conf", "guest_id"], ["guest.conf", "guest.id"]),
    )

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    level_id: Mapped[str]
    lane_id: Mapped[str]
    cue_id: Mapped[str]
    call_order: Mapped[int]
    kind: Mapped[str]
    recipient: Mapped[str | None]
    organisation: Mapped[str | None]
    guest_id: Mapped[str | None]
    profile: Mapped[str | None]
    state: Mapped[str]
    revealed_at: Mapped[datetime | None]
