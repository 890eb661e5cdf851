"""Rows of the follow-up: online sessions, who signed up and was told what, and the secret of a personal calendar."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from conference_hub.core.db import Base

CONFERENCE = "conference.slug"


class SeriesRow(Base):
    """A series of online sessions; texts are `{"ko", "en"}`."""

    __tablename__ = "session_series"

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[dict[str, Any]]
    description: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    position: Mapped[int]


class OnlineSessionRow(Base):
    """An online session; texts are `{"ko", "en"}`.

    `speakers` are `[{"name", "role"}]`, `materials` `[{"title", "url", "public_from"}]`. `series_id` has no foreign
    key: the column came later, and SQLite would have to make the table anew, to which sign-ups refer. `notify_at` is
    when those who signed up are told of changes, None: there is nothing to tell. `left_sequence` is the highest
    SEQUENCE of a mail to somebody who was taken off the list since, None: nobody was; calendars remember it.
    """

    __tablename__ = "online_session"
    __table_args__ = (sa.Index("ix_online_session_notify", "notify_at"),)

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[dict[str, Any]]
    description: Mapped[dict[str, Any] | None]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    url: Mapped[str | None]
    uid: Mapped[str] = mapped_column(unique=True)
    sequence: Mapped[int]
    status: Mapped[str]
    changed_at: Mapped[datetime]
    capacity: Mapped[int | None]
    series_id: Mapped[str | None]
    speakers: Mapped[list[Any]] = mapped_column(server_default="[]")
    host: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    waits: Mapped[bool] = mapped_column(server_default=sa.false())
    link_opens_at: Mapped[datetime | None]
    materials: Mapped[list[Any]] = mapped_column(server_default="[]")
    cases: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    moved_from: Mapped[datetime | None]
    notify_at: Mapped[datetime | None]
    left_sequence: Mapped[int | None]


class SignUpRow(Base):
    """A guest's place in a session; `status` is `taken`, or `withdrawn` once the guest gave it up."""

    __tablename__ = "sign_up"
    __table_args__ = (
        sa.ForeignKeyConstraint(["conf", "session_id"], ["online_session.conf", "online_session.id"]),
        sa.ForeignKeyConstraint(["conf", "guest_id"], ["guest.conf", "guest.id"]),
        sa.Index("ix_sign_up_guest", "conf", "guest_id"),
    )

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    session_id: Mapped[str] = mapped_column(primary_key=True)
    guest_id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    status: Mapped[str] = mapped_column(server_default="taken")


class InvitationRow(Base):
    """What a guest was told of a session; the columns are the fields of `invitations.Invitation`."""

    __tablename__ = "invitation"
    __table_args__ = (
        sa.ForeignKeyConstraint(["conf", "session_id"], ["online_session.conf", "online_session.id"]),
        sa.ForeignKeyConstraint(["conf", "guest_id"], ["guest.conf", "guest.id"]),
        sa.Index("ix_invitation_guest", "conf", "guest_id"),
    )

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    session_id: Mapped[str] = mapped_column(primary_key=True)
    guest_id: Mapped[str] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(unique=True)
    sequence: Mapped[int | None]
    told: Mapped[str | None]
    stamp: Mapped[datetime | None]
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    host: Mapped[str | None]
    organizer: Mapped[str | None]
    attendee: Mapped[str | None]
    mail_id: Mapped[str | None]
    waiting_at: Mapped[str | None]
    waiting_mail_id: Mapped[str | None]
    sent_sequence: Mapped[int | None]
    sent_at: Mapped[datetime | None]
    held_starts_at: Mapped[datetime | None]
    held_ends_at: Mapped[datetime | None]
    held_host: Mapped[str | None]
    held_attendee: Mapped[str | None]
    bounced_at: Mapped[datetime | None]
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    answer_sequence: Mapped[int | None]
    answer_stamp: Mapped[datetime | None]


class FollowupSetupRow(Base):
    """How long changes wait before those who signed up are told (`cooling_min`), and whether they wait for a press.

    `sending_id` is the sending to which the mails belong that are being written, None: none are.
    """

    __tablename__ = "followup_setup"

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    cooling_min: Mapped[int]
    hold: Mapped[bool]
    sending_id: Mapped[str | None]


class PersonalCalendarRow(Base):
    """The address of a guest's own calendar; calendars cannot sign in, so the address itself is the secret."""

    __tablename__ = "personal_calendar"
    __table_args__ = (sa.ForeignKeyConstraint(["conf", "guest_id"], ["guest.conf", "guest.id"]),)

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    guest_id: Mapped[str] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(unique=True)


class KeptItemRow(Base):
    """Something that a guest keeps in their own agenda: a session or a segment of the day (`kind`)."""

    __tablename__ = "kept_item"
    __table_args__ = (sa.ForeignKeyConstraint(["conf", "guest_id"], ["guest.conf", "guest.id"]),)

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    guest_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    item_id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class ReminderSetupRow(Base):
    """Which reminders a conference sends."""

    __tablename__ = "reminder_setup"

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    day_ahead: Mapped[bool]
    shortly: Mapped[bool]


class ReminderRoundRow(Base):
    """How far the reminders of a session at one start were written (`reminders.Round`)."""

    __tablename__ = "reminder_round"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["conf", "session_id"], ["online_session.conf", "online_session.id"], ondelete="CASCADE"
        ),
        sa.Index("ix_reminder_round_starts_at", "starts_at"),
    )

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    session_id: Mapped[str] = mapped_column(primary_key=True)
    lead: Mapped[str] = mapped_column(primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(primary_key=True)
    after_guest: Mapped[str]
    sending_id: Mapped[str | None]
    done: Mapped[bool]
