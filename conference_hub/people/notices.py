"""Which privacy notice each guest was shown, when and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.core.actor import Actor
from conference_hub.core.journal import Write
from conference_hub.people.facts import NoticeSeen
from conference_hub.people.keys import guest_key
from conference_hub.people.model import GuestId
from conference_hub.people.tables import NoticeRow


@dataclass(frozen=True, kw_only=True)
class NoticeShown:
    """That a guest was shown a version of the privacy notice: by staff, or by their own page (`by` is the guest)."""

    version: int
    at: datetime
    by: Actor


def keep_shown(write: Write, guest_id: str, version: int) -> bool:
    """Write down that a guest was shown a version; returns False when that is known already."""
    if write.session.get(NoticeRow, (write.conf, guest_id, version)) is not None:
        return False
    write.session.add(
        NoticeRow(
            conf=write.conf,
            guest_id=guest_id,
            version=version,
            at=write.at,
            by=write.actor.label,
            actor=write.actor.id,
        )
    )
    return True


def see(write: Write, guest_id: str, version: int) -> None:
    """Write down that a guest saw a version of the privacy notice on their own page."""
    if keep_shown(write, guest_id, version):
        write.publish(NoticeSeen(guest=GuestId(guest_id), version=version), guest_key(GuestId(guest_id)), {})


def last_shown(session: Session, conf: str, guest_id: str) -> NoticeShown | None:
    """Return the newest version that a guest was shown, or None."""
    row = session.scalars(
        sa.select(NoticeRow)
        .where(NoticeRow.conf == conf, NoticeRow.guest_id == guest_id)
        .order_by(NoticeRow.version.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    return NoticeShown(version=row.version, at=row.at, by=Actor.stored(row.actor, row.by))
