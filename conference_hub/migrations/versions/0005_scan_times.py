"""Keep when a scan happened apart from what its device claims, and whether it says where the guest was.

Revision ID: 0005
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0003"
branch_labels = None
depends_on = None

COUNTING = ("admitted", "left", "already_inside", "not_inside")
"""The answers to scans of a good badge while check-in was open, or by force."""


def upgrade() -> None:
    with op.batch_alter_table("scan") as batch:
        batch.alter_column("scanned_at", new_column_name="happened_at", existing_type=_instant())
        batch.add_column(sa.Column("claimed_at", _instant(), nullable=True))
        batch.add_column(sa.Column("doubted", sa.String(), nullable=True))
        batch.add_column(sa.Column("counts", sa.Boolean(), nullable=False, server_default=sa.false()))
    scan = sa.table("scan", sa.column("counts"), sa.column("verdict"), sa.column("undone_at"))
    counting = sa.and_(scan.c.verdict.in_(COUNTING), scan.c.undone_at.is_(None))
    op.execute(sa.update(scan).where(counting).values(counts=sa.true()))
    with op.batch_alter_table("scan") as batch:
        batch.alter_column("counts", server_default=None, existing_type=sa.Boolean())


def downgrade() -> None:
    with op.batch_alter_table("scan") as batch:
        batch.drop_column("counts")
        batch.drop_column("doubted")
        batch.drop_column("claimed_at")
        batch.alter_column("happened_at", new_column_name="scanned_at", existing_type=_instant())


def _instant() -> sa.DateTime:
    return sa.DateTime(timezone=True)
