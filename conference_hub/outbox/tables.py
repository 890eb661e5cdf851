"""The rows of mails, of sendings, and of mails to many that are being written."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from conference_hub.core.db import Base

CONFERENCE = "conference.slug"


class MailRow(Base):
    """A mail of the outbox; `conf` is null for a mail about the hub itself.

    `sending_id` has no foreign key: the column came later, and SQLite would have to make the table anew.
    """

    __tablename__ = "mail"
    __table_args__ = (
        sa.Index("ix_mail_conf_state", "conf", "state"),
        sa.Index("ix_mail_state_next_try_at", "state", "next_try_at"),
        sa.Index("ix_mail_conf_about", "conf", "about"),
        sa.Index("ix_mail_conf_number", "conf", "number"),
        sa.Index("ix_mail_conf_order_key", "conf", "order_key", "number"),
        sa.Index("ix_mail_conf_once_key", "conf", "once_key", unique=True),
        sa.Index("ix_mail_sending_id", "sending_id", "state", "created_at", "number"),
        sa.Index("ix_mail_state_expires_at", "state", "expires_at"),
        sa.Index("ix_mail_tried_at", "tried_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    conf: Mapped[str | None] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(server_default="0")
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
    tried_at: Mapped[datetime | None]
    tried_before: Mapped[datetime | None]
    leased_until: Mapped[datetime | None]
    last_error: Mapped[str]
    settled_at: Mapped[datetime | None]
    about: Mapped[str | None]
    calendar: Mapped[str | None]
    order_key: Mapped[str | None]
    once_key: Mapped[str | None]
    expires_at: Mapped[datetime | None]
    unsubscribe: Mapped[str | None]
    language: Mapped[str | None]
    sending_id: Mapped[str | None]


class SendingRow(Base):
    """Many mails of one act; `title` is `{"ko", "en"}`."""

    __tablename__ = "mail_sending"

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    title: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    by: Mapped[str]
    actor: Mapped[str]
    state: Mapped[str]


class BulkRoundRow(Base):
    """How far a mail to many is that is being written (`model.BulkRound`); the row goes when it is done."""

    __tablename__ = "bulk_round"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["conf", "sending_id"], ["mail_sending.conf", "mail_sending.id"], ondelete="CASCADE"
        ),
    )

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    sending_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    occasion: Mapped[str]
    after_guest: Mapped[str]
    written: Mapped[int]
    planned: Mapped[int]


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
