"""Tell guests whom registration put on the list from those who were there, and registrations their owner saved.

Revision ID: 0021
Revises: 0020
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

COLUMNS = ("guest_own", "proved")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column(
            "registration", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
        )


def downgrade() -> None:
    for name in COLUMNS:
        op.drop_column("registration", name)
