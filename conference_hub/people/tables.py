"""The rows of guests, of their groups, and of who took personal data out of the hub."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from conference_hub.core.db import Base
from conference_hub.core.opened import Opened

CONFERENCE = "conference.slug"


class GuestRow(Base):
    """A guest; `label` is `{"ko", "en"}`, `guest_group` the id of a group, empty for none.

    `changed_at` and the label `changed_by` say who changed the guest last on the desk; empty for nobody yet.
    """

    __tablename__ = "guest"
    __table_args__ = (
        sa.Index("uq_guest_number", "conf", "number", unique=True),
        sa.Index("ix_guest_party", "conf", "party"),
    )

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    label: Mapped[dict[str, Any] | None]
    organisation: Mapped[str | None]
    group: Mapped[str] = mapped_column("guest_group")
    mode: Mapped[str]
    seat: Mapped[str | None]
    email: Mapped[str | None]
    language: Mapped[str | None]
    number: Mapped[str] = mapped_column(server_default="")
    phone: Mapped[str | None]
    pronunciation: Mapped[str | None]
    needs: Mapped[str | None]
    look: Mapped[str | None]
    party: Mapped[str | None]
    notes: Mapped[str | None]
    changed_at: Mapped[datetime | None]
    changed_by: Mapped[str | None]


class GroupRow(Base):
    """A group of guests; texts are `{"ko", "en"}`, `colour` is `#rrggbb`."""

    __tablename__ = "guest_group"

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[dict[str, Any]]
    position: Mapped[int]
    badge_label: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    colour: Mapped[str | None]


class MailChoiceRow(Base):
    """Which mails a guest wants; `token` is the secret of the page on which they say so."""

    __tablename__ = "mail_choice"
    __table_args__ = (
        sa.ForeignKeyConstraint(["conf", "guest_id"], ["guest.conf", "guest.id"], ondelete="CASCADE"),
    )

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    guest_id: Mapped[str] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(unique=True)
    day_ahead: Mapped[bool] = mapped_column(default=True)
    shortly: Mapped[bool] = mapped_column(default=True)
    news: Mapped[bool] = mapped_column(default=True)


class NoticeRow(Base):
    """That a guest was shown the privacy notice in a version: by staff (`by`, `actor`), or on their own page."""

    __tablename__ = "guest_notice"
    __table_args__ = (
        sa.ForeignKeyConstraint(["conf", "guest_id"], ["guest.conf", "guest.id"], ondelete="CASCADE"),
    )

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    guest_id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    actor: Mapped[str]


class ReadingRow(Opened, Base):
    """That somebody read a page with personal data in one hour, how often, and when first and last.

    `guest_id` is the guest whose page it is, empty for a page of many.
    """

    __tablename__ = "guest_reading"
    __table_args__ = (sa.Index("ix_guest_reading_conf", "conf", "last_at"),)

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    actor: Mapped[str] = mapped_column(primary_key=True)
    page: Mapped[str] = mapped_column(primary_key=True)
    guest_id: Mapped[str] = mapped_column(primary_key=True)
    hour: Mapped[datetime] = mapped_column(primary_key=True)


class DisclosureRow(Base):
    """One time that somebody took personal data of `guests` people out of the hub: `kind`, why, and who it was.

    `reason` is a code, `note` what the person wrote beside it. Nothing of the data is here.
    """

    __tablename__ = "guest_disclosure"
    __table_args__ = (sa.Index("ix_guest_disclosure_conf", "conf", "at"),)

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    actor: Mapped[str]
    kind: Mapped[str]
    guests: Mapped[int]
    reason: Mapped[str]
    note: Mapped[str]
