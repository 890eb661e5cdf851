"""What hangs on gates: whether somebody was scanned there, and which devices scanned last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.checkin.sources import gate_documents
from conference_hub.checkin.tables import PresenceRow, ScanRow
from conference_hub.core.actor import Actor
from conference_hub.gates.ties import GateTies, Scanner


def used_gates(session: Session, conf: str, gate_ids: Collection[str]) -> set[str]:
    """Return which of the gates somebody was scanned at."""
    scans = sa.select(ScanRow.gate_id).where(ScanRow.conf == conf, ScanRow.gate_id.in_(gate_ids))
    firsts = sa.select(PresenceRow.first_gate).where(
        PresenceRow.conf == conf, PresenceRow.first_gate.in_(gate_ids)
    )
    return {gate_id for gate_id in session.scalars(sa.union(scans, firsts)) if gate_id}


def last_scanners(session: Session, conf: str) -> dict[str, list[Scanner]]:
    """Return who scanned at each gate, the latest first."""
    last = sa.func.max(ScanRow.at)
    rows = session.execute(
        sa.select(ScanRow.gate_id, ScanRow.actor, sa.func.max(ScanRow.by), last)
        .where(ScanRow.conf == conf, ScanRow.gate_id.is_not(None))
        .group_by(ScanRow.gate_id, ScanRow.actor)
        .order_by(last.desc())
    )
    found: defaultdict[str, list[Scanner]] = defaultdict(list)
    for gate_id, actor, label, at in rows:
        found[str(gate_id)].append(Scanner(by=Actor.stored(actor, label), last_at=at))
    return found


GATE_TIES = GateTies(used=used_gates, documents=gate_documents, scanners=last_scanners)
"""What the package of gates asks of check-in (`Hub.gate_ties`)."""
