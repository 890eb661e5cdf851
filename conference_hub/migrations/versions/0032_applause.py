"""Keep whether the audience may clap.

Revision ID: 0032
Revises: 0031
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "applause",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("taken", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conf"], ["conference.slug"], name=op.f("fk_applause_conf"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conf", name=op.f("pk_applause")),
    )


def downgrade() -> None:
    op.drop_table("applause")
