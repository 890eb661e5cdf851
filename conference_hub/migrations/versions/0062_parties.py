"""Keep which guests come together, and who reads personal data of guests.

Revision ID: 0062
Revises: 0061
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("guest", sa.Column("party", sa.String(), nullable=True))
    op.create_index("ix_guest_party", "guest", ["conf", "party"])
    op.create_table(
        "guest_reading",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("guest_id", sa.String(), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["conf"], ["conference.slug"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conf", "actor", "page", "guest_id", "hour"),
    )
    op.create_index("ix_guest_reading_conf", "guest_reading", ["conf", "last_at"])


def downgrade() -> None:
    op.drop_index("ix_guest_reading_conf", table_name="guest_reading")
    op.drop_table("guest_reading")
    op.drop_index("ix_guest_party", table_name="guest")
    op.drop_column("guest", "party")
