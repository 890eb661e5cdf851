"""Rows of certificates."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from conference_hub.core.db import Base


class CertificateRow(Base):
    """A certificate of attendance as it was given; texts are `{"ko", "en"}`, `ways` are a list of codes.

    `sessions` are those attended, for one about the follow-up: `[{"title", "starts_at", "minutes"}]`, in their order.

    `guest_id`, `name` and `organisation` are empty once personal data were erased, or the guest left the list: what
    remains can still be verified. `guest_id` has no foreign key for that reason.
    """

    __tablename__ = "certificate"
    __table_args__ = (sa.Index("ix_certificate_guest", "conf", "guest_id"),)

    conf: Mapped[str] = mapped_column(sa.ForeignKey("conference.slug", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    guest_id: Mapped[str | None]
    name: Mapped[str | None]
    organisation: Mapped[str | None]
    minutes: Mapped[int | None]
    ways: Mapped[list[Any]]
    title: Mapped[dict[str, Any]]
    issuer: Mapped[dict[str, Any]]
    issued_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    about: Mapped[str]
    sessions: Mapped[list[Any]]
