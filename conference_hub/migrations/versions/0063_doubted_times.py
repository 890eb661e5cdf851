"""Keep scans that wait because of their time at the time that their device said: there they count once accepted.

Revision ID: 0063
Revises: 0062
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

SCAN = sa.table("scan", *map(sa.column, ("verdict", "happened_at", "claimed_at", "at")))
WAIT = (SCAN.c.verdict == "quarantined", SCAN.c.claimed_at.is_not(None))


def upgrade() -> None:
    earlier = sa.case((SCAN.c.claimed_at < SCAN.c.at, SCAN.c.claimed_at), else_=SCAN.c.at)
    op.execute(sa.update(SCAN).where(*WAIT).values(happened_at=earlier))


def downgrade() -> None:
    op.execute(sa.update(SCAN).where(*WAIT).values(happened_at=SCAN.c.at))
