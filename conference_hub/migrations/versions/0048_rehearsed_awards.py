"""Give rehearsals awards, groups and layers of their own, with recipients by number.

Revision ID: 0048
Revises: 0047
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create(
        "rehearsed_award",
        ["id"],
        *(_text(name) for name in ("number", "level_id", "lane_id", "cue_id")),
        sa.Column("call_order", sa.Integer(), nullable=False),
        _text("state"),
        sa.Column("revealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deferred", sa.Boolean(), nullable=False),
        sa.Column("absent", sa.Boolean(), nullable=False),
    )
    _create("rehearsed_level", ["id"], sa.Column("content", sa.JSON(), nullable=False))
    _create(
        "rehearsed_group",
        ["lane_id"],
        _text("cue_id"),
        sa.Column("awards", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("pace_s", sa.Integer(), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
    )
    _create(
        "rehearsed_layer",
        ["lane_id"],
        sa.Column("layer", sa.String(), nullable=True),
        sa.Column("text", sa.JSON(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    for table in ("rehearsed_layer", "rehearsed_group", "rehearsed_level", "rehearsed_award"):
        op.drop_table(table)


def _create(name: str, key: list[str], *columns: sa.Column[Any]) -> None:
    """Create a table of what goes with a run."""
    op.create_table(
        name,
        *(_text(column) for column in ("conf", "run_id", *key)),
        *columns,
        sa.ForeignKeyConstraint(["conf", "run_id"], ["run.conf", "run.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conf", "run_id", *key),
    )


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=False)
