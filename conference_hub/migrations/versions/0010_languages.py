"""Say in which languages the texts of a conference are written, the main one first.

Revision ID: 0010
Revises: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column = sa.Column("languages", sa.JSON(), nullable=False, server_default='["ko", "en"]')
    op.add_column("conference", column)


def downgrade() -> None:
    op.drop_column("conference", "languages")
