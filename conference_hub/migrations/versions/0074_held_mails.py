"""Keep the address and the host that what reached a person's calendar says, and which SEQUENCE those had who left.

Revision ID: 0074
Revises: 0073
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("invitation", sa.Column("held_host", sa.String(), nullable=True))
    op.add_column("invitation", sa.Column("held_attendee", sa.String(), nullable=True))
    op.add_column("online_session", sa.Column("left_sequence", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE invitation SET held_host = host, held_attendee = attendee WHERE held_starts_at IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_column("online_session", "left_sequence")
    op.drop_column("invitation", "held_attendee")
    op.drop_column("invitation", "held_host")
