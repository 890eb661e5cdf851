"""Store what undoes each command of a run.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "run_step",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("undone_at", INSTANT, nullable=True),
        sa.Column("undone_by", sa.String(), nullable=True),
        sa.Column("cleared", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conf"], ["conference.slug"], name=op.f("fk_run_step_conf"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conf", "run_id", "number", name=op.f("pk_run_step")),
    )
    op.create_index("ix_run_step_subject", "run_step", ["conf", "run_id", "subject", "number"])


def downgrade() -> None:
    op.drop_index("ix_run_step_subject", "run_step")
    op.drop_table("run_step")
