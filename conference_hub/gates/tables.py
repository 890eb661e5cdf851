"""Rows of points, gates and devices."""

from __future__ import annotations

from datetime import datetime
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


class DeviceRow(Base):
    """A browser that was paired for check-in; `id` is the device of its sessions, `gates` ids of gates (empty: all).

    `paired_by` is the label of who made its link, `upload_key` the fingerprint of its key, `salt` that of its roster.
    `last_seen_at` and what follows is what it told last.
    """

    __tablename__ = "device"

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    gates: Mapped[list[Any]]
    scan_only: Mapped[bool]
    browser: Mapped[str | None]
    upload_key: Mapped[str]
    salt: Mapped[str]
    paired_at: Mapped[datetime]
    paired_by: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    last_seen_at: Mapped[datetime | None]
    version: Mapped[str | None]
    roster_at: Mapped[datetime | None]
    skew_ms: Mapped[int | None]
    waiting: Mapped[int] = mapped_column(server_default="0")
    oldest_at: Mapped[datetime | None]


class DeviceLinkRow(Base):
    """A code that pairs one browser, once; `device_id` is the device that it made or brought back."""

    __tablename__ = "device_link"

    secret: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"))
    name: Mapped[str]
    gates: Mapped[list[Any]]
    scan_only: Mapped[bool]
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    created_by_actor: Mapped[str]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    device_id: Mapped[str | None]


class OfflineRuleRow(Base):
    """What devices do with a badge that they know while the hub cannot be reached; no row: they let people in."""

    __tablename__ = "offline_rule"

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    blue: Mapped[str]
