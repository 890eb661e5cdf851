"""Keep of a scan what it switched: how its guest took part before, and where awards were called.

Revision ID: 0059
Revises: 0058
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("scan", sa.Column("switched", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("scan", "switched")
