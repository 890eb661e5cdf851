"""Give rehearsals a clock of their own, and every conference a stream for the screens that follow one.

Revision ID: 0041
Revises: 0040
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

STREAM = "rehearsal"


def upgrade() -> None:
    op.create_table(
        "rehearsal",
        sa.Column("conf", sa.String(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("speed", sa.Integer(), nullable=False),
        sa.Column("on_screens", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.ForeignKeyConstraint(["conf", "run_id"], ["run.conf", "run.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conf", "run_id"),
    )
    _give_clocks()
    _open_streams()


def downgrade() -> None:
    for table in ("journal_entry", "journal_stream"):
        name = "stream" if table == "journal_entry" else "name"
        column = sa.column(name, sa.String())
        op.execute(sa.delete(sa.table(table, column)).where(column == STREAM))
    op.drop_table("rehearsal")


def _give_clocks() -> None:
    """Let the rehearsals that there are go by the time of day, as they did."""
    run = sa.table("run", *map(sa.column, ("conf", "id", "kind", "began_at")))
    rehearsal = sa.table(
        "rehearsal", *map(sa.column, ("conf", "run_id", "since", "at", "speed", "on_screens"))
    )
    began = sa.select(run.c.conf, run.c.id, run.c.began_at, run.c.began_at, sa.literal(1), sa.false())
    names = ["conf", "run_id", "since", "at", "speed", "on_screens"]
    op.execute(sa.insert(rehearsal).from_select(names, began.where(run.c.kind == STREAM)))


def _open_streams() -> None:
    stream = sa.table("journal_stream", *map(sa.column, ("conf", "name", "last_seq")))
    opened = sa.select(stream.c.conf, sa.literal(STREAM), sa.literal(0)).distinct()
    op.execute(sa.insert(stream).from_select(["conf", "name", "last_seq"], opened))
