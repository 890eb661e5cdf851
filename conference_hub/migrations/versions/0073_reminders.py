"""Keep which reminders of sessions are sent, and how far they were written.

Revision ID: 0073
Revises: 0072
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reminder_setup",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("day_ahead", sa.Boolean(), nullable=False),
        sa.Column("shortly", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["conf"], ["conference.slug"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conf"),
    )
    op.create_table(
        "reminder_round",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("lead", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("after_guest", sa.String(), nullable=False),
        sa.Column("sending_id", sa.String(), nullable=True),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["conf"], ["conference.slug"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["conf", "session_id"], ["online_session.conf", "online_session.id"], ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conf", "session_id", "lead", "starts_at"),
    )
    op.create_index("ix_reminder_round_starts_at", "reminder_round", ["starts_at"])


def downgrade() -> None:
    op.drop_index("ix_reminder_round_starts_at", table_name="reminder_round")
    op.drop_table("reminder_round")
    op.drop_table("reminder_setup")
