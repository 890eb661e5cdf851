"""Let organisers decide what devices do with a known badge while the hub cannot be reached.

Revision ID: 0056
Revises: 0055
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "offline_rule",
        sa.Column(
            "conf", sa.String(), sa.ForeignKey("conference.slug", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("blue", sa.String(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("offline_rule")
