"""Check-in as documents: counts, gates, conflicts and where each guest is. No names: who needs them asks for them.

Streams are an allow-list: the public gets nothing of who is where.
"""

from __future__ import annotations

from collections.abc import Mapping

from conference_hub.checkin.model import Conflict, Moment, Place, Presence, Scan, Whereabouts
from conference_hub.checkin.tally import Counted
from conference_hub.core.now import iso
from conference_hub.core.stream import Doc, Stream
from conference_hub.gates.model import Gate
from conference_hub.people.model import Guest, Mode

PRESENCE_STREAMS = frozenset({Stream.STAFF, Stream.SEALED, Stream.OPERATOR})

CONFLICT_STREAMS = frozenset({Stream.STAFF, Stream.OPERATOR})
GUEST_STREAMS = frozenset({Stream.SEALED, Stream.OPERATOR})


def presence_document(guests: Mapping[Whereabouts, int]) -> Doc:
    """Render counts: `inside` are in the hall, `remote` joined from elsewhere, `admitted` ever came.

    `by_mode` counts who is expected and who is here, by the way in which they said they would take part.
    """
    return {
        "expected": sum(guests.values()),
        "inside": _count(guests, Place.HALL),
        "remote": _count(guests, Place.REMOTE),
        "admitted": sum(count for where, count in guests.items() if where.came),
        "by_mode": {mode.value: _of_mode(guests, mode) for mode in Mode},
    }


def gate_document(gate: Gate, verdicts: Mapping[str, int], counted: Counted | None) -> Doc:
    """Render a gate: whom it is for, and what it did; `verdicts` counts its answers by code.

    `counted` are the persons of its point, None at a door of the hall.
    """
    admitted, left = verdicts.get("admitted", 0), verdicts.get("left", 0)
    return {
        "id": gate.id,
        "title": gate.title.as_doc(),
        "position": gate.position,
        "point": gate.point,
        "groups": sorted(gate.groups),
        "modes": [mode.value for mode in Mode if mode in gate.modes],
        "admitted": admitted,
        "left": left,
        "refused": sum(verdicts.values()) - admitted - left,
        "counted": {"total": counted.total, "by_day": dict(counted.by_day)} if counted else None,
    }


def guest_document(guest: Guest, presence: Presence | None, *, badge: bool) -> Doc:
    """Render where a guest is, and their `seat`; `badge` says whether their badge opens gates."""
    place = presence.place if presence else None
    return {
        "id": guest.id,
        "group": guest.group,
        "mode": guest.mode.value,
        "seat": guest.seat,
        "inside": place is Place.HALL,
        "remote_connected": place is Place.REMOTE,
        "since": iso(presence.since) if presence else None,
        "first": moment_document(presence.first) if presence else None,
        "badge": badge,
    }


def conflict_document(conflict: Conflict, scan: Scan, other: Scan | None) -> Doc:
    """Render a conflict that waits: the scan that it is about, and the one that it is at odds with; no names."""
    return {
        "id": conflict.id,
        "kind": conflict.kind.value,
        "guest": conflict.guest,
        "found_at": iso(conflict.found_at),
        "device": scan.device,
        **_at_gate(scan),
        "other": {**_at_gate(other), "device": other.device} if other else None,
    }


def _at_gate(scan: Scan) -> Doc:
    return {
        "scan": scan.id,
        "gate": scan.gate_id,
        "direction": scan.direction.value,
        "at": iso(scan.happened_at),
    }


def moment_document(moment: Moment) -> Doc:
    """Render when and at which gate somebody came in; `gate` is null for a personal link."""
    return {"at": iso(moment.at), "gate": moment.gate_id}


def _of_mode(guests: Mapping[Whereabouts, int], mode: Mode) -> Doc:
    same = {where: count for where, count in guests.items() if where.mode is mode}
    return {"expected": sum(same.values()), "here": _count(same, *Place)}


def _count(guests: Mapping[Whereabouts, int], *places: Place) -> int:
    return sum(count for where, count in guests.items() if where.place in places)
