"""What is done about scans afterwards: amended by what a device did meanwhile, undone, settled."""

from __future__ import annotations

from dataclasses import replace

from conference_hub.checkin import keeping, presence, store, switching, verdict
from conference_hub.checkin.conflict_store import get_conflict
from conference_hub.checkin.conflicts import ANSWERS, USUAL
from conference_hub.checkin.facts import AdmissionUndone
from conference_hub.checkin.keeping import refold
from conference_hub.checkin.model import Acted, Conflict, Scan, Settling
from conference_hub.checkin.scanning import passed, passing_of, place_at
from conference_hub.checkin.scans import get_scan, mark_undone, save_act, save_switched, scans_of
from conference_hub.checkin.switching import ALONE, Around
from conference_hub.checkin.verdict import Code
from conference_hub.core.errors import Invalid, Refused, msg
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc
from conference_hub.gates.store import get_gate

SYSTEM_LABEL = "hub"


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
    passing = replace(passing_of(visitor, told, others, write), badge_at=scan.happened_at)
    revoked = scan.verdict == Code.REVOKED  # the badge that was scanned: the guest may have another one
    rules = Code.REVOKED if revoked else verdict.by_rules(passing, place)
    if acted is Acted.ADMITTED:
        told = replace(told, would=rules, verdict=passed(scan), counts=True)
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
        believed = replace(scan, verdict=passed(scan), counts=True)
    else:
        refused = scan.would not in verdict.PASSED
        believed = replace(scan, verdict=scan.would if scan.would and refused else Code.TURNED_AWAY)
    scans = scans_of(write.session, write.conf, scan.guest_id)
    save_act(write.session, write.conf, believed)
    refold(
        write, scan.guest_id, scans, [believed if one.id == scan.id else one for one in scans], about=believed
    )
