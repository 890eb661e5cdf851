"""Rows of check-in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from conference_hub.core.db import Base

CONFERENCE = "conference.slug"
GUEST = ["guest.conf", "guest.id"]
GATE = ["gate.conf", "gate.id"]
NOT_REVOKED = sa.text("revoked_at IS NULL")


class BadgeRow(Base):
    """A badge; of each guest at most one is not revoked.

    `printed_at` is when somebody said that it was printed, `reprint` whether what it shows was changed since.
    """

    __tablename__ = "badge"
    __table_args__ = (
        sa.ForeignKeyConstraint(["conf", "guest_id"], GUEST, ondelete="CASCADE"),
        sa.Index(
            "uq_badge_valid",
            "conf",
            "guest_id",
            unique=True,
            sqlite_where=NOT_REVOKED,
            postgresql_where=NOT_REVOKED,
        ),
    )

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    token: Mapped[str] = mapped_column(primary_key=True)
    guest_id: Mapped[str]
    issued_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    printed_at: Mapped[datetime | None]
    reprint: Mapped[bool] = mapped_column(server_default=sa.false())


class BadgeDesignRow(Base):
    """What the badges of a conference show and how they are laid out; no row: as the hub suggests."""

    __tablename__ = "badge_design"

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    layout: Mapped[str]
    fields: Mapped[list[Any]]
    colours: Mapped[bool]


class WalkInRow(Base):
    """A guest who was registered at a door: when, by whom, and which refusals were overruled (`over`), and why."""

    __tablename__ = "walk_in"
    __table_args__ = (sa.ForeignKeyConstraint(["conf", "guest_id"], GUEST, ondelete="CASCADE"),)

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    guest_id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    actor: Mapped[str]
    over: Mapped[list[Any]]
    note: Mapped[str | None]


class PresenceRow(Base):
    """Where a guest is; no row: never came. `place` None: left."""

    __tablename__ = "presence"
    __table_args__ = (
        sa.ForeignKeyConstraint(["conf", "guest_id"], GUEST, ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["conf", "first_gate"], GATE),
    )

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    guest_id: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[str | None]
    since: Mapped[datetime]
    first_at: Mapped[datetime]
    first_gate: Mapped[str | None]


class ScanRow(Base):
    """One answered attempt to pass, refusals included; `number` counts them in the order of answering.

    `happened_at` is the time by which presence is folded, `counts` whether it is; `claimed_at` and `doubted` are the
    device's time and why it was not used, or waits. `point`, `door` and `day` say to which history it belongs,
    `acted` what its device did, `would` what the rules say of that; `over`, `why` and `note` what staff overruled.
    `switched` is the way of taking part that it changed, with what moved along; empty: none.
    """

    __tablename__ = "scan"
    __table_args__ = (
        sa.ForeignKeyConstraint(["conf", "guest_id"], GUEST, ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["conf", "gate_id"], GATE),
        sa.UniqueConstraint("conf", "number"),
        sa.Index("ix_scan_guest", "conf", "guest_id", "number"),
        sa.Index("ix_scan_gate", "conf", "gate_id", "verdict"),
    )

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]
    guest_id: Mapped[str | None]
    gate_id: Mapped[str | None]
    direction: Mapped[str]
    verdict: Mapped[str]
    forced: Mapped[bool]
    counts: Mapped[bool]
    happened_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    doubted: Mapped[str | None]
    at: Mapped[datetime]
    by: Mapped[str]
    actor: Mapped[str]
    undone_at: Mapped[datetime | None]
    point: Mapped[str | None]
    door: Mapped[bool] = mapped_column(server_default=sa.true())
    day: Mapped[str | None]
    device: Mapped[str | None]
    acted: Mapped[str | None]
    would: Mapped[str | None]
    over: Mapped[list[Any]] = mapped_column(server_default="[]")
    why: Mapped[str | None]
    note: Mapped[str | None]
    surplus: Mapped[bool] = mapped_column(server_default=sa.false())
    switched: Mapped[list[Any]] = mapped_column(server_default="[]")


class ConflictRow(Base):
    """What scans say that is at odds, until somebody says what they did about it."""

    __tablename__ = "checkin_conflict"
    __table_args__ = (
        sa.ForeignKeyConstraint(["conf", "guest_id"], GUEST, ondelete="CASCADE"),
        sa.UniqueConstraint("conf", "kind", "scan_id"),
        sa.Index("ix_checkin_conflict_guest", "conf", "guest_id"),
    )

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    scan_id: Mapped[str]
    other_id: Mapped[str | None]
    guest_id: Mapped[str | None]
    found_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str | None]
    what: Mapped[str | None]
    word: Mapped[str | None]


class FormerBadgeRow(Base):
    """The digest of the token of a badge that is of nobody any more: when it ended, and why; not whose it was."""

    __tablename__ = "former_badge"

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    digest: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    why: Mapped[str]


class QuarantinedScanRow(Base):
    """A scan as it came (`sent`), which waits for somebody: its device was ended, or it could not be judged (`why`).

    `sender` is the device, or who was signed in, and `label` what they were called. `at` is when it happened, by the
    device's clock set right.
    """

    __tablename__ = "quarantined_scan"
    __table_args__ = (
        sa.UniqueConstraint("conf", "sender", "scan_id"),
        sa.Index("ix_quarantined_scan_waiting", "conf", "settled_at"),
    )

    conf: Mapped[str] = mapped_column(sa.ForeignKey(CONFERENCE, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    sender: Mapped[str]
    label: Mapped[str]
    scan_id: Mapped[str]
    why: Mapped[str]
    sent: Mapped[dict[str, Any]]
    at: Mapped[datetime | None]
    arrived_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str | None]
    what: Mapped[str | None]
