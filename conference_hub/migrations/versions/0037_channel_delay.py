"""Keep of a channel how much later its picture is, and a page with its live captions.

Revision ID: 0037
Revises: 0036
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("channel", sa.Column("captions_url", sa.String(), nullable=True))
    op.add_column("channel", sa.Column("delay_ms", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("channel", "delay_ms")
    op.drop_column("channel", "captions_url")
