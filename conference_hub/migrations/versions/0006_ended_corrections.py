"""Delete the steps of corrections that can be neither undone nor redone next: they hold the texts that were replaced.

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

COLUMNS = ("conf", "run_id", "number", "subject", "topic", "undone_at", "cleared")


def upgrade() -> None:
    step = sa.table("run_step", *(sa.column(name) for name in COLUMNS))
    other = step.alias("other")
    passed = sa.and_(other.c.undone_at.is_(None), other.c.number > step.c.number)
    redone_first = sa.and_(other.c.undone_at.is_not(None), ~other.c.cleared, other.c.number < step.c.number)
    same = sa.and_(*(other.c[name] == step.c[name] for name in ("conf", "run_id", "subject")))
    before_it = sa.or_(passed, sa.and_(step.c.undone_at.is_not(None), redone_first))
    behind = sa.exists().where(same, before_it)
    op.execute(sa.delete(step).where(step.c.topic == "AwardCorrected", sa.or_(step.c.cleared, behind)))


def downgrade() -> None:
    """The deleted texts do not come back."""
