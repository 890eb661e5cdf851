"""Keep what a webhook's receiver answered last, and the last OSC message to each address.

Revision ID: 0047
Revises: 0046
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("web_hook_delivery", sa.Column("answer", sa.String(), nullable=False, server_default=""))
    op.add_column("osc_target", sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("osc_target", sa.Column("told", sa.String(), nullable=True))
    op.add_column("osc_target", sa.Column("told_error", sa.String(), nullable=True))


def downgrade() -> None:
    for column in ("told_error", "told", "told_at"):
        op.drop_column("osc_target", column)
    op.drop_column("web_hook_delivery", "answer")
