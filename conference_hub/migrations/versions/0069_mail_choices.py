"""Keep which mails guests want.

Revision ID: 0069
Revises: 0068
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mail_choice",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("guest_id", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("day_ahead", sa.Boolean(), nullable=False),
        sa.Column("shortly", sa.Boolean(), nullable=False),
        sa.Column("news", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["conf"], ["conference.slug"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["conf", "guest_id"], ["guest.conf", "guest.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conf", "guest_id"),
        sa.UniqueConstraint("token"),
    )


def downgrade() -> None:
    op.drop_table("mail_choice")
