"""Keep which awards come out together.

Revision ID: 0048
Revises: 0047
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("award", sa.Column("joint", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("award", "joint")
