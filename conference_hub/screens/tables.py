"""What lies over the stage of each lane, and whether the audience may clap."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from conference_hub.core.db import Base


class StageLayerRow(Base):
    """The last layer of a lane; `layer` is null once it was taken away."""

    __tablename__ = "stage_layer"

    conf: Mapped[str] = mapped_column(sa.ForeignKey("conference.slug", ondelete="CASCADE"), primary_key=True)
    lane_id: Mapped[str] = mapped_column(primary_key=True)
    layer: Mapped[str | None]
    text: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    since: Mapped[datetime]


class RehearsedLayerRow(Base):
    """The last layer of a lane of a rehearsal."""

    __tablename__ = "rehearsed_layer"
    __table_args__ = (
        sa.ForeignKeyConstraint(["conf", "run_id"], ["run.conf", "run.id"], ondelete="CASCADE"),
    )

    conf: Mapped[str] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(primary_key=True)
    lane_id: Mapped[str] = mapped_column(primary_key=True)
    layer: Mapped[str | None]
    text: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    since: Mapped[datetime]


class ApplauseRow(Base):
    """Whether applause of the audience is taken and shown; no row: it is."""

    __tablename__ = "applause"

    conf: Mapped[str] = mapped_column(sa.ForeignKey("conference.slug", ondelete="CASCADE"), primary_key=True)
    taken: Mapped[bool]
