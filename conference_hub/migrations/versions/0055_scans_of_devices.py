"""Keep of a scan its history, what its device did and why staff overruled; keep conflicts; ask for a look.

`wrong_day` becomes what it was: before the doors opened, or after they closed.

Revision ID: 0055
Revises: 0054
"""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

TEXTS = ("point", "day", "device", "acted", "would", "why", "note")
CONFLICT_TEXTS = ("other_id", "guest_id", "settled_by", "what", "word")


def upgrade() -> None:
    for name in TEXTS:
        op.add_column("scan", sa.Column(name, sa.String(), nullable=True))
    op.add_column("scan", sa.Column("door", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("scan", sa.Column("over", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("scan", sa.Column("surplus", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("guest", sa.Column("look", sa.String(), nullable=True))
    op.create_table(
        "checkin_conflict",
        _conf(),
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("scan_id", sa.String(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=True) for name in CONFLICT_TEXTS),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["conf", "guest_id"], ["guest.conf", "guest.id"], ondelete="CASCADE"),
        sa.UniqueConstraint("conf", "kind", "scan_id"),
    )
    op.create_index("ix_checkin_conflict_guest", "checkin_conflict", ["conf", "guest_id"])
    op.create_table(
        "former_badge",
        _conf(),
        sa.Column("digest", sa.String(), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
    )
    _say_when_doors_were_shut()


def downgrade() -> None:
    op.drop_table("former_badge")
    op.drop_table("checkin_conflict")
    op.drop_column("guest", "look")
    scan = sa.table("scan", sa.column("verdict", sa.String()))
    shut = scan.c.verdict.in_(["not_yet_open", "closed"])
    op.get_bind().execute(sa.update(scan).where(shut).values(verdict="wrong_day"))
    for name in ("surplus", "over", "door", *reversed(TEXTS)):
        op.drop_column("scan", name)


def _conf() -> sa.Column[str]:
    return sa.Column(
        "conf", sa.String(), sa.ForeignKey("conference.slug", ondelete="CASCADE"), primary_key=True
    )


def _say_when_doors_were_shut() -> None:
    connection = op.get_bind()
    scan = sa.table(
        "scan",
        *(sa.column(name, sa.String()) for name in ("conf", "verdict", "gate_id", "point")),
        sa.column("happened_at", sa.DateTime(timezone=True)),
    )
    conference = sa.table(
        "conference",
        sa.column("slug", sa.String()),
        sa.column("starts_at", sa.DateTime(timezone=True)),
        sa.column("doors_before_min", sa.Integer()),
    )
    connection.execute(sa.update(scan).where(scan.c.gate_id.is_not(None)).values(point="hall"))
    wrong = scan.c.verdict == "wrong_day"
    for slug, starts_at, before in connection.execute(sa.select(conference)).all():
        early = scan.c.happened_at < starts_at - timedelta(minutes=before)
        connection.execute(
            sa.update(scan).where(scan.c.conf == slug, wrong, early).values(verdict="not_yet_open")
        )
        connection.execute(sa.update(scan).where(scan.c.conf == slug, wrong).values(verdict="closed"))
