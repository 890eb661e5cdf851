"""Keep of a channel who may have its link, its passcode, and with what it opens.

A link with a passcode in it is for registered attendees from now on.

Revision ID: 0058
Revises: 0057
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("channel", sa.Column("audience", sa.String(), nullable=False, server_default="public"))
    op.add_column("channel", sa.Column("passcode", sa.String(), nullable=True))
    op.add_column("channel", sa.Column("opens_with", sa.String(), nullable=True))
    op.add_column("channel", sa.Column("before_min", sa.Integer(), nullable=False, server_default="0"))
    channel = sa.table("channel", sa.column("url", sa.String()), sa.column("audience", sa.String()))
    telling = [
        channel.c.url.ilike(f"%{mark}{word}=%") for mark in "?&" for word in ("pwd", "passcode", "password")
    ]
    op.execute(channel.update().where(sa.or_(*telling)).values(audience="registered"))


def downgrade() -> None:
    op.drop_column("channel", "before_min")
    op.drop_column("channel", "opens_with")
    op.drop_column("channel", "passcode")
    op.drop_column("channel", "audience")
