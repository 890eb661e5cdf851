"""Keep which cues start together, and of the cues of a run which have a start of their own.

Cues of runs are as the plan that the run follows has them.

Revision ID: 0033
Revises: 0032
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

RUN = sa.table("run", sa.column("conf"), sa.column("id"), sa.column("plan_revision"))
VERSION = sa.table("plan_version", sa.column("conf"), sa.column("revision"), sa.column("content", sa.JSON()))
CUE = sa.table("run_cue", *map(sa.column, ("conf", "run_id", "id")), sa.column("fixed", sa.Boolean()))


def upgrade() -> None:
    for table in ("plan_cue", "run_cue"):
        op.add_column(table, sa.Column("sync", sa.String(), nullable=True))
    op.add_column("run_cue", sa.Column("fixed", sa.Boolean(), nullable=False, server_default=sa.true()))
    _take_starts_from_plans()


def _take_starts_from_plans() -> None:
    connection = op.get_bind()
    followed = sa.and_(VERSION.c.conf == RUN.c.conf, VERSION.c.revision == RUN.c.plan_revision)
    runs = sa.select(RUN.c.conf, RUN.c.id, VERSION.c.content).select_from(RUN.join(VERSION, followed))
    for run in connection.execute(runs).mappings().all():
        cues = (cue for lane in run["content"]["lanes"] for cue in lane["cues"])
        following = [cue["id"] for cue in cues if not cue.get("fixed", True)]
        own = sa.and_(CUE.c.conf == run["conf"], CUE.c.run_id == run["id"], CUE.c.id.in_(following))
        connection.execute(sa.update(CUE).where(own).values(fixed=False))


def downgrade() -> None:
    op.drop_column("run_cue", "fixed")
    for table in ("run_cue", "plan_cue"):
        op.drop_column(table, "sync")
