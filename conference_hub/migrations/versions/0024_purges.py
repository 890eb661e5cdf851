"""Keep a record of each time that personal data of a conference were erased.

Revision ID: 0024
Revises: 0023
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "purge",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("kept_until", sa.Date(), nullable=True),
        sa.Column("erased", sa.JSON(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conf"], ["conference.slug"], name=op.f("fk_purge_conf"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conf", "number", name=op.f("pk_purge")),
    )


def downgrade() -> None:
    op.drop_table("purge")
