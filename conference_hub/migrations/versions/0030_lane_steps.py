"""Keep the history of undo by lane, the cue on standby and the cues that are left out on the day.

Steps of before get the lane that they are about, and the values that commands change by now.

Revision ID: 0030
Revises: 0029
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

STEP = sa.table(
    "run_step",
    *(sa.column(name, sa.String()) for name in ("conf", "run_id", "lane", "subject", "topic")),
    sa.column("number", sa.Integer()),
    sa.column("before", sa.JSON()),
    sa.column("after", sa.JSON()),
    sa.column("brief", sa.Boolean()),
)
AWARD = sa.table("award", *(sa.column(name, sa.String()) for name in ("conf", "id", "lane_id")))


def upgrade() -> None:
    op.add_column("run_lane", sa.Column("standby", sa.String(), nullable=True))
    op.add_column("run_cue", sa.Column("skipped", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("run_step", sa.Column("lane", sa.String(), nullable=False, server_default=""))
    op.add_column("run_step", sa.Column("brief", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_run_step_lane", "run_step", ["conf", "run_id", "lane", "number"])
    _fill_steps()


def _fill_steps() -> None:
    connection = op.get_bind()
    lanes = {(row.conf, row.id): row.lane_id for row in connection.execute(sa.select(AWARD))}
    for row in connection.execute(sa.select(STEP)).mappings().all():
        family, _, name = row["subject"].partition("/")
        lane = lanes.get((row["conf"], name)) if family == "award" else name.rpartition("/")[2]
        mine = [STEP.c[key] == row[key] for key in ("conf", "run_id", "number")]
        if not lane:
            connection.execute(sa.delete(STEP).where(*mine))
            continue
        values = {
            "lane": lane,
            "before": _with_new_values(row["before"]),
            "after": _with_new_values(row["after"]),
            "brief": row["topic"] == "AwardCorrected",
        }
        connection.execute(sa.update(STEP).where(*mine).values(values))


def _with_new_values(state: dict[str, Any]) -> dict[str, Any]:
    new: dict[str, dict[str, Any]] = {"lane": {"standby": None}, "cue": {"skipped": False}}
    return {key: {**values, **new.get(key.partition("/")[0], {})} for key, values in state.items()}


def downgrade() -> None:
    op.drop_index("ix_run_step_lane", "run_step")
    for table, column in (
        ("run_step", "brief"),
        ("run_step", "lane"),
        ("run_cue", "skipped"),
        ("run_lane", "standby"),
    ):
        with op.batch_alter_table(table) as batch:
            batch.drop_column(column)
