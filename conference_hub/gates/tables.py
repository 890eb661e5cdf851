"""Rows of points and gates."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from conference_hub.core.db import Base

CONFERENCE = "conference.slug"


class PointRow(Base):
    """What is counted; `title` is `{"ko", "en"}`, `windows` `[{"opens_at", "closes_at"}]` in UTC."""

    __tablename__ = "point"

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[dict[str, Any]]
    position: Mapped[int]
    kind: Mapped[str]
    exits: Mapped[bool]
    reentry: Mapped[str]
    daily: Mapped[bool]
    windows: Mapped[list[Any]]


class GateRow(Base):
    """Where somebody scans; `title` is `{"ko", "en"}`, `point` the id of a point.

    `groups` are ids of groups and `modes` ways of taking part that it is for; empty: everybody.
    """

    __tablename__ = "gate"

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[dict[str, Any]]
    position: Mapped[int]
    point: Mapped[str] = mapped_column(server_default="hall")
    groups: Mapped[list[Any]] = mapped_column("for_groups", server_default="[]")
    modes: Mapped[list[Any]] = mapped_column("for_modes", server_default="[]")
