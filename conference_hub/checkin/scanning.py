"""What is done about scans: answered, amended by what a device did meanwhile, undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from conference_hub.checkin import former, keeping, presence, store, switching, verdict
from conference_hub.checkin.answers import answer_document
from conference_hub.checkin.conflict_store import get_conflict
from conference_hub.checkin.conflicts import ANSWERS, USUAL
from conference_hub.checkin.facts import AdmissionUndone
from conference_hub.checkin.keeping import keep_scan, keep_unrecognised, refold
from conference_hub.checkin.model import (
    Acted,
    Attempt,
    Conflict,
    Direction,
    Scan,
    Settling,
    Visitor,
)
from conference_hub.checkin.scans import get_scan, mark_undone, save_act, save_switched, scans_of
from conference_hub.checkin.switching import ALONE, Around
from conference_hub.checkin.times import EventTime, corrected, event_time
from conference_hub.checkin.token import read_token
from conference_hub.checkin.verdict import Code, Overruling, Passing, Place, Verdict
from conference_hub.conferences.store import get_conference
from conference_hub.core.errors import Invalid, Refused, msg
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc
from conference_hub.gates.model import PointKind
from conference_hub.gates.rules import day_of
from conference_hub.gates.store import all_gates, get_gate, point_of, windows_of
from conference_hub.people.model import Guest

NOBODY = verdict.Code.UNKNOWN_BADGE
SYSTEM_LABEL = "hub"
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
    unknown gate or guest, Invalid for an exit through a point that has none, and Refused (`cannot_switch`).
    """
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
    answer, scan = _answered(attempt, scan, _passing(visitor, scan, scans, write), place)
    if attempt.switch and Code.MODE_MISMATCH in scan.over:
        visitor, scan = switching.to_hall(write, visitor, scan, place.gate, around)
    contradicted = keep_scan(write, scan, visitor, scans)
    document = answer_document(
        answer, scan, may_undo=presence.may_undo(scan, [*scans, scan]), trusted=attempt.trusted
    )
    if contradicted:
        document["conflict"] = True
    return Redeemed(stored={**document, "guest": visitor.guest.id}, guest=visitor.guest)


def amend(write: Write, scan_id: str, acted: Acted, device: str | None) -> bool:
    """Take note, once, of what was done with a scan that had been sent before; returns whether it was news.

    `device` is the paired one that says so, None: who signed in. The answer that was not heard stays the first one:
    what was done is a fact of the hall beside it. Whom a device let in after all it had not kept waiting. Of a badge of
    nobody only that somebody was let in is news.
    """
    scan = get_scan(write.session, write.conf, scan_id)
    before = {None, Acted.HELD} if acted is Acted.ADMITTED else {None}
    if scan.acted not in before or scan.undone_at is not None:
        return False
    if scan.guest_id is None:
        return acted is Acted.ADMITTED and _let_in_nobody(write, replace(scan, device=device or scan.device))
    visitor = store.get_visitor(write.session, write.conf, scan.guest_id)
    scans = scans_of(write.session, write.conf, scan.guest_id)
    told = replace(scan, acted=acted, device=device or scan.device)
    place = place_at(write, scan.gate_id or "")
    others = [one for one in scans if one.id != scan.id]
    passing = replace(_passing(visitor, told, others, write), badge_at=scan.happened_at)
    revoked = scan.verdict == Code.REVOKED  # the badge that was scanned: the guest may have another one
    rules = Code.REVOKED if revoked else verdict.by_rules(passing, place)
    if acted is Acted.ADMITTED:
        told = replace(told, would=rules, verdict=_passed(scan), counts=True)
    elif acted is Acted.REFUSED and scan.verdict in verdict.PASSED:
        told = replace(told, would=rules, verdict=Code.TURNED_AWAY, counts=False)
    elif acted is Acted.HELD and scan.verdict in verdict.PASSED:
        told = replace(told, verdict=Code.HELD, counts=False)
    save_act(write.session, write.conf, told)
    refold(write, scan.guest_id, scans, [told if one.id == told.id else one for one in scans], about=told)
    return True


def _let_in_nobody(write: Write, scan: Scan) -> bool:
    """Take note that a device let somebody in whose badge was answered to be nobody's."""
    told = replace(scan, acted=Acted.ADMITTED, would=scan.verdict)
    save_act(write.session, write.conf, told)
    keeping.find_unrecognised(write, told)
    return True


