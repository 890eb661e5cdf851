"""Give each conference with gates a point for the doors of its hall, gates their rules, and conferences their doors.

Revision ID: 0051
Revises: 0050
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

HALL = {"ko": "행사장 입구", "en": "Hall doors"}


def upgrade() -> None:
    for doors in ("doors_before_min", "doors_after_min"):
        op.add_column("conference", sa.Column(doors, sa.Integer(), nullable=False, server_default="180"))
    op.add_column("gate", sa.Column("point", sa.String(), nullable=False, server_default="hall"))
    op.add_column("gate", sa.Column("for_groups", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("gate", sa.Column("for_modes", sa.JSON(), nullable=False, server_default="[]"))
    point = op.create_table(
        "point",
        sa.Column(
            "conf", sa.String(), sa.ForeignKey("conference.slug", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("exits", sa.Boolean(), nullable=False),
        sa.Column("reentry", sa.String(), nullable=False),
        sa.Column("daily", sa.Boolean(), nullable=False),
        sa.Column("windows", sa.JSON(), nullable=False),
    )
    connection = op.get_bind()
    gate = sa.table("gate", sa.column("conf", sa.String()), sa.column("for_modes", sa.JSON()))
    connection.execute(sa.update(gate).values(for_modes=["onsite"]))
    for conf in connection.scalars(sa.select(gate.c.conf).distinct()).all():
        connection.execute(sa.insert(point).values(conf=conf, id="hall", title=HALL, position=1, **RULES))


RULES = {"kind": "door", "exits": True, "reentry": "after_exit", "daily": False, "windows": []}


def downgrade() -> None:
    op.drop_table("point")
    for column in ("for_modes", "for_groups", "point"):
        op.drop_column("gate", column)
    for doors in ("doors_after_min", "doors_before_min"):
        op.drop_column("conference", doors)
