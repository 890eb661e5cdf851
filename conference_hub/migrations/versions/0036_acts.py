"""Keep what was commanded in a run apart from the steps of undo, which end.

Revision ID: 0036
Revises: 0035
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

DETAILS = ("cue", "left", "added_s", "left_out", "layer")
INSTANT = sa.DateTime(timezone=True)
STEPS = sa.table(
    "run_step",
    *(sa.column(name, sa.String()) for name in ("conf", "run_id", "lane", "subject", "topic", "actor", "by")),
    *(sa.column(name, INSTANT) for name in ("at", "undone_at")),
    sa.column("number", sa.Integer()),
    sa.column("fields", sa.JSON()),
    sa.column("undone_by", sa.String()),
)
ACTS = sa.table(
    "run_act",
    *(sa.column(name, sa.String()) for name in ("conf", "run_id", "lane", "subject", "topic", "actor", "by")),
    sa.column("at", INSTANT),
    sa.column("number", sa.Integer()),
    sa.column("about", sa.Integer()),
    sa.column("detail", sa.JSON()),
)


def upgrade() -> None:
    op.create_table(
        "run_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("about", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["conf"], ["conference.slug"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_run_act_run", "run_act", ["conf", "run_id"])
    _keep_what_steps_tell()


def downgrade() -> None:
    op.drop_index("ix_run_act_run", table_name="run_act")
    op.drop_table("run_act")


def _keep_what_steps_tell() -> None:
    """Write an act for each step; that it was taken back is an act too, whose number nobody kept: its negative."""
    db = op.get_bind()
    acts = []
    for step in db.execute(sa.select(STEPS).order_by(STEPS.c.at, STEPS.c.number)).mappings():
        own = {name: step[name] for name in ("conf", "run_id", "lane", "subject")}
        detail = {key: value for key, value in step["fields"].items() if key in DETAILS}
        done = {name: step[name] for name in ("number", "topic", "actor", "by", "at")}
        acts.append({**own, **done, "detail": detail, "about": None})
        if step["undone_at"] is not None:
            by = {"actor": "", "by": step["undone_by"] or "", "at": step["undone_at"]}
            topic = {"topic": "CommandUndone", "detail": {}}
            acts.append({**own, **topic, **by, "number": -step["number"], "about": step["number"]})
    if acts:
        db.execute(sa.insert(ACTS), acts)
