"""How scans are answered: who it is, what the rules say, what is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from conference_hub.checkin import former, presence, store, switching, verdict
from conference_hub.checkin.answers import answer_document
from conference_hub.checkin.keeping import keep_scan, keep_unrecognised
from conference_hub.checkin.model import (
    Acted,
    Attempt,
    Direction,
    Scan,
    Visitor,
    Why,
)
from conference_hub.checkin.scans import scans_of
from conference_hub.checkin.switching import ALONE, Around
from conference_hub.checkin.times import EventTime, corrected, event_time
from conference_hub.checkin.token import read_token
from conference_hub.checkin.verdict import Code, Overruling, Passing, Place, Verdict
from conference_hub.conferences.store import get_conference
from conference_hub.core.errors import Invalid, msg
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc
from conference_hub.gates.model import PointKind
from conference_hub.gates.rules import counted_day
from conference_hub.gates.store import all_gates, get_gate, point_of, windows_of
from conference_hub.people.model import Guest

NOBODY = verdict.Code.UNKNOWN_BADGE
BY_ITSELF = frozenset({Acted.ADMITTED, Acted.REFUSED})
"""What a device did without asking: it is judged for the time at which it happened."""


@dataclass(frozen=True, kw_only=True)
class Redeemed:
    """An answered attempt: `stored` is `answers.answer_document` with the id of the `guest`, when there is one."""

    stored: Doc
    guest: Guest | None


def redeem(write: Write, attempt: Attempt, around: Around = ALONE) -> Redeemed:
    """Answer an attempt to pass a gate and keep it, refusals too.

    What nobody acted on is judged by what is true now, what a device did is kept as it was. Raises NotFound for an
    unknown gate or guest, Invalid for an exit through a point that has none and for overruling without saying why, and
    Refused (`cannot_switch`).
    """
    _check_reason(attempt)
    place = place_at(write, attempt.gate_id)
    if attempt.direction is Direction.OUT and not place.point.exits:
        raise Invalid(msg("이 출입구에서는 퇴장을 확인하지 않습니다."), code="no_exit", field="direction")
    time = _when(attempt, write.at)
    visitor, otherwise = _visitor(write, attempt)
    scan = _draft(write, attempt, place, time)
    if visitor is None:
        return _unrecognised(write, scan, otherwise)
    scans = scans_of(write.session, write.conf, visitor.guest.id)
    scan = replace(scan, guest_id=visitor.guest.id)
    answer, scan = _answered(attempt, scan, passing_of(visitor, scan, scans, write), place)
    if attempt.switch and Code.MODE_MISMATCH in scan.over:
        visitor, scan = switching.to_hall(write, visitor, scan, place.gate, around)
    contradicted = keep_scan(write, scan, visitor, scans)
    document = answer_document(
        answer, scan, may_undo=presence.may_undo(scan, [*scans, scan]), trusted=attempt.trusted
    )
    if contradicted:
        document["conflict"] = True
    return Redeemed(stored={**document, "guest": visitor.guest.id}, guest=visitor.guest)


def _check_reason(attempt: Attempt) -> None:
    """Raise Invalid when a refusal is overruled for no reason, or for another one without words."""
    if not attempt.force:
        return
    if attempt.why is None:
        raise Invalid(msg("거절된 분을 통과시키는 이유(why)를 함께 보내 주세요."), field="why")
    if attempt.why is Why.OTHER and not attempt.note:
        raise Invalid(msg("다른 이유(other)라면 그 이유를 메모(note)에 적어 주세요."), field="note")


def place_at(write: Write, gate_id: str) -> Place:
    """Return the gate, its point and when that is open; raises NotFound."""
    session, conf = write.session, write.conf
    gate = get_gate(session, conf, gate_id)
    point = point_of(session, conf, gate)
    windows = windows_of(point, get_conference(session, conf))
    return Place(gate=gate, point=point, windows=windows, gates=all_gates(session, conf))


def _draft(write: Write, attempt: Attempt, place: Place, time: EventTime) -> Scan:
    point, timezone = place.point, get_conference(write.session, write.conf).timezone
    day = counted_day(point, time.at, timezone)
    return Scan(
        id=attempt.scan_id,
        guest_id=None,
        gate_id=place.gate.id,
        direction=attempt.direction,
        verdict=NOBODY,
        forced=False,
        counts=False,
        happened_at=time.at,
        claimed_at=time.claimed_at,
        doubted=time.doubted,
        at=write.at,
        by=write.actor.label,
        actor=write.actor.id,
        point=point.id,
        door=point.kind is PointKind.DOOR,
        day=day,
        device=attempt.device,
        acted=attempt.acted,
    )


def _when(attempt: Attempt, now: datetime) -> EventTime:
    """Return when a scan happened; what a device did at a time that is not believed keeps that time, and waits."""
    time = event_time(attempt.claim, now)
    if attempt.claim is None or not time.doubted or attempt.acted not in BY_ITSELF:
        return time
    return replace(time, at=corrected(attempt.claim, now))


def passed(scan: Scan) -> Code:
    """Return the code of somebody who passed."""
    return Code.LEFT if scan.direction is Direction.OUT else Code.ADMITTED


def _visitor(write: Write, attempt: Attempt) -> tuple[Visitor | None, Verdict]:
    """Return who is at the gate, and else why the badge is none; raises NotFound for a guest who is not on the list."""
    if attempt.guest is not None:
        return store.get_visitor(write.session, write.conf, attempt.guest), Verdict(code=NOBODY)
    read = filter(None, map(read_token, (attempt.token or "", *attempt.also)))
    tokens = list(dict.fromkeys(read))
    found = (store.find_visitor_with_badge(write.session, write.conf, token) for token in tokens)
    visitor = next(filter(None, found), None)
    if visitor is not None:
        return visitor, Verdict(code=NOBODY)
    return None, former.why_unknown(write, tokens, attempt.staff_at)


def _unrecognised(write: Write, scan: Scan, answer: Verdict) -> Redeemed:
    scan = replace(scan, verdict=answer.code, would=answer.code if scan.acted else None)
    contradicted = keep_unrecognised(write, scan)
    document = answer_document(answer, scan, may_undo=False, trusted=False)
    return Redeemed(stored={**document, "conflict": True} if contradicted else document, guest=None)


def passing_of(visitor: Visitor, scan: Scan, scans: Sequence[Scan], write: Write) -> Passing:
    """Return what a scan is judged by: what is true now, or at its time when a device acted by itself."""
    by_itself = scan.acted in BY_ITSELF
    return Passing(
        guest=visitor.guest,
        badge=visitor.badge,
        reissued=visitor.has_badge,
        look=visitor.guest.look,
        scan=scan if by_itself or scan.acted is None else replace(scan, happened_at=write.at),
        scans=scans,
        badge_at=scan.happened_at if by_itself else write.at,
    )


def _answered(attempt: Attempt, scan: Scan, passing: Passing, place: Place) -> tuple[Verdict, Scan]:
    """Return the answer and the scan as it is kept; what a device did at a time that is not believed waits."""
    if attempt.acted in BY_ITSELF and scan.doubted:
        waits = Verdict(code=Code.QUARANTINED)
        return waits, replace(scan, verdict=waits.code, would=verdict.by_rules(passing, place))
    match attempt.acted:
        case Acted.ADMITTED:
            answer = Verdict(code=passed(scan), first=verdict.before(passing, place))
            would = verdict.by_rules(passing, place)
            return answer, replace(scan, verdict=answer.code, counts=True, would=would)
        case Acted.HELD:
            answer = verdict.judge(passing, place, None)
            kept = Code.HELD if answer.code in verdict.PASSED else answer.code
            return answer, replace(scan, verdict=kept)
        case Acted.REFUSED:
            answer = verdict.judge(passing, place, None)
            kept = Code.TURNED_AWAY if answer.code in verdict.PASSED else answer.code
            would = verdict.by_rules(passing, place)
            return replace(answer, code=kept), replace(scan, verdict=kept, would=would)
        case None:
            return _judged(attempt, passing, place)


def _judged(attempt: Attempt, passing: Passing, place: Place) -> tuple[Verdict, Scan]:
    force = Overruling(codes=attempt.over, note=attempt.note, trusted=attempt.trusted)
    answer = verdict.judge(passing, place, force if attempt.force else None)
    forced = bool(answer.over) and answer.code in verdict.PASSED
    return answer, replace(
        passing.scan,
        verdict=answer.code,
        forced=forced,
        counts=verdict.counts(answer),
        over=tuple(answer.over) if forced else (),
        why=attempt.why if forced else None,
        note=attempt.note if forced else None,
    )