def undo(write: Write, scan_id: str, around: Around = ALONE) -> Doc:
    """Take back what a scan did; raises NotFound, and Refused when it did nothing or something rests on it.

    `switched` in the answer says what became of the way of taking part that it had changed.
    """
    scan = get_scan(write.session, write.conf, scan_id)
    scans = scans_of(write.session, write.conf, scan.guest_id or "")
    presence.check_undo(scan, scans)
    gone = presence.undone_with(scan, scans)
    mark_undone(write.session, write.conf, scan, gone, write.at)
    left = [
        replace(one, counts=False, undone_at=write.at if one.id == scan.id else one.undone_at)
        if one.id in gone
        else one
        for one in scans
    ]
    guest_id = scan.guest_id
    if guest_id is None:
        message = f"scan {scan.id} is of nobody"
        raise ValueError(message)
    fact = AdmissionUndone(guest=guest_id, gate=scan.gate_id, scan=scan.id)
    now = refold(write, guest_id, scans, left, about=scan, fact=fact)
    answer = {
        "scan_id": scan.id,
        "guest": guest_id,
        "undone": True,
        "place": now.place.value if now and now.place else None,
    }
    if scan.switched is None:
        return answer
    return answer | {"switched": switching.back(write, scan, scan.switched, around).value}


def settle(
    write: Write,
    conflict_id: str,
    what: Settling,
    word: str | None = None,
    scan_id: str | None = None,
    around: Around = ALONE,
) -> Doc:
    """Say what was done about a conflict.

    `UNDONE` takes a scan of it back too, `ACCEPTED` lets one count that waited, and `SWITCHED` lets somebody take part
    in the hall who was let in there. `switched` in the answer is that of `undo`. Raises NotFound, Refused (`settled`)
    when somebody was there before, Invalid for what does not fit the conflict, and what `undo` and
    `switching.to_hall` raise.
    """
    conflict = get_conflict(write.session, write.conf, conflict_id)
    if conflict.settled_at is not None:
        raise Refused(
            msg("%(by)s 님이 이미 처리했습니다."), code="settled", by=conflict.settled_by or SYSTEM_LABEL
        )
    if what not in ANSWERS.get(conflict.kind, USUAL):
        raise Invalid(msg("이 일에는 할 수 없는 처리입니다."), field="what")
    keeping.settle(write, conflict, what, word)
    answer: Doc = {"conflict": conflict.id, "what": what.value}
    if what is Settling.UNDONE:
        undone = undo(write, _of_conflict(conflict, scan_id), around)
        answer |= {"switched": undone["switched"]} if "switched" in undone else {}
    if what is Settling.ACCEPTED:
        _accept(write, conflict.scan)
    if what is Settling.SWITCHED:
        _to_hall(write, conflict.scan, around)
    return answer


def _of_conflict(conflict: Conflict, scan_id: str | None) -> str:
    if scan_id is None or scan_id in {conflict.scan, conflict.other}:
        return scan_id or conflict.scan
    raise Invalid(msg("이 일과 관계없는 스캔입니다."), field="scan_id")


def _to_hall(write: Write, scan_id: str, around: Around) -> None:
    """Let the guest of an admission take part in the hall; undone, it takes that back too."""
    scan = get_scan(write.session, write.conf, scan_id)
    visitor = store.get_visitor(write.session, write.conf, scan.guest_id or "")
    gate = get_gate(write.session, write.conf, scan.gate_id or "")
    _visitor, switched = switching.to_hall(write, visitor, scan, gate, around)
    save_switched(write.session, write.conf, switched)


def _accept(write: Write, scan_id: str) -> None:
    """Let a scan count that waited, at the time that its device said and as it was judged for that time."""
    scan = get_scan(write.session, write.conf, scan_id)
    if scan.guest_id is None:
        message = f"scan {scan.id} is of nobody"
        raise ValueError(message)
    if scan.acted is Acted.ADMITTED:
        believed = replace(scan, verdict=_passed(scan), counts=True)
    else:
        refused = scan.would not in verdict.PASSED
        believed = replace(scan, verdict=scan.would if scan.would and refused else Code.TURNED_AWAY)
    scans = scans_of(write.session, write.conf, scan.guest_id)
    save_act(write.session, write.conf, believed)
    refold(
        write, scan.guest_id, scans, [believed if one.id == scan.id else one for one in scans], about=believed
    )


def place_at(write: Write, gate_id: str) -> Place:
    """Return the gate, its point and when that is open; raises NotFound."""
    session, conf = write.session, write.conf
    gate = get_gate(session, conf, gate_id)
    point = point_of(session, conf, gate)
    windows = windows_of(point, get_conference(session, conf))
    return Place(gate=gate, point=point, windows=windows, gates=all_gates(session, conf))


def _draft(write: Write, attempt: Attempt, place: Place, time: EventTime) -> Scan:
    point, timezone = place.point, get_conference(write.session, write.conf).timezone
    day = day_of(time.at, timezone, point.windows).isoformat() if point.daily else None
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


def _passed(scan: Scan) -> Code:
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


def _passing(visitor: Visitor, scan: Scan, scans: Sequence[Scan], write: Write) -> Passing:
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
            answer = Verdict(code=_passed(scan), first=verdict.before(passing, place))
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
