"""Keep who registered a walk-in, and which privacy notice each guest was shown.

Revision ID: 0061
Revises: 0060
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "walk_in",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("guest_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("over", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["conf"], ["conference.slug"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["conf", "guest_id"], ["guest.conf", "guest.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conf", "guest_id"),
    )
    op.create_table(
        "guest_notice",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("guest_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["conf"], ["conference.slug"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["conf", "guest_id"], ["guest.conf", "guest.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conf", "guest_id", "version"),
    )


def downgrade() -> None:
    op.drop_table("guest_notice")
    op.drop_table("walk_in")
