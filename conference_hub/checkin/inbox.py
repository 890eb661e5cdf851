"""Conflicts as people read them: who, both scans with gate, time and device, and what may be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from conference_hub.checkin.model import Conflict, ConflictKind, Scan, Settling
from conference_hub.checkin.scans import scans_by_id
from conference_hub.core.now import iso
from conference_hub.core.stream import Doc
from conference_hub.core.text import Text
from conference_hub.gates.device_store import find_device
from conference_hub.gates.store import all_gates
from conference_hub.people.model import Guest
from conference_hub.people.store import guests_of

ANSWERS = {
    ConflictKind.DOUBLE: (Settling.SAME_PERSON, Settling.LOOKED, Settling.UNDONE),
    ConflictKind.QUARANTINED: (Settling.ACCEPTED, Settling.REJECTED),
    ConflictKind.UNKNOWN: (Settling.LOOKED,),
    ConflictKind.FORMER: (Settling.LOOKED,),
    ConflictKind.TURNED_AWAY: (Settling.LOOKED,),
}
"""What may be said of a conflict; of the others that somebody looked at it, or that the scan is undone."""
USUAL = (Settling.LOOKED, Settling.UNDONE)


@dataclass(frozen=True, kw_only=True)
class Passed:
    """A scan as the inbox shows it; `gate` is None for one that was removed."""

    scan: str
    at: datetime
    gate: Text | None
    device: str
    claimed_at: datetime | None
    undone: bool


@dataclass(frozen=True, kw_only=True)
class Item:
    """A conflict with what people need to decide; `guest` is None for a badge that nobody has."""

    conflict: Conflict
    guest: Guest | None
    scan: Passed
    other: Passed | None

    @property
    def answers(self) -> tuple[Settling, ...]:
        """What may be said of it."""
        return ANSWERS.get(self.conflict.kind, USUAL)


def items_of(session: Session, conf: str, conflicts: Sequence[Conflict]) -> list[Item]:
    """Return conflicts with their people and scans, in the same order."""
    scans = scans_by_id(session, conf, [id_ for one in conflicts for id_ in (one.scan, one.other) if id_])
    ids = {one.guest for one in conflicts if one.guest}
    guests = {guest.id: guest for guest in guests_of(session, conf, sorted(ids))}
    return [
        Item(
            conflict=one,
            guest=guests.get(one.guest) if one.guest else None,
            scan=passed_of(session, conf, scans[one.scan]),
            other=passed_of(session, conf, scans[one.other]) if one.other in scans and one.other else None,
        )
        for one in conflicts
        if one.scan in scans
    ]


def passed_of(session: Session, conf: str, scan: Scan) -> Passed:
    """Return a scan as people read it: the device by its own name, else who was signed in."""
    titles = {gate.id: gate.title for gate in all_gates(session, conf)}
    device = find_device(session, conf, scan.device) if scan.device else None
    return Passed(
        scan=scan.id,
        at=scan.happened_at,
        gate=titles.get(scan.gate_id) if scan.gate_id else None,
        device=device.name if device else scan.by,
        claimed_at=scan.claimed_at,
        undone=scan.undone_at is not None,
    )


def item_document(item: Item) -> Doc:
    """Render a conflict for supervisors, who read names."""
    guest = item.guest
    return {
        "id": item.conflict.id,
        "kind": item.conflict.kind.value,
        "found_at": iso(item.conflict.found_at),
        "guest": guest.id if guest else None,
        "name": guest.shown.as_doc() if guest else None,
        "scan": passed_document(item.scan),
        "other": passed_document(item.other) if item.other else None,
        "answers": [answer.value for answer in item.answers],
    }


def passed_document(passed: Passed) -> Doc:
    """Render a scan of a conflict."""
    return {
        "scan": passed.scan,
        "at": iso(passed.at),
        "gate_title": passed.gate.as_doc() if passed.gate else None,
        "device": passed.device,
    }
