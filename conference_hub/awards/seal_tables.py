"""Rows of the seal: what the gate may know, who opened sealed content, and the commitments to the results."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from conference_hub.core.db import Base
from conference_hub.core.opened import Opened

CONFERENCE = "conference.slug"


class SealRow(Base):
    """How the results of a conference are sealed: no row while nobody changed anything.

    `gate_order`: the gate learns the round and the place in it. `opened_at`: from when the salts of revealed awards are
    public. `tell_recipients`: recipients elsewhere are told that they are called soon.
    """

    __tablename__ = "award_seal"

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    gate_order: Mapped[bool]
    opened_at: Mapped[datetime | None]
    tell_recipients: Mapped[bool] = mapped_column(server_default=sa.true())


class CommitmentRow(Base):
    """A commitment to the results, counted from 1: `digest` is over `digests`, which are in their own order.

    `reason` says why it follows an earlier one, empty for the first.
    """

    __tablename__ = "award_commitment"

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    by: Mapped[str]
    actor: Mapped[str]
    reason: Mapped[str]
    digest: Mapped[str]
    digests: Mapped[list[Any]] = mapped_column(sa.JSON)


class SaltRow(Base):
    """The secret of one award in one commitment: 256 bits in hexadecimal. `award_id` may be of one that is gone."""

    __tablename__ = "award_salt"

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    award_id: Mapped[str] = mapped_column(primary_key=True)
    salt: Mapped[str]


class OpeningRow(Opened, Base):
    """That somebody opened sealed content on one page in one hour, how often, and when first and last."""

    __tablename__ = "award_opening"
    __table_args__ = (sa.Index("ix_award_opening_conf", "conf", "last_at"),)

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    actor: Mapped[str] = mapped_column(primary_key=True)
    page: Mapped[str] = mapped_column(primary_key=True)
    hour: Mapped[datetime] = mapped_column(primary_key=True)
