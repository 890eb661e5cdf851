"""What lies over the stage of each lane."""

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
