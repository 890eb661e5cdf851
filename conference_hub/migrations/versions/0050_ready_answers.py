"""Keep what was said of names that were not called when a lane became ready to go on.

Revision ID: 0050
Revises: 0049
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("run_lane", sa.Column("ready_left", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("run_lane", "ready_left")
