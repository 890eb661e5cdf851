"""Rows of registration: what is set, who registered, which consents they gave, and the codes of invitations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from conference_hub.core.db import Base

CONFERENCE = "conference.slug"


class RegistrationSetupRow(Base):
    """What organisers set; `capacity` is `{mode: places or null}`, texts are `{"ko", "en"}`."""

    __tablename__ = "registration_setup"

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    opening: Mapped[str]
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    approval: Mapped[bool]
    waiting_list: Mapped[bool]
    capacity: Mapped[dict[str, Any]]
    notice: Mapped[dict[str, Any] | None]
    notice_version: Mapped[int]
    revision: Mapped[int]
    changed_by: Mapped[str]


class QuestionRow(Base):
    """A question of the organiser's own; `options` are `[{"id", "text": {"ko", "en"}}]`."""

    __tablename__ = "registration_question"

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    kind: Mapped[str]
    label: Mapped[dict[str, Any]]
    required: Mapped[bool]
    options: Mapped[list[Any]]


class ConsentRow(Base):
    """A consent that may be refused."""

    __tablename__ = "registration_consent"

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    title: Mapped[dict[str, Any]]
    body: Mapped[dict[str, Any] | None]
    version: Mapped[int]
    hidden: Mapped[bool]


class RegistrationRow(Base):
    """A registration; `address_key` is the address in the form in which two are the same.

    Name, organisation and mode are those that were typed; of one with a place, the guest's row is the truth.
    """

    __tablename__ = "registration"
    __table_args__ = (
        sa.UniqueConstraint("conf", "address_key"),
        sa.Index("ix_registration_conf_state", "conf", "state", "mode"),
        sa.Index("ix_registration_conf_guest_id", "conf", "guest_id"),
    )

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    address_key: Mapped[str]
    address: Mapped[str]
    name: Mapped[str]
    organisation: Mapped[str | None]
    mode: Mapped[str]
    language: Mapped[str]
    state: Mapped[str]
    answers: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    queued_at: Mapped[datetime]
    notice_version: Mapped[int]
    guest_id: Mapped[str | None]
    invitation_id: Mapped[str | None]
    link_number: Mapped[int]
    revision: Mapped[int]
    changed_by: Mapped[str]
    guest_own: Mapped[bool] = mapped_column(server_default=sa.false())
    proved: Mapped[bool] = mapped_column(server_default=sa.false())
    unconfirmed_since: Mapped[datetime | None]


class ConsentGivenRow(Base):
    """A consent as somebody gave it: its version, when, and when it was withdrawn."""

    __tablename__ = "registration_consent_given"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["conf", "registration_id"], ["registration.conf", "registration.id"], ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["conf", "consent_id"], ["registration_consent.conf", "registration_consent.id"]
        ),
    )

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    registration_id: Mapped[str] = mapped_column(primary_key=True)
    consent_id: Mapped[str] = mapped_column(primary_key=True)
    given_at: Mapped[datetime] = mapped_column(primary_key=True)
    version: Mapped[int]
    withdrawn_at: Mapped[datetime | None]


class InvitationRow(Base):
    """A code with which one may register."""

    __tablename__ = "registration_invitation"

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    address: Mapped[str | None]
    most: Mapped[int | None]
    created_at: Mapped[datetime]
    by: Mapped[str]
    revoked_at: Mapped[datetime | None]
