"""A verdict as the gate receives it, and the sentence that explains a refusal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from conference_hub.checkin.documents import moment_document
from conference_hub.checkin.model import Moment, Scan
from conference_hub.checkin.verdict import (
    Admitted,
    AlreadyInside,
    Doors,
    Left,
    NotInside,
    Revoked,
    UnknownBadge,
    Verdict,
    WrongDay,
    code,
    may_force,
    may_undo,
)
from conference_hub.core.errors import msg
from conference_hub.core.now import iso
from conference_hub.core.stream import Doc
from conference_hub.gates.model import Gate

REASONS = {
    "already_inside": msg("이미 입장한 분입니다."),
    "not_inside": msg("입장 기록이 없습니다."),
    "revoked": msg("더는 쓸 수 없는 명찰입니다. 새로 발급한 명찰이 있는지 확인해 주세요."),
    "wrong_day": msg("체크인 시간이 아닙니다."),
    "unknown_badge": msg("이 행사의 명찰이 아닙니다."),
}
"""Why somebody may not pass, by verdict code; the others need no reason."""


def answer_document(verdict: Verdict, scan: Scan) -> Doc:
    """Render what `shapes.ScanAnswer` declares, without the person, the reason and the title of the gate.

    `first` is when and where the guest first came in: this time, or before. `at` says what became of the device's time.
    No text is in it, it is stored: `with_gate_title` adds it for each answer.
    """
    answer: Doc = {
        "scan_id": scan.id,
        "verdict": code(verdict),
        "may_force": may_force(verdict),
        "may_undo": may_undo(verdict),
        **_time(scan),
    }
    match verdict:
        case Admitted():
            here = Moment(at=scan.happened_at, gate_id=scan.gate_id)
            answer |= {"forced": verdict.forced, "again": verdict.first is not None}
            return answer | {"first": moment_document(verdict.first or here)}
        case AlreadyInside() | Left():
            return answer | {"first": moment_document(verdict.first)}
        case Revoked():
            return answer | {"revoked_at": iso(verdict.revoked_at)}
        case WrongDay():
            return answer | {"doors": doors_document(verdict.doors)}
        case NotInside() | UnknownBadge():
            return answer
        case _:
            assert_never(verdict)


def with_gate_title(answer: Doc, gates: Iterable[Gate]) -> Doc:
    """Return an answer whose `first` says the title of its gate.

    One that was stored before answers said what staff may do about them says that it is nothing.
    """
    answer = {"may_force": False, "may_undo": False, **answer}
    if "first" not in answer:
        return answer
    titles = {gate.id: gate.title.as_doc() for gate in gates}
    return {**answer, "first": {**answer["first"], "gate_title": titles.get(answer["first"]["gate"])}}


def doors_document(doors: Doors) -> Doc:
    """Render when check-in is open."""
    return {"opens_at": iso(doors.opens_at), "closes_at": iso(doors.closes_at)}


def _time(scan: Scan) -> Doc:
    if scan.claimed_at is None:
        return {}
    at = {"claimed": iso(scan.claimed_at), "used": iso(scan.happened_at), "doubted": scan.doubted}
    return {"at": at}
