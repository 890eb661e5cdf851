"""Keep how far mails to many are that the hub writes by itself after a press.

Revision ID: 0079
Revises: 0078
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0079"
down_revision = "0078"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bulk_round",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("sending_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("after_guest", sa.String(), nullable=False),
        sa.Column("written", sa.Integer(), nullable=False),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["conf"], ["conference.slug"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["conf", "sending_id"], ["mail_sending.conf", "mail_sending.id"], ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conf", "sending_id"),
    )


def downgrade() -> None:
    op.drop_table("bulk_round")
