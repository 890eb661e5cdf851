"""What guests keep in their agendas: rows to model and back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.followup.own_agenda import ItemKind, KeptItem
from conference_hub.followup.tables import KeptItemRow


def kept_items(session: Session, conf: str, guest_id: str) -> set[KeptItem]:
    """Return what a guest keeps."""
    rows = session.execute(
        sa.select(KeptItemRow.kind, KeptItemRow.item_id).where(
            KeptItemRow.conf == conf, KeptItemRow.guest_id == guest_id
        )
    )
    return {KeptItem(kind=ItemKind(kind), id=item_id) for kind, item_id in rows}


def keep(session: Session, conf: str, guest_id: str, item: KeptItem, at: datetime) -> bool:
    """Insert a kept item; returns False when it was kept already."""
    if session.get(KeptItemRow, (conf, guest_id, item.kind, item.id)) is not None:
        return False
    session.add(KeptItemRow(conf=conf, guest_id=guest_id, kind=item.kind, item_id=item.id, at=at))
    session.flush()
    return True


def drop(session: Session, conf: str, guest_id: str, item: KeptItem) -> bool:
    """Remove a kept item; returns False when it was not kept."""
    row = session.get(KeptItemRow, (conf, guest_id, item.kind, item.id))
    if row is None:
        return False
    session.delete(row)
    session.flush()
    return True


def forget_guests(session: Session, conf: str, guest_ids: Collection[str]) -> None:
    """Remove what guests keep."""
    theirs = sa.and_(KeptItemRow.conf == conf, KeptItemRow.guest_id.in_(guest_ids))
    session.execute(sa.delete(KeptItemRow).where(theirs))
