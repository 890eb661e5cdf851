"""Keep certificates about the follow-up sessions, and on which terms they are given.

Revision ID: 0075
Revises: 0074
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0075"
down_revision = "0074"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "attendance_setup", sa.Column("follow_up", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("attendance_setup", sa.Column("min_sessions", sa.Integer(), nullable=True))
    op.add_column("certificate", sa.Column("about", sa.String(), nullable=False, server_default="day"))
    op.add_column("certificate", sa.Column("sessions", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("certificate") as batch_op:
        batch_op.alter_column("minutes", existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM certificate WHERE about = 'follow_up'")
    with op.batch_alter_table("certificate") as batch_op:
        batch_op.alter_column("minutes", existing_type=sa.Integer(), nullable=False)
    op.drop_column("certificate", "sessions")
    op.drop_column("certificate", "about")
    op.drop_column("attendance_setup", "min_sessions")
    op.drop_column("attendance_setup", "follow_up")
