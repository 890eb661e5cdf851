"""Keep the mails that are to be sent.

Revision ID: 0012
Revises: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "mail",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("conf", sa.String(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("kind", "to_name", "to_address")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("subject", "content")),
        sa.Column("link", sa.String(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("by", "actor", "state")),
        *(sa.Column(name, INSTANT, nullable=False) for name in ("since", "next_try_at")),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_until", INSTANT, nullable=True),
        sa.Column("last_error", sa.String(), nullable=False),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.ForeignKeyConstraint(["conf"], ["conference.slug"], name=op.f("fk_mail_conf"), ondelete="CASCADE"),
    )
    op.create_index("ix_mail_conf_state", "mail", ["conf", "state"])
    op.create_index("ix_mail_state_next_try_at", "mail", ["state", "next_try_at"])


def downgrade() -> None:
    op.drop_table("mail")
