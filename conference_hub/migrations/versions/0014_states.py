"""Give conferences a state, an archive and a day until which personal data are kept; hub organisers and their links.

Conferences that are there are public, as they were. Accounts that organise one may create others.

Revision ID: 0014
Revises: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

COLUMNS = ("state", "archived_at", "archived_by", "purge_on")


def upgrade() -> None:
    op.add_column("conference", sa.Column("state", sa.String(), nullable=False, server_default="ready"))
    op.add_column("conference", sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("conference", sa.Column("archived_by", sa.String(), nullable=True))
    op.add_column("conference", sa.Column("purge_on", sa.Date(), nullable=True))
    may_create: sa.Column[bool] = sa.Column(
        "may_create", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("account", may_create)
    accounts = sa.table("account", sa.column("id"), sa.column("may_create"))
    grants = sa.table("account_grant", sa.column("account_id"), sa.column("role"))
    organisers = sa.select(grants.c.account_id).where(grants.c.role == "organiser")
    op.execute(sa.update(accounts).where(accounts.c.id.in_(organisers)).values(may_create=sa.true()))
    op.create_table(
        "account_link",
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_link_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("secret", name=op.f("pk_account_link")),
    )


def downgrade() -> None:
    op.drop_table("account_link")
    op.drop_column("account", "may_create")
    for name in reversed(COLUMNS):
        op.drop_column("conference", name)
