"""Keep how short a cue may be, and whether it may be left out, when time has to be made up.

Revision ID: 0046
Revises: 0045
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("plan_cue", "run_cue"):
        op.add_column(table, sa.Column("shortest_ms", sa.BigInteger(), nullable=True))
        op.add_column(table, sa.Column("droppable", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    for table in ("run_cue", "plan_cue"):
        op.drop_column(table, "droppable")
        op.drop_column(table, "shortest_ms")
