"""What check-in erases: badges, scans and who was where. How many were expected and came is kept."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from conference_hub.checkin.scans import verdict_counts
from conference_hub.checkin.store import guests_by_whereabouts
from conference_hub.checkin.tables import (
    BadgeRow,
    ConflictRow,
    FormerBadgeRow,
    PresenceRow,
    QuarantinedScanRow,
    ScanRow,
    WalkInRow,
)
from conference_hub.core.erasing import Erasure, Figure
from conference_hub.core.errors import msg
from conference_hub.core.text import Text
from conference_hub.gates.store import all_gates
from conference_hub.people.model import Mode

ERASURES = (
    Erasure(row=ConflictRow, name="checkin_conflict", words=msg("확인할 일")),
    Erasure(row=QuarantinedScanRow, name="quarantined_scan", words=msg("보류한 스캔")),
    Erasure(row=FormerBadgeRow, name="former_badge", words=msg("명단에서 빠진 명찰")),
    Erasure(row=ScanRow, name="scan", words=msg("체크인 기록")),
    Erasure(row=PresenceRow, name="presence", words=msg("입장과 접속 상태")),
    Erasure(row=WalkInRow, name="walk_in", words=msg("현장 등록 기록")),
    Erasure(row=BadgeRow, name="badge", words=msg("발급한 명찰")),
)
EXPECTED = Text(ko="예정", en="expected")
CAME = Text(ko="참여", en="took part")
ADMITTED = Text(ko="입장 횟수", en="admissions")


def figures(session: Session, conf: str) -> Iterator[Figure]:
    """Yield how many were expected and came in each way of taking part, and how often each gate let somebody in."""
    guests = guests_by_whereabouts(session, conf)
    for mode in Mode:
        same = {where: count for where, count in guests.items() if where.mode is mode}
        if same:
            yield Figure(title=mode.label.joined(EXPECTED), count=sum(same.values()))
            came = sum(count for where, count in same.items() if where.came)
            yield Figure(title=mode.label.joined(CAME), count=came)
    verdicts = verdict_counts(session, conf)
    for gate in all_gates(session, conf):
        if gate.id in verdicts:
            yield Figure(title=gate.title.joined(ADMITTED), count=verdicts[gate.id].get("admitted", 0))
