"""Name links, tokens and sessions, remember who made them, what they opened and when they were last used.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GUEST_TABLES = ("session_grant", "sign_in_link")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for table in GUEST_TABLES:
        _remove_those_of_no_guest(table)
    op.add_column("account", sa.Column("last_used_at", INSTANT, nullable=True))
    op.add_column("web_session", sa.Column("browser", sa.String(), nullable=True))
    op.add_column("web_session", sa.Column("last_used_at", INSTANT, nullable=True))
    op.add_column("session_grant", sa.Column("link_id", sa.String(), nullable=True))
    op.add_column("sign_in_link", sa.Column("created_at", INSTANT, nullable=True))
    op.add_column("machine_token", sa.Column("last_used_at", INSTANT, nullable=True))
    for table in ("sign_in_link", "machine_token"):
        op.add_column(table, sa.Column("id", sa.String(), nullable=True))
        op.add_column(table, sa.Column("created_by", sa.String(), nullable=True))
        _name_rows(table)
        with op.batch_alter_table(table) as batch:
            batch.alter_column("id", nullable=False, existing_type=sa.String())
            batch.alter_column("created_by", nullable=False, existing_type=sa.String())
            batch.create_unique_constraint(op.f(f"uq_{table}_id"), ["id"])
    with op.batch_alter_table("sign_in_link") as batch:
        batch.drop_constraint(op.f("fk_sign_in_link_account_id"), type_="foreignkey")
        batch.drop_column("account_id")
    for table in GUEST_TABLES:
        with op.batch_alter_table(table) as batch:
            batch.create_foreign_key(
                op.f(f"fk_{table}_conf_guest_id"),
                "guest",
                ["conf", "guest_id"],
                ["conf", "id"],
                ondelete="CASCADE",
            )
    op.create_index("ix_session_grant_link_id", "session_grant", ["link_id"])


def downgrade() -> None:
    op.drop_index("ix_session_grant_link_id", "session_grant")
    for table in GUEST_TABLES:
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"fk_{table}_conf_guest_id"), type_="foreignkey")
    with op.batch_alter_table("sign_in_link") as batch:
        batch.add_column(sa.Column("account_id", sa.String(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_sign_in_link_account_id"), "account", ["account_id"], ["id"], ondelete="CASCADE"
        )
        batch.drop_column("created_at")
    for table in ("sign_in_link", "machine_token"):
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"uq_{table}_id"), type_="unique")
            batch.drop_column("id")
            batch.drop_column("created_by")
    for table, column in (
        ("machine_token", "last_used_at"),
        ("session_grant", "link_id"),
        ("web_session", "browser"),
        ("web_session", "last_used_at"),
        ("account", "last_used_at"),
    ):
        with op.batch_alter_table(table) as batch:
            batch.drop_column(column)


def _remove_those_of_no_guest(table: str) -> None:
    """Remove what stands for a guest who is not on the list: nobody could use it, and the new key forbids it."""
    guest = sa.table("guest", sa.column("conf"), sa.column("id"))
    rows = sa.table(table, sa.column("conf"), sa.column("guest_id"))
    known = sa.exists().where(guest.c.conf == rows.c.conf, guest.c.id == rows.c.guest_id)
    op.execute(sa.delete(rows).where(rows.c.guest_id.is_not(None), ~known))


def _name_rows(table: str) -> None:
    rows = sa.table(table, sa.column("secret"), sa.column("id"), sa.column("created_by"))
    connection = op.get_bind()
    for secret in connection.scalars(sa.select(rows.c.secret)).all():
        name = "".join(secrets.choice(ID_LETTERS) for _ in range(10))
        connection.execute(sa.update(rows).where(rows.c.secret == secret).values(id=name, created_by=""))
