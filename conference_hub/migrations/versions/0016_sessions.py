"""Give online sessions series, speakers, a waiting list, a link that opens later, and materials.

Revision ID: 0016
Revises: 0015
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "session_series",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("description", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conf"], ["conference.slug"], name=op.f("fk_session_series_conf"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conf", "id", name=op.f("pk_session_series")),
    )
    for column in (
        sa.Column("series_id", sa.String(), nullable=True),
        sa.Column("speakers", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("host", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("waits", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("link_opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("materials", sa.JSON(), nullable=False, server_default="[]"),
    ):
        op.add_column("online_session", column)


def downgrade() -> None:
    """Sessions that were not announced go: an earlier version would show them."""
    op.execute("DELETE FROM online_session WHERE status = 'draft'")
    for name in ("series_id", "speakers", "host", "waits", "link_opens_at", "materials"):
        op.drop_column("online_session", name)
    op.drop_table("session_series")
