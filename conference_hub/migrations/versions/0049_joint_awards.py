"""Keep which awards come out together.

Revision ID: 0049
Revises: 0048
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None
TABLES = ("award", "rehearsed_award")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("joint", sa.String(), nullable=True))


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "joint")
