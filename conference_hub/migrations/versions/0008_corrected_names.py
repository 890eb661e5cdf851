"""Take what was corrected out of the earlier entries of emcees and operators, as corrections do by now.

Revision ID: 0008
Revises: 0007
"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

STREAMS = ("sealed", "operator")
"""The public entries were redacted by the corrections themselves."""
ENTRIES = sa.table(
    "journal_entry",
    *(sa.column(name) for name in ("conf", "stream", "seq", "topic", "subject")),
    sa.column("body", sa.JSON()),
)
ENTRY = ENTRIES.c


def upgrade() -> None:
    corrected = (
        sa.select(ENTRY.conf, ENTRY.stream, ENTRY.subject, sa.func.max(ENTRY.seq))
        .where(ENTRY.topic == "AwardCorrected", ENTRY.stream.in_(STREAMS))
        .group_by(ENTRY.conf, ENTRY.stream, ENTRY.subject)
    )
    for conf, stream, award, seq in op.get_bind().execute(corrected).all():
        _redact(conf, stream, award, seq)


def downgrade() -> None:
    """The texts do not come back."""


def _redact(conf: str, stream: str, award: str, before: int) -> None:
    connection = op.get_bind()
    held = sa.cast(ENTRY.body, sa.Text).contains(json.dumps(award), autoescape=True)
    found = sa.select(ENTRY.seq, ENTRY.body).where(
        ENTRY.conf == conf, ENTRY.stream == stream, ENTRY.seq < before, held
    )
    for seq, body in connection.execute(found).all():
        if body["docs"].get(award) is not None:
            redacted = {**body, "docs": {**body["docs"], award: None}, "redacted": True}
            this = (ENTRY.conf == conf, ENTRY.stream == stream, ENTRY.seq == seq)
            connection.execute(sa.update(ENTRIES).where(*this).values(body=redacted))
