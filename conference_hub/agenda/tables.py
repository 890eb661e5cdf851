"""The rows of the agenda: the plan, and beside it how far each lane and cue has come."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from conference_hub.core.db import Base

CONFERENCE = "conference.slug"


class SegmentRow(Base):
    """A part of the programme; texts are `{"ko", "en"}`."""

    __tablename__ = "segment"

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    title: Mapped[dict[str, Any]]
    note: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    position: Mapped[int]


class LaneRow(Base):
    """A lane; `status` is a `LaneStatus`, `cue_id` the cue on air while there is one."""

    __tablename__ = "lane"

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[dict[str, Any]]
    position: Mapped[int]
    status: Mapped[str]
    cue_id: Mapped[str | None]
    held_since: Mapped[datetime | None]


class CueRow(Base):
    """A cue, planned and as it ran; spans are whole milliseconds, as on the wire."""

    __tablename__ = "cue"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["conf", "segment_id"], ["segment.conf", "segment.id"], name="fk_cue_segment"
        ),
        sa.ForeignKeyConstraint(["conf", "lane_id"], ["lane.conf", "lane.id"], name="fk_cue_lane"),
        sa.UniqueConstraint("conf", "lane_id", "position", name="uq_cue_position"),
        sa.CheckConstraint("planned_ms > 0", name="planned"),
    )

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    segment_id: Mapped[str]
    lane_id: Mapped[str]
    title: Mapped[dict[str, Any]]
    position: Mapped[int]
    planned_start: Mapped[datetime]
    planned_ms: Mapped[int] = mapped_column(sa.BigInteger)
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    extension_ms: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    held_ms: Mapped[int] = mapped_column(sa.BigInteger, default=0)


class RunStepRow(Base):
    """A command of a run that can be undone; see `history.Step`. `before` and `after` are stored values by key."""

    __tablename__ = "run_step"
    __table_args__ = (sa.Index("ix_run_step_subject", "conf", "run_id", "subject", "number"),)

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    run_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    subject: Mapped[str]
    topic: Mapped[str]
    fields: Mapped[dict[str, Any]]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    actor: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None]
    cleared: Mapped[bool] = mapped_column(default=False)
