"""Keep of each published segment which state calendars have: its sequence, and when it changed.

Versions of before have none; their segments have the number of the version less one, as they were given out.

Revision ID: 0022
Revises: 0021
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("plan_version", sa.Column("stamps", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("plan_version", "stamps")
