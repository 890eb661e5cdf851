"""Keep whether recipients elsewhere are told that they are called soon, and who answered that they are ready.

Revision ID: 0040
Revises: 0039
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "award_seal", sa.Column("tell_recipients", sa.Boolean(), server_default=sa.true(), nullable=False)
    )
    op.create_table(
        "award_ready",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("guest_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conf"], ["conference.slug"], name=op.f("fk_award_ready_conf"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conf", "guest_id", name=op.f("pk_award_ready")),
    )


def downgrade() -> None:
    op.drop_table("award_ready")
    op.drop_column("award_seal", "tell_recipients")
