"""Scans in quarantine: rows to model and back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.checkin.model import ScanId, Settling
from conference_hub.checkin.quarantine import ENDED, Quarantined, Waiting
from conference_hub.checkin.tables import QuarantinedScanRow
from conference_hub.core.errors import NotFound, msg


def waiting_of(
    session: Session, conf: str, sender: str, *, until: datetime | None = None
) -> list[Quarantined]:
    """Return what waits of a sender in the order in which it happened; `until`: what had come by then.

    Times that were set right can be the same, that of their arrival: then the device's own times say the order.
    """
    by_then = [_ROWS.arrived_at <= until] if until else []
    rows = session.connection().execute(
        _WAITING.where(_ROWS.sender == sender, *by_then).order_by(_ROWS.scan_id), {"conf_": conf}
    )
    return sorted(map(_quarantined, rows), key=lambda scan: (scan.happened_at, str(scan.sent.get("at"))))


def waiting_senders(session: Session, conf: str) -> list[Waiting]:
    """Return who has scans that wait, the first to have any first."""
    rows = session.connection().execute(_SENDERS, {"conf_": conf, "ended_": ENDED})
    return [
        Waiting(
            sender=row.sender,
            label=row.label,
            count=row.scans,
            first_at=row.first_at,
            last_at=row.last_at,
            until=row.until,
            ended=row.ended == row.scans,
        )
        for row in rows
    ]


def count_senders(session: Session, conf: str) -> int:
    """Return how many senders have scans that wait."""
    return session.connection().execute(_COUNT_SENDERS, {"conf_": conf}).scalar_one()


def get_quarantined(session: Session, conf: str, id_: str) -> Quarantined:
    """Return one scan; raises NotFound."""
    row = session.connection().execute(_ONE, {"conf_": conf, "id_": id_}).first()
    if row is None:
        raise NotFound(msg("그런 체크인 기록이 없습니다."), scan=id_)
    return _quarantined(row)


def known_of(session: Session, conf: str, sender: str, scan_ids: Collection[str]) -> set[str]:
    """Return which of these scans of a sender were set aside before."""
    found = session.connection().execute(_KNOWN, {"conf_": conf, "sender_": sender, "scans_": list(scan_ids)})
    return set(found.scalars())


def count_of(session: Session, conf: str, sender: str) -> int:
    """Return how many scans of a sender were set aside, settled ones too."""
    return session.connection().execute(_COUNT, {"conf_": conf, "sender_": sender}).scalar_one()


def add_quarantined(session: Session, conf: str, scans: Sequence[Quarantined]) -> None:
    """Keep scans that wait."""
    session.add_all(
        QuarantinedScanRow(
            conf=conf,
            id=one.id,
            sender=one.sender,
            label=one.label,
            scan_id=one.scan_id,
            why=one.why,
            sent=dict(one.sent),
            at=one.at,
            arrived_at=one.arrived_at,
        )
        for one in scans
    )
    session.flush()


def save_settled(
    session: Session, conf: str, ids: Collection[str], what: Settling, *, at: datetime, by: str
) -> int:
    """Write down what was done about scans that wait; return of how many that is so, others were settled before."""
    changed = session.connection().execute(
        sa.update(_TABLE)
        .where(_ROWS.conf == conf, _ROWS.id.in_(list(ids)), _ROWS.settled_at.is_(None))
        .values(what=what, settled_at=at, settled_by=by)
    )
    return changed.rowcount


def _quarantined(row: sa.Row[Any]) -> Quarantined:
    return Quarantined(
        id=row.id,
        sender=row.sender,
        label=row.label,
        scan_id=ScanId(row.scan_id),
        why=row.why,
        sent=row.sent,
        at=row.at,
        arrived_at=row.arrived_at,
        settled_at=row.settled_at,
        settled_by=row.settled_by,
        what=Settling(row.what) if row.what else None,
    )


_TABLE = cast("sa.Table", QuarantinedScanRow.__table__)
_ROWS = _TABLE.c
_OF_CONF = _ROWS.conf == sa.bindparam("conf_")
_OF_SENDER = _ROWS.sender == sa.bindparam("sender_")
_UNSETTLED = _ROWS.settled_at.is_(None)
_HAPPENED = sa.func.coalesce(_ROWS.at, _ROWS.arrived_at, type_=_ROWS.arrived_at.type)
_WAITING = sa.select(_TABLE).where(_OF_CONF, _UNSETTLED)
_ONE = sa.select(_TABLE).where(_OF_CONF, _ROWS.id == sa.bindparam("id_"))
_KNOWN = sa.select(_ROWS.scan_id).where(
    _OF_CONF, _OF_SENDER, _ROWS.scan_id.in_(sa.bindparam("scans_", expanding=True))
)
_COUNT = sa.select(sa.func.count()).select_from(_TABLE).where(_OF_CONF, _OF_SENDER)
_COUNT_SENDERS = sa.select(sa.func.count(_ROWS.sender.distinct())).where(_OF_CONF, _UNSETTLED)
_FIRST_COME = sa.func.min(_ROWS.arrived_at)
_SENDERS = (
    sa.select(
        _ROWS.sender,
        sa.func.max(_ROWS.label).label("label"),
        sa.func.count().label("scans"),
        sa.func.min(_HAPPENED, type_=_ROWS.arrived_at.type).label("first_at"),
        sa.func.max(_HAPPENED, type_=_ROWS.arrived_at.type).label("last_at"),
        sa.func.max(_ROWS.arrived_at, type_=_ROWS.arrived_at.type).label("until"),
        sa.func.sum(sa.case((_ROWS.why == sa.bindparam("ended_"), 1), else_=0)).label("ended"),
    )
    .where(_OF_CONF, _UNSETTLED)
    .group_by(_ROWS.sender)
    .order_by(_FIRST_COME, _ROWS.sender)
)
