"""Who drives the show: the last commands of each lane, for operators only, under the key `driving/<lane>`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.agenda.model import Lane
from conference_hub.core.entries import JournalEntryRow
from conference_hub.core.now import iso
from conference_hub.core.stream import Doc, Stream

RECENT = 10
"""How many commands of a lane an operator is shown."""


def driving_key(lane: Lane) -> str:
    """Return the key of a lane's document."""
    return f"driving/{lane.id}"


def driving_document(lane: Lane, commands: Iterable[Doc]) -> Doc:
    """Render the last commands of a lane, the newest first."""
    return {"lane": lane.id, "position": lane.position, "commands": list(commands)[:RECENT]}


def recent_commands(session: Session, conf: str, lane: Lane) -> list[Doc]:
    """Return the last facts of a lane, the newest first: `topic`, `at`, `by` and the fact's own fields."""
    rows = session.scalars(
        sa.select(JournalEntryRow)
        .where(
            JournalEntryRow.conf == conf,
            JournalEntryRow.stream == Stream.OPERATOR,
            JournalEntryRow.subject == f"lane/{lane.id}",
        )
        .order_by(JournalEntryRow.seq.desc())
        .limit(RECENT)
    )
    return [
        {**_own(row.body), "topic": row.topic, "at": iso(row.at), "by": row.by, "actor": row.actor}
        for row in rows
    ]


def _own(body: dict[str, Any]) -> Doc:
    return {name: value for name, value in body.items() if name != "docs"}
