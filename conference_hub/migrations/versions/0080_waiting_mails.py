"""Keep which address was told that its reader waits for a seat, beside what its calendar was told.

Nothing looks an invitation up by its mail any more.

Revision ID: 0080
Revises: 0079
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0080"
down_revision = "0079"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("invitation", sa.Column("waiting_at", sa.String(), nullable=True))
    op.add_column("invitation", sa.Column("waiting_mail_id", sa.String(), nullable=True))
    op.drop_index("ix_invitation_mail", table_name="invitation")


def downgrade() -> None:
    op.create_index("ix_invitation_mail", "invitation", ["mail_id"])
    op.drop_column("invitation", "waiting_mail_id")
    op.drop_column("invitation", "waiting_at")
