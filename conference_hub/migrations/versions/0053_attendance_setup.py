"""Keep what counts as attendance, and on which terms certificates are given.

Revision ID: 0053
Revises: 0052
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attendance_setup",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("count_idle", sa.Boolean(), nullable=False),
        sa.Column("certificates", sa.Boolean(), nullable=False),
        sa.Column("min_minutes", sa.Integer(), nullable=True),
        sa.Column("min_percent", sa.Integer(), nullable=True),
        sa.Column("issuer", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("show_names", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conf"], ["conference.slug"], name=op.f("fk_attendance_setup_conf"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conf", name=op.f("pk_attendance_setup")),
    )


def downgrade() -> None:
    op.drop_table("attendance_setup")
