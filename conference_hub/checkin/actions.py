"""What happens at the gates: somebody comes in, goes out, is refused, joins by link; and taking it back."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from conference_hub.checkin import presence as rules
from conference_hub.checkin import store
from conference_hub.checkin.answers import answer_document
from conference_hub.checkin.documents import gate_key, guest_key
from conference_hub.checkin.facts import (
    AdmissionUndone,
    CheckinFact,
    GateAdded,
    GuestAdmitted,
    GuestLeft,
    ScanRefused,
)
from conference_hub.checkin.model import (
    Direction,
    Gate,
    GateId,
    Scan,
    ScanId,
)
from conference_hub.checkin.publish import publish
from conference_hub.checkin.token import read_token
from conference_hub.checkin.verdict import (
    Admitted,
    Doors,
    Known,
    code,
    judge,
)
from conference_hub.conferences.model import DOORS_CLOSE_AFTER, DOORS_OPEN_BEFORE, Conference
from conference_hub.conferences.store import get_conference
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc
from conference_hub.core.text import Text
from conference_hub.people.model import GuestId
from conference_hub.people.store import get_guest


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """Somebody stands at a gate: with a badge (`token`, as scanned or typed) or named by staff (`guest`).

    `at` is when it happened by the device's clock, None: now.
    """

    scan_id: ScanId
    gate_id: str
    token: str | None
    guest: str | None
    at: datetime | None
    direction: Direction
    force: bool


def add_gate(write: Write, gate_id: str, title: Text) -> None:
    """Add an entrance after the others."""
    position = len(store.all_gates(write.session, write.conf)) + 1
    gate = Gate(id=GateId(gate_id), title=title, position=position)
    store.save_gate(write.session, write.conf, gate)
    publish(write, GateAdded(gate=gate.id), gate_key(gate.id), gates=[gate.id])


def redeem(write: Write, attempt: Attempt) -> Doc:
    """Doc somebody at a gate, and keep the answer, refusals too.

    Returns `answers.answer_document` with the `guest`'s id, when there is one. Raises NotFound for an unknown gate or
    guest.
    """
    gate = store.get_gate(write.session, write.conf, attempt.gate_id)
    at = min(attempt.at, write.at) if attempt.at else write.at
    known = _known(write, attempt)
    doors = doors_of(get_conference(write.session, write.conf))
    verdict = judge(known, doors, at, attempt.direction, force=attempt.force)
    scan = Scan(
        id=attempt.scan_id,
        guest_id=known.guest_id if known else None,
        gate_id=gate.id,
        direction=attempt.direction,
        verdict=code(verdict),
        forced=isinstance(verdict, Admitted) and verdict.forced,
        scanned_at=at,
        at=write.at,
        by=write.actor.label,
        actor=write.actor.id,
    )
    _keep(write, scan)
    answer = answer_document(verdict, scan, store.all_gates(write.session, write.conf))
    if scan.guest_id:
        answer["guest"] = scan.guest_id
    return answer


def undo(write: Write, scan_id: str) -> Doc:
    """Take an admission back; raises NotFound, and Refused when it is none or the guest moved on since."""
    scan = store.get_scan(write.session, write.conf, scan_id)
    scans = store.scans_of(write.session, write.conf, scan.guest_id or "")
    rules.check_undo(scan, scans)
    store.mark_undone(write.session, write.conf, replace(scan, undone_at=write.at))
    guest = _settle(write, scan)
    fact = AdmissionUndone(guest=guest, gate=scan.gate_id, scan=scan.id)
    gates = [scan.gate_id] if scan.gate_id else []
    publish(write, fact, guest_key(guest), guests=[guest], gates=gates, counts=True)
    return {"scan_id": scan.id, "guest": guest, "undone": True}


def join(write: Write, guest_id: str) -> bool:
    """Check a guest in who follows from elsewhere; returns False when they are checked in or in the hall."""
    guest = get_guest(write.session, write.conf, guest_id)
    known = store.find_presence(write.session, write.conf, guest.id)
    if known is not None and known.place is not None:
        return False
    scan = Scan(
        id=ScanId(f"link-{uuid.uuid4().hex}"),
        guest_id=guest.id,
        gate_id=None,
        direction=Direction.IN,
        verdict=rules.ADMITTED,
        forced=False,
        scanned_at=write.at,
        at=write.at,
        by=write.actor.label,
        actor=write.actor.id,
    )
    _keep(write, scan)
    return True


def doors_of(conference: Conference) -> Doors:
    """Return when check-in of a conference is open."""
    return Doors(
        opens_at=conference.starts_at - DOORS_OPEN_BEFORE,
        closes_at=conference.ends_at + DOORS_CLOSE_AFTER,
    )


def _known(write: Write, attempt: Attempt) -> Known | None:
    if attempt.guest is not None:
        guest_id = get_guest(write.session, write.conf, attempt.guest).id
        presence = store.find_presence(write.session, write.conf, guest_id)
        return Known(guest_id=guest_id, badge=None, presence=presence)
    token = read_token(attempt.token or "")
    badge = store.find_badge(write.session, write.conf, token) if token else None
    if badge is None:
        return None
    presence = store.find_presence(write.session, write.conf, badge.guest_id)
    return Known(guest_id=badge.guest_id, badge=badge, presence=presence)


def _keep(write: Write, scan: Scan) -> None:
    """Keep a scan, move the guest where it says, and tell."""
    store.add_scan(write.session, write.conf, scan)
    moved = scan.verdict in rules.MOVING
    if moved:
        _settle(write, scan)
    about = [scan.guest_id] if moved and scan.guest_id else []
    gates = [scan.gate_id] if scan.gate_id else []
    publish(write, _fact(scan), _subject(scan), guests=about, gates=gates, counts=moved)


def _settle(write: Write, scan: Scan) -> GuestId:
    if scan.guest_id is None:
        message = f"scan {scan.id} moved nobody"
        raise ValueError(message)
    scans = store.scans_of(write.session, write.conf, scan.guest_id)
    after = rules.presence_after(scans)
    store.save_presence(write.session, write.conf, scan.guest_id, after)
    return scan.guest_id


def _fact(scan: Scan) -> CheckinFact:
    if scan.guest_id and scan.verdict == rules.ADMITTED:
        return GuestAdmitted(guest=scan.guest_id, gate=scan.gate_id, scan=scan.id, forced=scan.forced)
    if scan.gate_id is None:
        message = f"scan {scan.id} has no gate"
        raise ValueError(message)
    if scan.guest_id and scan.verdict == rules.LEFT:
        return GuestLeft(guest=scan.guest_id, gate=scan.gate_id, scan=scan.id)
    return ScanRefused(guest=scan.guest_id, gate=scan.gate_id, scan=scan.id, verdict=scan.verdict)


def _subject(scan: Scan) -> str:
    if scan.guest_id:
        return guest_key(scan.guest_id)
    return gate_key(scan.gate_id) if scan.gate_id else "presence"
