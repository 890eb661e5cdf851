"""Keep the sending to which the mails about changed sessions belong that are being written.

Revision ID: 0072
Revises: 0071
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("followup_setup", sa.Column("sending_id", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("followup_setup", "sending_id")
