"""Rows of the ceremony in rehearsals: recipients by number, and no word about anybody. They go with their run."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from conference_hub.core.db import Base


def _of_run() -> tuple[sa.ForeignKeyConstraint]:
    return (sa.ForeignKeyConstraint(["conf", "run_id"], ["run.conf", "run.id"], ondelete="CASCADE"),)


class RehearsedAwardRow(Base):
    """An award of a rehearsal: `id` is of the rehearsal too, and says nothing of the award that it stands for."""

    __tablename__ = "rehearsed_award"
    __table_args__ = _of_run()

    conf: Mapped[str] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str]
    level_id: Mapped[str]
    lane_id: Mapped[str]
    cue_id: Mapped[str]
    call_order: Mapped[int]
    state: Mapped[str]
    revealed_at: Mapped[datetime | None]
    deferred: Mapped[bool]
    absent: Mapped[bool]
    joint: Mapped[str | None]


class RehearsedLevelRow(Base):
    """A level as it was when the rehearsal began: `content` is a `shapes.LevelDoc`."""

    __tablename__ = "rehearsed_level"
    __table_args__ = _of_run()

    conf: Mapped[str] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]


class RehearsedGroupRow(Base):
    """The group of a lane of a rehearsal, while there is one; its instants are times of the rehearsal's clock."""

    __tablename__ = "rehearsed_group"
    __table_args__ = _of_run()

    conf: Mapped[str] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(primary_key=True)
    lane_id: Mapped[str] = mapped_column(primary_key=True)
    cue_id: Mapped[str]
    awards: Mapped[list[str]] = mapped_column(sa.JSON)
    position: Mapped[int]
    pace_s: Mapped[int | None]
    next_at: Mapped[datetime | None]
    paused: Mapped[bool]
    began_at: Mapped[datetime]
