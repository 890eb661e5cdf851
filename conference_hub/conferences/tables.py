"""The row every other row belongs to, and the record of what was erased of a conference."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from conference_hub.core.db import Base


class ConferenceRow(Base):
    """A conference; texts are `{"ko", "en"}`.

    `languages` are `ko` and `en` or one of them, the main one first.
    `state` is the one set by hand, before it was archived; `archived_by` is the label of who did. `purge_on` is the day
    until which personal data are kept. `doors_before_min` and `doors_after_min` are how long before the start check-in
    opens, and after the end closes. `revision` grows with each change of what organisers configure (plan, levels,
    gates, sessions, the conference), `people_revision` with each change of the guest list: what is kept in memory is
    kept by these numbers.
    """

    __tablename__ = "conference"

    slug: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[dict[str, Any]]
    host: Mapped[dict[str, Any]]
    venue: Mapped[dict[str, Any]]
    timezone: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    accent: Mapped[str]
    languages: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(default="ready")
    archived_at: Mapped[datetime | None]
    archived_by: Mapped[str | None]
    purge_on: Mapped[date | None]
    doors_before_min: Mapped[int] = mapped_column(server_default="180")
    doors_after_min: Mapped[int] = mapped_column(server_default="180")
    revision: Mapped[int] = mapped_column(default=0)
    people_revision: Mapped[int] = mapped_column(default=0)


class PurgeRow(Base):
    """The record that personal data of a conference were erased; nobody is named in it but who did.

    `erased` is `{kind: rows}`, `figures` `[{"title": {"ko", "en"}, "count"}]`, `kept_until` the day that was set then.
    """

    __tablename__ = "purge"

    conf: Mapped[str] = mapped_column(sa.ForeignKey("conference.slug", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    by: Mapped[str]
    actor: Mapped[str]
    kept_until: Mapped[date | None]
    erased: Mapped[dict[str, Any]]
    figures: Mapped[list[Any]]
