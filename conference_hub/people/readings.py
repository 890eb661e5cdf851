"""Who read personal data of guests: one line for each person, page (of a guest: each guest) and hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.core import opened
from conference_hub.core.actor import Actor
from conference_hub.core.db import Database
from conference_hub.core.labelled import Labelled
from conference_hub.people.tables import GuestRow, ReadingRow


class GuestPage(Labelled):
    """What was read; the value is what is stored."""

    GUEST = "guest", "참석자 페이지", "Page of a guest"
    LIST = "list", "참석자 명단", "Guest list"
    BADGES = "badges", "명찰 인쇄 화면", "Badge sheets"
    SEARCH = "search", "출입구에서 이름 찾기", "Search at a gate"
    COMPANIONS = "companions", "출입구에서 일행 찾기", "Companions at a gate"
    REGISTRATIONS = "registrations", "등록 목록", "Registrations"


@dataclass(frozen=True, kw_only=True)
class Reading:
    """That somebody read a page in one hour: when first and last, and in how many minutes of it.

    `guest` is the guest it was about, by the name they have now; None for a page of many, and for somebody who is not
    on the list any more (`gone`).
    """

    by: Actor
    page: GuestPage
    guest: str | None
    gone: bool
    first_at: datetime
    last_at: datetime
    times: int


def note(
    database: Database, conf: str, actor: Actor | None, page: GuestPage, at: datetime, guest_id: str = ""
) -> None:
    """Note that `actor` reads a page at `at`, of one guest or of many; nothing is noted for nobody."""
    opened.note(database, ReadingRow, conf, actor, at, page=page.value, guest_id=guest_id)


def readings(session: Session, conf: str, most: int) -> Sequence[Reading]:
    """Return the latest `most` lines, the newest first."""
    rows = session.execute(
        sa.select(ReadingRow, GuestRow.id, GuestRow.name, GuestRow.number)
        .outerjoin(GuestRow, sa.and_(GuestRow.conf == ReadingRow.conf, GuestRow.id == ReadingRow.guest_id))
        .where(ReadingRow.conf == conf)
        .order_by(ReadingRow.last_at.desc(), ReadingRow.actor, ReadingRow.page, ReadingRow.guest_id)
        .limit(most)
    )
    return [
        Reading(
            by=Actor.stored(row.actor, row.by),
            page=GuestPage(row.page),
            guest=(name or number) if guest_id else None,
            gone=bool(row.guest_id) and guest_id is None,
            first_at=row.first_at,
            last_at=row.last_at,
            times=row.times,
        )
        for row, guest_id, name, number in rows
    ]
