"""Conflicts: rows to model and back."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.checkin.model import Conflict, ConflictKind, ScanId, Settling
from conference_hub.checkin.tables import ConflictRow
from conference_hub.core.errors import NotFound, msg
from conference_hub.people.model import GuestId


def open_conflicts(session: Session, conf: str) -> list[Conflict]:
    """Return the conflicts that nobody settled, the oldest first."""
    rows = session.connection().execute(_OPEN, {"conf_": conf})
    return [_conflict(row) for row in rows]


def settled_conflicts(session: Session, conf: str, most: int) -> list[Conflict]:
    """Return the conflicts that somebody settled last, the latest first, at most so many."""
    rows = session.connection().execute(_SETTLED.limit(most), {"conf_": conf})
    return [_conflict(row) for row in rows]


def count_open(session: Session, conf: str) -> int:
    """Return how many conflicts nobody settled."""
    return session.connection().execute(_COUNT, {"conf_": conf}).scalar_one()


def get_conflict(session: Session, conf: str, conflict_id: str) -> Conflict:
    """Return one conflict; raises NotFound."""
    row = session.connection().execute(_ONE, {"conf_": conf, "id_": conflict_id}).first()
    if row is None:
        raise NotFound(msg("그런 확인할 일이 없습니다."), id=conflict_id)
    return _conflict(row)


def conflicts_of_guests(session: Session, conf: str, guest_ids: Collection[str]) -> list[Conflict]:
    """Return every conflict of these guests, settled ones too."""
    if not guest_ids:
        return []
    rows = session.connection().execute(_OF_GUESTS, {"conf_": conf, "guests_": list(guest_ids)})
    return [_conflict(row) for row in rows]


def conflict_about(session: Session, conf: str, scan_id: str) -> Conflict | None:
    """Return a conflict that a scan is part of, the open ones first; None when there is none."""
    row = session.connection().execute(_ABOUT, {"conf_": conf, "scan_": scan_id}).first()
    return _conflict(row) if row else None


def save_conflict(session: Session, conf: str, conflict: Conflict) -> None:
    """Insert or update a conflict."""
    session.merge(
        ConflictRow(
            conf=conf,
            id=conflict.id,
            kind=conflict.kind,
            scan_id=conflict.scan,
            other_id=conflict.other,
            guest_id=conflict.guest,
            found_at=conflict.found_at,
            settled_at=conflict.settled_at,
            settled_by=conflict.settled_by,
            what=conflict.what,
            word=conflict.word,
        )
    )
    session.flush()


def _conflict(row: sa.Row[Any]) -> Conflict:
    return Conflict(
        id=row.id,
        kind=ConflictKind(row.kind),
        scan=ScanId(row.scan_id),
        other=ScanId(row.other_id) if row.other_id else None,
        guest=GuestId(row.guest_id) if row.guest_id else None,
        found_at=row.found_at,
        settled_at=row.settled_at,
        settled_by=row.settled_by,
        what=Settling(row.what) if row.what else None,
        word=row.word,
    )


_TABLE = cast("sa.Table", ConflictRow.__table__)
_ROWS = _TABLE.c
_OF_CONF = _ROWS.conf == sa.bindparam("conf_")
_UNSETTLED = _ROWS.settled_at.is_(None)
_SCAN: sa.BindParameter[str] = sa.bindparam("scan_")
_OPEN = sa.select(_TABLE).where(_OF_CONF, _UNSETTLED).order_by(_ROWS.found_at, _ROWS.id)
_SETTLED = sa.select(_TABLE).where(_OF_CONF, ~_UNSETTLED).order_by(_ROWS.settled_at.desc(), _ROWS.id)
_COUNT = sa.select(sa.func.count()).select_from(_TABLE).where(_OF_CONF, _UNSETTLED)
_ONE = sa.select(_TABLE).where(_OF_CONF, _ROWS.id == sa.bindparam("id_"))
_OF_GUESTS = (
    sa.select(_TABLE)
    .where(_OF_CONF, _ROWS.guest_id.in_(sa.bindparam("guests_", expanding=True)))
    .order_by(_ROWS.found_at, _ROWS.id)
)
_ABOUT = (
    sa.select(_TABLE)
    .where(_OF_CONF, sa.or_(_ROWS.scan_id == _SCAN, _ROWS.other_id == _SCAN))
    .order_by(_ROWS.settled_at.is_not(None), _ROWS.found_at, _ROWS.id)
    .limit(1)
)
