"""Accounts, what they may do, and the secrets that stand for them (stored as fingerprints only)."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from conference_hub.core.db import Base

CONFERENCE = "conference.slug"


def _guest_key() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["conf", "guest_id"], ["guest.conf", "guest.id"], ondelete="CASCADE")


class AccountRow(Base):
    """Somebody with a login name and a password (argon2id; None: links only).

    Who `may_create` makes conferences on this hub, and says who else may: a hub organiser. `created_by` is the label of
    the actor `created_by_actor` (None: made on the command line, or before accounts said it).
    """

    __tablename__ = "account"

    id: Mapped[str] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str | None]
    language: Mapped[str | None]
    created_at: Mapped[datetime]
    created_by: Mapped[str | None]
    created_by_actor: Mapped[str | None]
    last_used_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    may_create: Mapped[bool] = mapped_column(default=False)


class AccountLinkRow(Base):
    """A link that signs a browser in as an account, once."""

    __tablename__ = "account_link"

    secret: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class AccountGrantRow(Base):
    """A role an account has in a conference."""

    __tablename__ = "account_grant"

    account_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)


class WebSessionRow(Base):
    """A signed-in browser; ends by sign-out, by revoking, or at `expires_at`.

    Each sign-in makes a new row and ends the browser's earlier one. `device_id` stays the same as long as roles are
    handed on from one to the next: it names the device as an actor. `browser` is its family (`Chrome / Android`).
    """

    __tablename__ = "web_session"

    id: Mapped[str] = mapped_column(primary_key=True)
    device_id: Mapped[str]
    secret: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"))
    name: Mapped[str]
    browser: Mapped[str | None]
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class SessionGrantRow(Base):
    """A role a signed-in browser has through a link; roles of its account are looked up, not copied.

    `link_id` is the link that gave it (None: given before links had ids), `name` whom the link was made for. It goes
    with its guest.
    """

    __tablename__ = "session_grant"
    __table_args__ = (_guest_key(), sa.Index("ix_session_grant_link_id", "link_id"))

    session_id: Mapped[str] = mapped_column(
        sa.ForeignKey("web_session.id", ondelete="CASCADE"), primary_key=True
    )
    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    guest_id: Mapped[str | None]
    link_id: Mapped[str | None]
    name: Mapped[str]


class SignInLinkRow(Base):
    """A link that signs a browser in: once, or (a guest's personal link) until it expires.

    `id` names it in lists and commands, `used_at` is its last use; `name` is empty when it is for nobody in particular.
    `created_by` is the label of the actor `created_by_actor`. It goes with its guest.
    """

    __tablename__ = "sign_in_link"
    __table_args__ = (_guest_key(),)

    secret: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"))
    role: Mapped[str]
    name: Mapped[str]
    guest_id: Mapped[str | None]
    once: Mapped[bool]
    created_at: Mapped[datetime | None]
    created_by: Mapped[str]
    created_by_actor: Mapped[str]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class ScreenLinkRow(Base):
    """An address that opens a screen of one kind, as often as it is asked for, until it is revoked.

    `options` is the query that the address was made with (`lane=hall&lang=ko`); `name` says where the screen stands.
    `created_by` is the label of the actor `created_by_actor`.
    """

    __tablename__ = "screen_link"

    secret: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"))
    kind: Mapped[str]
    role: Mapped[str]
    name: Mapped[str]
    options: Mapped[str]
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    created_by_actor: Mapped[str]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class MachineTokenRow(Base):
    """A bearer token for a script: one role in one conference; `id` names it in lists and commands.

    `created_by` is the label of the actor `created_by_actor`.
    """

    __tablename__ = "machine_token"

    secret: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"))
    role: Mapped[str]
    name: Mapped[str]
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    created_by_actor: Mapped[str]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
