"""Conflicts as people read them: who, both scans with gate, time and device, and what may be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from conference_hub.checkin.conflicts import ANSWERS, USUAL
from conference_hub.checkin.model import Conflict, Scan, Settling
from conference_hub.checkin.presence import may_undo
from conference_hub.checkin.rendering import device_name, label_name
from conference_hub.checkin.scans import scans_by_id, scans_of_guests
from conference_hub.checkin.supervising import may_undo_at
from conference_hub.checkin.switching import for_hall
from conference_hub.checkin.veiling import veil
from conference_hub.core.now import iso
from conference_hub.core.stream import Doc
from conference_hub.core.text import Text
from conference_hub.gates.model import Device, Gate
from conference_hub.gates.store import all_gates
from conference_hub.people.model import Guest, Mode
from conference_hub.people.store import guests_of


@dataclass(frozen=True, kw_only=True)
class Passed:
    """A scan as the inbox shows it; `gate` is None for one that was removed.

    `may_undo`: the reader may take it back, and it would succeed now.
    """

    scan: str
    at: datetime
    gate: Text | None
    device: str
    undone: bool
    may_undo: bool


@dataclass(frozen=True, kw_only=True)
class Item:
    """A conflict with what people need to decide; `guest` is None for a badge that nobody has.

    `answers` are what may be said of it now, `settled_by` is what people call who settled it.
    """

    conflict: Conflict
    guest: Guest | None
    scan: Passed
    other: Passed | None
    answers: tuple[Settling, ...]
    settled_by: str | None

    @property
    def passed(self) -> tuple[Passed, ...]:
        """Its scans, in the order in which they happened."""
        both = (self.scan, *((self.other,) if self.other else ()))
        return tuple(sorted(both, key=lambda one: one.at))

    @property
    def version(self) -> str:
        """What is another one when there is something else to read or to press."""
        marks = (f"{one.scan} {one.may_undo:d}{one.undone:d}" for one in self.passed)
        return " ".join([self.conflict.kind, *self.answers, *marks])


def items_of(
    session: Session, conf: str, conflicts: Sequence[Conflict], device: Device | None = None
) -> list[Item]:
    """Return conflicts with their people and scans for a supervisor at `device`, in the same order."""
    ids = sorted({one.guest for one in conflicts if one.guest})
    veiled = veil(session, conf)
    guests = {guest.id: veiled(guest) for guest in guests_of(session, conf, ids)}
    passages = _Passages(session, conf, device, conflicts)
    return [
        passages.item(one, guests.get(one.guest) if one.guest else None)
        for one in conflicts
        if one.scan in passages.scans
    ]


class _Passages:
    """The scans of some conflicts, with what makes them readable, read once."""

    def __init__(
        self, session: Session, conf: str, device: Device | None, conflicts: Sequence[Conflict]
    ) -> None:
        self._session, self._conf, self._device = session, conf, device
        wanted = [scan for one in conflicts for scan in (one.scan, one.other) if scan]
        self.scans = scans_by_id(session, conf, wanted)
        open_guests = sorted({one.guest for one in conflicts if one.guest and one.settled_at is None})
        self._of_guest = scans_of_guests(session, conf, open_guests)
        self._gates: dict[str, Gate] = {gate.id: gate for gate in all_gates(session, conf)}

    def item(self, conflict: Conflict, guest: Guest | None) -> Item:
        """Return a conflict with its scans."""
        scan = self._passed(self.scans[conflict.scan])
        other = self._passed(self.scans[conflict.other]) if conflict.other in self.scans else None
        return Item(
            conflict=conflict,
            guest=guest,
            scan=scan,
            other=other,
            answers=self._answers(
                conflict, guest, undoable=any(one.may_undo for one in (scan, other) if one)
            ),
            settled_by=label_name(conflict.settled_by) if conflict.settled_by else None,
        )

    def _passed(self, scan: Scan) -> Passed:
        gate = self._gates.get(scan.gate_id or "")
        scans = self._of_guest.get(scan.guest_id or "", [])
        return Passed(
            scan=scan.id,
            at=scan.happened_at,
            gate=gate.title if gate else None,
            device=device_name(self._session, scan, self._conf),
            undone=scan.undone_at is not None,
            may_undo=bool(scans) and may_undo_at(self._device, scan.gate_id) and may_undo(scan, scans),
        )

    def _answers(self, conflict: Conflict, guest: Guest | None, *, undoable: bool) -> tuple[Settling, ...]:
        gate = self._gates.get(self.scans[conflict.scan].gate_id or "")
        away = guest is not None and guest.mode is not Mode.ONSITE and gate is not None and for_hall(gate)
        impossible = {
            *([] if undoable else [Settling.UNDONE]),
            *([] if away else [Settling.SWITCHED]),
        }
        return tuple(one for one in ANSWERS.get(conflict.kind, USUAL) if one not in impossible)


def item_document(item: Item) -> Doc:
    """Render a conflict for supervisors, who read names."""
    return {
        **_about(item),
        "found_at": iso(item.conflict.found_at),
        "organisation": item.guest.organisation if item.guest else None,
        "scan": passed_document(item.scan),
        "other": passed_document(item.other) if item.other else None,
        "answers": [answer.value for answer in item.answers],
    }


def settled_document(item: Item) -> Doc:
    """Render a conflict that somebody settled, with who did and what they said; `by` None: later scans did."""
    conflict = item.conflict
    return {
        **_about(item),
        "settled_at": iso(conflict.settled_at) if conflict.settled_at else None,
        "by": item.settled_by,
        "what": conflict.what.value if conflict.what else None,
        "word": conflict.word,
    }


def passed_document(passed: Passed) -> Doc:
    """Render a scan of a conflict."""
    return {
        "scan": passed.scan,
        "at": iso(passed.at),
        "gate_title": passed.gate.as_doc() if passed.gate else None,
        "device": passed.device,
        "undone": passed.undone,
        "may_undo": passed.may_undo,
    }


def _about(item: Item) -> Doc:
    guest = item.guest
    return {
        "id": item.conflict.id,
        "kind": item.conflict.kind.value,
        "guest": guest.id if guest else None,
        "name": guest.shown.as_doc() if guest else None,
    }
