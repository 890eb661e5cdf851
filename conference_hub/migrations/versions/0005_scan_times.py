"""Keep when a scan happened apart from what its device claims, and whether it says where the guest was.

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

COUNTING = ("admitted", "left")
"""The answers by which guests moved so far: refusals of then change nothing, some rest on what was undone."""


def upgrade() -> None:
    op.execute("ALTER TABLE scan RENAME COLUMN scanned_at TO happened_at")
    op.add_column("scan", sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("scan", sa.Column("doubted", sa.String(), nullable=True))
    op.add_column("scan", sa.Column("counts", sa.Boolean(), nullable=False, server_default=sa.false()))
    scan = sa.table("scan", sa.column("counts"), sa.column("verdict"), sa.column("undone_at"))
    counting = sa.and_(scan.c.verdict.in_(COUNTING), scan.c.undone_at.is_(None))
    op.execute(sa.update(scan).where(counting).values(counts=sa.true()))


def downgrade() -> None:
    for column in ("counts", "doubted", "claimed_at"):
        op.drop_column("scan", column)
    op.execute("ALTER TABLE scan RENAME COLUMN happened_at TO scanned_at")
