"""Answered scans: rows to model and back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.checkin.model import Direction, Doubt, GateId, Scan, ScanId
from conference_hub.checkin.tables import ScanRow
from conference_hub.core.errors import NotFound, msg
from conference_hub.people.model import GuestId


def get_scan(session: Session, conf: str, scan_id: str) -> Scan:
    """Return one scan; raises NotFound."""
    row = session.get(ScanRow, (conf, scan_id))
    if row is None:
        raise NotFound(msg("그런 체크인 기록이 없습니다."), scan=scan_id)
    return _scan(row)


def scans_of(session: Session, conf: str, guest_id: str) -> list[Scan]:
    """Return the scans of a guest in the order of answering."""
    rows = session.scalars(
        sa.select(ScanRow).where(ScanRow.conf == conf, ScanRow.guest_id == guest_id).order_by(ScanRow.number)
    )
    return [_scan(row) for row in rows]


def add_scan(session: Session, conf: str, scan: Scan) -> None:
    """Keep an answered scan; the conference's streams are locked, so the numbers have no rivals."""
    last = sa.select(sa.func.coalesce(sa.func.max(ScanRow.number), 0)).where(ScanRow.conf == conf)
    session.add(
        ScanRow(
            conf=conf,
            id=scan.id,
            number=last.scalar_subquery() + 1,
            guest_id=scan.guest_id,
            gate_id=scan.gate_id,
            direction=scan.direction,
            verdict=scan.verdict,
            forced=scan.forced,
            counts=scan.counts,
            happened_at=scan.happened_at,
            claimed_at=scan.claimed_at,
            doubted=scan.doubted,
            at=scan.at,
            by=scan.by,
            actor=scan.actor,
            undone_at=scan.undone_at,
        )
    )
    session.flush()


def mark_undone(session: Session, conf: str, scan: Scan, with_it: Collection[ScanId], at: datetime) -> None:
    """Write down that an admission was undone at `at`, and that it and the scans `with_it` no longer count."""
    for row in session.scalars(sa.select(ScanRow).where(ScanRow.conf == conf, ScanRow.id.in_(with_it))):
        row.counts = False
    session.get_one(ScanRow, (conf, scan.id)).undone_at = at
    session.flush()


def verdict_counts(session: Session, conf: str, gate_ids: Collection[GateId]) -> dict[GateId, dict[str, int]]:
    """Return how often each of these gates gave each answer, without what was undone."""
    counts: dict[GateId, dict[str, int]] = {}
    for gate_id, verdict, count in session.execute(
        sa.select(ScanRow.gate_id, ScanRow.verdict, sa.func.count())
        .where(ScanRow.conf == conf, ScanRow.gate_id.in_(gate_ids), ScanRow.undone_at.is_(None))
        .group_by(ScanRow.gate_id, ScanRow.verdict)
    ):
        counts.setdefault(GateId(gate_id or ""), {})[verdict] = count
    return counts


def _scan(row: ScanRow) -> Scan:
    return Scan(
        id=ScanId(row.id),
        guest_id=GuestId(row.guest_id) if row.guest_id else None,
        gate_id=GateId(row.gate_id) if row.gate_id else None,
        direction=Direction(row.direction),
        verdict=row.verdict,
        forced=row.forced,
        counts=row.counts,
        happened_at=row.happened_at,
        claimed_at=row.claimed_at,
        doubted=Doubt(row.doubted) if row.doubted else None,
        at=row.at,
        by=row.by,
        actor=row.actor,
        undone_at=row.undone_at,
    )
