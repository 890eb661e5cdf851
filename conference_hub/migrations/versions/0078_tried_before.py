"""Keep when a mail was tried before the attempt that goes on: a server that cannot be reached puts that back.

Revision ID: 0078
Revises: 0075
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0078"
down_revision = "0075"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mail", sa.Column("tried_before", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("mail", "tried_before")
