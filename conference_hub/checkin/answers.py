"""A verdict as the gate receives it, and the sentence that explains a refusal."""

from __future__ import annotations

from collections.abc import Iterable

from conference_hub.checkin.documents import moment_document
from conference_hub.checkin.model import Acted, Moment, Scan
from conference_hub.checkin.verdict import Code, Verdict, may_force, may_switch
from conference_hub.core.errors import msg
from conference_hub.core.now import iso
from conference_hub.core.stream import Doc
from conference_hub.gates.model import Gate

REASONS = {
    Code.ALREADY_INSIDE: msg("이미 입장한 분입니다."),
    Code.ALREADY_COUNTED: msg("이미 확인한 분입니다."),
    Code.NOT_INSIDE: msg("입장 기록이 없습니다."),
    Code.REVOKED: msg("더는 쓸 수 없는 명찰입니다. 새로 발급한 명찰이 있는지 확인해 주세요."),
    Code.NOT_YET_OPEN: msg("아직 여는 시간이 아닙니다."),
    Code.CLOSED: msg("닫은 뒤입니다."),
    Code.WRONG_GATE: msg("이 출입구로 들어오는 분이 아닙니다."),
    Code.MODE_MISMATCH: msg("이 출입구와 다른 방식으로 참석하는 분입니다."),
    Code.NEEDS_LOOK: msg("들이기 전에 확인해 달라고 주최자가 부탁한 분입니다."),
    Code.CANCELLED: msg("명단에서 빠진 분의 명찰입니다."),
    Code.OTHER_CONFERENCE: msg("다른 행사의 명찰입니다."),
    Code.UNKNOWN_BADGE: msg("등록되지 않은 명찰입니다."),
    Code.QUARANTINED: msg("기기의 시각을 믿을 수 없어 담당자가 확인할 때까지 반영하지 않습니다."),
    Code.TURNED_AWAY: msg("들어올 수 있는 분인데 돌려보냈습니다."),
}
"""Why somebody may not pass, by verdict code; the others need no reason."""


def answer_document(verdict: Verdict, scan: Scan, *, may_undo: bool, trusted: bool) -> Doc:
    """Render what `scan_shapes.ScanAnswer` declares, without the person, the reason and the title of the gate.

    `first` is when and where the guest first came in, of the same day where days are counted: this time, or before.
    `at` says what became of the device's time.
    No text of people is in it, it is stored: `redeeming` adds that for each answer.
    """
    open_ = scan.acted in {None, Acted.HELD}
    answer: Doc = {
        "scan_id": scan.id,
        "verdict": verdict.code.value,
        "door": scan.door,
        "may_force": open_ and may_force(verdict, trusted=trusted),
        "may_undo": may_undo,
        "may_switch": open_ and may_switch(verdict, trusted=trusted),
        **_time(scan),
    }
    if verdict.details:
        answer["details"] = {name: value for name, value in verdict.details.items() if name != "note"}
    if scan.acted is Acted.HELD:
        answer["held"] = True
    if verdict.over:
        answer["over"] = [code.value for code in verdict.over]
    first = verdict.first
    if verdict.code is Code.ADMITTED:
        answer |= {"forced": scan.forced, "again": first is not None}
        first = first or Moment(at=scan.happened_at, gate_id=scan.gate_id, scan=scan.id)
    return answer | {"first": _first(first)} if first else answer


def with_gate_title(answer: Doc, gates: Iterable[Gate]) -> Doc:
    """Return an answer whose gates have titles: those of `first`, and of the gates that are the right ones.

    One that was stored before answers said what staff may do about them says that it is nothing.
    """
    answer = {"door": True, "may_force": False, "may_undo": False, "may_switch": False, **answer}
    titles = {gate.id: gate.title.as_doc() for gate in gates}
    if "first" in answer:
        first = answer["first"]
        answer["first"] = {**first, "gate_title": titles.get(first["gate"]) if first["gate"] else None}
    if "gates" in answer.get("details", {}):
        theirs = [
            {"id": gate, "title": titles[gate]} for gate in answer["details"]["gates"] if gate in titles
        ]
        answer["details"] = {**answer["details"], "gates": theirs}
    return answer


def _first(first: Moment) -> Doc:
    return {**moment_document(first), "scan": first.scan}


def _time(scan: Scan) -> Doc:
    if scan.claimed_at is None:
        return {}
    at = {"claimed": iso(scan.claimed_at), "used": iso(scan.happened_at), "doubted": scan.doubted}
    return {"at": at}
