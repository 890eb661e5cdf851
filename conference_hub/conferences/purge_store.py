"""Records of purges: rows to model and back."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.conferences.retention import Purge
from conference_hub.conferences.tables import PurgeRow
from conference_hub.core.actor import Actor
from conference_hub.core.text import Text


def add_purge(session: Session, conf: str, purge: Purge) -> None:
    """Write down a purge; records are counted from 1."""
    last = session.scalar(sa.select(sa.func.max(PurgeRow.number)).where(PurgeRow.conf == conf)) or 0
    session.add(
        PurgeRow(
            conf=conf,
            number=last + 1,
            at=purge.at,
            by=purge.by.label,
            actor=purge.by.id,
            kept_until=purge.kept_until,
            erased=dict(purge.erased),
            figures=[{"title": title.as_doc(), "count": count} for title, count in purge.figures],
        )
    )
    session.flush()


def purges(session: Session, conf: str) -> list[Purge]:
    """Return the records of a conference, the newest first."""
    rows = session.scalars(sa.select(PurgeRow).where(PurgeRow.conf == conf).order_by(PurgeRow.number.desc()))
    return [_purge(row) for row in rows]


def _purge(row: PurgeRow) -> Purge:
    return Purge(
        at=row.at,
        by=Actor.stored(row.actor, row.by),
        kept_until=row.kept_until,
        erased=row.erased,
        figures=[(Text.of(one["title"]), one["count"]) for one in row.figures],
    )
