"""Rows of the ceremony."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from conference_hub.core.db import Base

CONFERENCE = "conference.slug"


class ProgrammeRow(Base):
    """A programme of awards; texts are `{"ko", "en"}`, `position` counts from 1."""

    __tablename__ = "award_programme"

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[dict[str, Any]]
    honour: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    position: Mapped[int]


class LevelRow(Base):
    """A level of award; texts are `{"ko", "en"}`.

    `prize_amount` is in whole units of `prize_currency`. `programme_id` has no foreign key: the column came later, and
    SQLite would have to make the table anew, to which awards refer.
    """

    __tablename__ = "award_level"

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    rank: Mapped[int]
    label: Mapped[dict[str, Any]]
    honour: Mapped[dict[str, Any]]
    prize_amount: Mapped[int | None] = mapped_column(sa.BigInteger)
    reveal_style: Mapped[str]
    prize_currency: Mapped[str] = mapped_column(server_default="KRW")
    prize_text: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    programme_id: Mapped[str | None]
    pace_s: Mapped[int | None]


class AwardRow(Base):
    """An award and how far it has come; lane and cue are NULL until it has its place."""

    __tablename__ = "award"
    __table_args__ = (
        sa.ForeignKeyConstraint(["conf", "level_id"], ["award_level.conf", "award_level.id"]),
        sa.ForeignKeyConstraint(["conf", "cue_id"], ["plan_cue.conf", "plan_cue.id"]),
        sa.ForeignKeyConstraint(["conf", "guest_id"], ["guest.conf", "guest.id"]),
        sa.UniqueConstraint("conf", "number"),
    )

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    level_id: Mapped[str]
    lane_id: Mapped[str | None]
    cue_id: Mapped[str | None]
    call_order: Mapped[int]
    kind: Mapped[str]
    recipient: Mapped[str | None]
    organisation: Mapped[str | None]
    guest_id: Mapped[str | None]
    profile: Mapped[str | None]
    state: Mapped[str]
    revealed_at: Mapped[datetime | None]
    number: Mapped[str]
    unnamed: Mapped[bool]
    citation: Mapped[str | None]
    representative: Mapped[str | None]
    relation: Mapped[str | None]
    presenter: Mapped[str | None]
    read_by: Mapped[str | None]
    honorific: Mapped[str | None]
    conferrer: Mapped[str | None]
    pronunciation: Mapped[str | None]
    deferred: Mapped[bool] = mapped_column(server_default=sa.false())
    absent: Mapped[bool] = mapped_column(server_default=sa.false())
    stand_in: Mapped[str] = mapped_column(server_default="")
    withdrawal: Mapped[str | None]
    joint: Mapped[str | None]
