"""The row of a mail."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from conference_hub.core.db import Base


class MailRow(Base):
    """A mail of the outbox; `conf` is null for a mail about the hub itself."""

    __tablename__ = "mail"
    __table_args__ = (
        sa.Index("ix_mail_conf_state", "conf", "state"),
        sa.Index("ix_mail_state_next_try_at", "state", "next_try_at"),
        sa.Index("ix_mail_conf_about", "conf", "about"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    conf: Mapped[str | None] = mapped_column(sa.ForeignKey("conference.slug", ondelete="CASCADE"))
    kind: Mapped[str]
    to_name: Mapped[str]
    to_address: Mapped[str]
    subject: Mapped[str]
    content: Mapped[str]
    link: Mapped[str | None]
    created_at: Mapped[datetime]
    by: Mapped[str]
    actor: Mapped[str]
    state: Mapped[str]
    since: Mapped[datetime]
    next_try_at: Mapped[datetime]
    attempts: Mapped[int]
    leased_until: Mapped[datetime | None]
    last_error: Mapped[str]
    settled_at: Mapped[datetime | None]
    about: Mapped[str | None]


class MailWordingRow(Base):
    """The words of a kind of mails in one language, where organisers changed them."""

    __tablename__ = "mail_wording"

    conf: Mapped[str] = mapped_column(sa.ForeignKey("conference.slug", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str]
    content: Mapped[str]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
