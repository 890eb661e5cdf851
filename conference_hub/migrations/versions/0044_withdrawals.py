"""Keep why an award was withdrawn.

Revision ID: 0044
Revises: 0043
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("award", sa.Column("withdrawal", sa.String(), nullable=True))


def downgrade() -> None:
    op.execute(sa.text("UPDATE award SET state = 'skipped' WHERE state = 'withdrawn'"))
    op.drop_column("award", "withdrawal")
