"""Keep since when a lane is ready for a cue that starts together with those of other lanes.

Revision ID: 0043
Revises: 0042
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("run_lane", sa.Column("ready_since", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("run_lane", "ready_since")
