"""Say by id who made a link or a token, and leave the name of what was made for nobody in particular empty.

Revision ID: 0009
Revises: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

UNKNOWN = "system:before-0009"
"""Who made what was made before makers had ids: only the label is known, and it stays beside."""
ROLE_NAMES = {"organiser": "주최자", "operator": "진행 감독", "emcee": "사회자", "staff": "현장 접수"}
"""What earlier versions called a link or token without a name."""
NAMED_BY_ROLE = ("sign_in_link", "session_grant", "machine_token")


def upgrade() -> None:
    for table in ("sign_in_link", "machine_token"):
        column = sa.Column("created_by_actor", sa.String(), nullable=False, server_default=UNKNOWN)
        op.add_column(table, column)
    for table in NAMED_BY_ROLE:
        _rename(table, dict.fromkeys(ROLE_NAMES, ""), ROLE_NAMES)
    browsers = sa.table("web_session", sa.column("account_id"), sa.column("name"))
    unnamed = sa.and_(browsers.c.account_id.is_(None), browsers.c.name.in_(ROLE_NAMES.values()))
    op.execute(sa.update(browsers).where(unnamed).values(name=""))


def downgrade() -> None:
    for table in NAMED_BY_ROLE:
        _rename(table, ROLE_NAMES, dict.fromkeys(ROLE_NAMES, ""))
    for table in ("machine_token", "sign_in_link"):
        op.drop_column(table, "created_by_actor")


def _rename(table: str, names: dict[str, str], earlier: dict[str, str]) -> None:
    """Give the rows of each role that have the earlier name the one in `names`."""
    rows = sa.table(table, sa.column("role"), sa.column("name"))
    for role, name in names.items():
        this = sa.and_(rows.c.role == role, rows.c.name == earlier[role])
        op.execute(sa.update(rows).where(this).values(name=name))
