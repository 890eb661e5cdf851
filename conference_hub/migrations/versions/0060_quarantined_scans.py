"""Keep scans as they came that wait for somebody: those of ended devices, and those that could not be judged.

Revision ID: 0060
Revises: 0059
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "quarantined_scan",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("scan_id", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("sent", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(), nullable=True),
        sa.Column("what", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["conf"], ["conference.slug"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conf", "id"),
        sa.UniqueConstraint("conf", "sender", "scan_id"),
    )
    op.create_index("ix_quarantined_scan_waiting", "quarantined_scan", ["conf", "settled_at"])


def downgrade() -> None:
    op.drop_index("ix_quarantined_scan_waiting", table_name="quarantined_scan")
    op.drop_table("quarantined_scan")
