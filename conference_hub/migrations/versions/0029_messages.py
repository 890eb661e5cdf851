"""Keep messages to audiences and screens.

Revision ID: 0029
Revises: 0028
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "message",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("audiences", sa.JSON(), nullable=False),
        sa.Column("emergency", sa.Boolean(), nullable=False),
        sa.Column("lane_id", sa.String(), nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("until", INSTANT, nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("acknowledged", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["conf"], ["conference.slug"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conf", "id"),
    )


def downgrade() -> None:
    op.drop_table("message")
