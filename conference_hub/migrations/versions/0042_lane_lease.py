"""Keep who drives a lane.

Revision ID: 0042
Revises: 0041
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("run_lane", sa.Column("holder", sa.String(), nullable=True))
    op.add_column("run_lane", sa.Column("holder_by", sa.String(), nullable=True))
    op.add_column("run_lane", sa.Column("holder_since", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for name in ("holder_since", "holder_by", "holder"):
        op.drop_column("run_lane", name)
