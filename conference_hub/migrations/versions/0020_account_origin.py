"""Keep who made an account; of those that are there it is not known.

Revision ID: 0020
Revises: 0019
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

COLUMNS = ("created_by", "created_by_actor")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("account", sa.Column(name, sa.String(), nullable=True))


def downgrade() -> None:
    for name in reversed(COLUMNS):
        op.drop_column("account", name)
