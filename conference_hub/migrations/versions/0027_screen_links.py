"""Keep the links of screens.

Revision ID: 0027
Revises: 0026
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "screen_link",
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("options", sa.String(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_by_actor", sa.String(), nullable=False),
        sa.Column("last_used_at", INSTANT, nullable=True),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["conf"], ["conference.slug"], name=op.f("fk_screen_link_conf"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("secret", name=op.f("pk_screen_link")),
        sa.UniqueConstraint("id", name=op.f("uq_screen_link_id")),
    )


def downgrade() -> None:
    op.drop_table("screen_link")
