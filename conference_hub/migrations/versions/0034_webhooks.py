"""Keep webhooks and what they sent.

Revision ID: 0034
Revises: 0033
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "web_hook",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("secret_number", sa.Integer(), nullable=False),
        sa.Column("rotated_at", INSTANT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("trying_since", INSTANT, nullable=True),
        sa.Column("next_try_at", INSTANT, nullable=False),
        sa.Column("last_error", sa.String(), nullable=False),
        sa.Column("lease", sa.String(), nullable=True),
        sa.Column("leased_until", INSTANT, nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["conf"], ["conference.slug"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conf", "id"),
    )
    op.create_table(
        "web_hook_delivery",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("hook_id", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("delivered", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["conf"], ["conference.slug"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["conf", "hook_id"], ["web_hook.conf", "web_hook.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conf", "hook_id", "message"),
    )


def downgrade() -> None:
    op.drop_table("web_hook_delivery")
    op.drop_table("web_hook")
