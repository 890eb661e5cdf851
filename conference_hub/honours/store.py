"""Rows ↔ guests of honour, and the documents read from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.core.errors import NotFound, msg
from conference_hub.core.ordered import changed, find
from conference_hub.core.stream import Docs, Stream
from conference_hub.core.text import Text
from conference_hub.honours.documents import honour_documents
from conference_hub.honours.model import Honour, HonourId, HonourStanding
from conference_hub.honours.tables import HonourRow


def all_honours(session: Session, conf: str) -> tuple[Honour, ...]:
    """Return the guests of honour, the highest rank first."""
    rows = sa.select(HonourRow).where(HonourRow.conf == conf).order_by(HonourRow.position, HonourRow.id)
    return tuple(_honour(row) for row in session.scalars(rows))


def get_honour(honours: Sequence[Honour], honour_id: str) -> Honour:
    """Return one of the list; raises NotFound."""
    found = find(honours, honour_id)
    if found is None:
        raise NotFound(msg("그런 내빈이 없습니다."))
    return found


def save_honours(session: Session, conf: str, before: Sequence[Honour], after: Sequence[Honour]) -> None:
    """Write down the list as it is now; what stays the same is not touched."""
    places = {one.id: place for place, one in enumerate(after, start=1)}
    for honour_id in changed(before, after):
        now = find(after, honour_id)
        if now is None:
            session.execute(sa.delete(HonourRow).where(HonourRow.conf == conf, HonourRow.id == honour_id))
        else:
            session.merge(HonourRow(conf=conf, position=places[now.id], **_columns(now)))
    session.flush()


def documents(session: Session, conf: str, stream: Stream) -> Docs:
    """Return the documents of the guests of honour for one audience."""
    return honour_documents(all_honours(session, conf), stream)


def _columns(honour: Honour) -> dict[str, Any]:
    return {
        "id": honour.id,
        "name": honour.name,
        "office": honour.office.as_doc() if honour.office else None,
        "organisation": honour.organisation,
        "pronunciation": honour.pronunciation,
        "note": honour.note,
        "guest_id": honour.guest_id,
        "representative": honour.representative,
        "standing": honour.standing.value,
        "public": honour.public,
    }


def _honour(row: HonourRow) -> Honour:
    return Honour(
        id=HonourId(row.id),
        name=row.name,
        office=Text.of(row.office) if row.office else None,
        organisation=row.organisation,
        pronunciation=row.pronunciation,
        note=row.note,
        guest_id=row.guest_id,
        representative=row.representative,
        standing=HonourStanding(row.standing),
        public=row.public,
    )
