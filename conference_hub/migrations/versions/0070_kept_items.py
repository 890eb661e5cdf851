"""Keep what people take into their agendas, the cases of a session, and from when a session was moved.

Revision ID: 0070
Revises: 0069
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_item",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("guest_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["conf"], ["conference.slug"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["conf", "guest_id"], ["guest.conf", "guest.id"]),
        sa.PrimaryKeyConstraint("conf", "guest_id", "kind", "item_id"),
    )
    op.create_index("ix_sign_up_guest", "sign_up", ["conf", "guest_id"])
    op.add_column("online_session", sa.Column("cases", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("online_session", sa.Column("moved_from", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("online_session", "moved_from")
    op.drop_column("online_session", "cases")
    op.drop_index("ix_sign_up_guest", table_name="sign_up")
    op.drop_table("kept_item")
