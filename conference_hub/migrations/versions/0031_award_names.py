"""Keep in whose name an award is given, and how its recipient is called.

Revision ID: 0031
Revises: 0030
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

NEW = ("honorific", "conferrer", "pronunciation")


def upgrade() -> None:
    for name in NEW:
        op.add_column("award", sa.Column(name, sa.String(), nullable=True))


def downgrade() -> None:
    for name in reversed(NEW):
        op.drop_column("award", name)
