"""How a scan is kept: its row, where its guest is now, what is counted, what is at odds; and the facts of all that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from conference_hub.checkin import conflict_store, presence, sources, store
from conference_hub.checkin.conflicts import KINDS, Contradiction, RuleOf, conflicts_of
from conference_hub.checkin.documents import (
    CONFLICT_STREAMS,
    conflict_document,
    guest_document,
    presence_document,
)
from conference_hub.checkin.facts import (
    CheckinFact,
    ConflictFound,
    ConflictSettled,
    GuestAdmitted,
    GuestLeft,
    ScanAmended,
    ScanRefused,
)
from conference_hub.checkin.keys import PRESENCE_KEY, conflict_key
from conference_hub.checkin.model import (
    Acted,
    Conflict,
    ConflictKind,
    Presence,
    Scan,
    Settling,
    Visitor,
    Whereabouts,
)
from conference_hub.checkin.publish import publish, publish_documents
from conference_hub.checkin.scans import add_scan, mark_surplus
from conference_hub.checkin.tally import Tally
from conference_hub.checkin.verdict import Code
from conference_hub.core.ids import new_id
from conference_hub.core.journal import Write
from conference_hub.core.stream import Docs
from conference_hub.gates.model import GateId, PointId, Reentry
from conference_hub.gates.store import all_gates, all_points, get_gate
from conference_hub.people.keys import guest_key
from conference_hub.people.model import GuestId


def keep_scan(write: Write, scan: Scan, visitor: Visitor, earlier: Sequence[Scan]) -> bool:
    """Keep a guest's scan, move them where all scans say, and publish what changed.

    Returns whether the scan made a conflict.
    """
    tally = sources.TALLIES.of(write)
    add_scan(write.session, write.conf, scan)
    scans, guests = [*earlier, scan], Docs()
    if scan.counts:
        before, after = presence.presence_after(earlier), presence.presence_after(scans)
        if before != after:
            guests = _settle(write, visitor, after)
            mode = visitor.guest.mode
            tally = tally.moved(Whereabouts.of(mode, before), Whereabouts.of(mode, after))
    was, are = (conflicts_of(some, rules(write)) for some in (earlier, scans))
    gates: set[GateId] = set()
    if scan.gate_id and scan.verdict != presence.DAY_ENDED:
        gates.add(scan.gate_id)
        tally = tally.answered(scan.gate_id, scan.verdict)
    for one, now in _surplus(write, scans, are):
        if one.gate_id:
            gates.add(one.gate_id)
            tally = tally.answered(one.gate_id, one.verdict, -1 if now else 1)
    if scan.point and not scan.door:
        days = [presence.days_counted(some, scan.point) for some in (earlier, scans)]
        tally = tally.counted(scan.point, *days)
        gates |= _gates_of(write, scan.point) if days[0] != days[1] else set()
    docs = _gate_docs(write, gates, tally)
    counts: Docs = {PRESENCE_KEY: presence_document(tally.guests)} if guests else {}
    publish_documents(
        write, _fact(scan), guest_key(visitor.guest.id), guests=guests, gates=docs, counts=counts
    )
    found = _reconcile(write, visitor.guest.id, was, are)
    if scan.verdict == Code.QUARANTINED:
        _find(write, Contradiction(kind=ConflictKind.QUARANTINED, scan=scan), None)
        found = True
    sources.TALLIES.note(write, tally)
    return found


def keep_unrecognised(write: Write, scan: Scan) -> bool:
    """Keep a scan of a badge that nobody has, and publish it; returns whether it made a conflict."""
    tally = sources.TALLIES.of(write)
    add_scan(write.session, write.conf, scan)
    gates: Docs = {}
    if scan.gate_id:
        tally = tally.answered(scan.gate_id, scan.verdict)
        gates = _gate_docs(write, [scan.gate_id], tally)
    publish_documents(write, _fact(scan), next(iter(gates), PRESENCE_KEY), guests={}, gates=gates, counts={})
    passed = scan.acted is Acted.ADMITTED
    if passed:
        find_unrecognised(write, scan)
    sources.TALLIES.note(write, tally)
    return passed


def find_unrecognised(write: Write, scan: Scan) -> None:
    """Publish that a device let somebody in with a badge that nobody has."""
    kind = KINDS.get(scan.would or "", ConflictKind.UNKNOWN)
    _find(write, Contradiction(kind=kind, scan=scan), None)


def refold(
    write: Write,
    guest_id: GuestId,
    earlier: Sequence[Scan],
    scans: Sequence[Scan],
    *,
    about: Scan,
    fact: CheckinFact | None = None,
) -> Presence | None:
    """Move a guest where `scans` say, which replace `earlier`, publish `fact` with what changed; return where they are.

    `about` is the scan that changed; the rows of scans are written before.
    """
    now = presence.presence_after(scans)
    store.save_presence(write.session, write.conf, guest_id, now)
    was, are = (conflicts_of(some, rules(write)) for some in (earlier, scans))
    moved = [one.gate_id for one, _ in _surplus(write, scans, are)]
    gates = {gate for gate in (about.gate_id, *moved) if gate}
    if about.point and not about.door:
        gates |= _gates_of(write, about.point)
    fact = fact or ScanAmended(guest=guest_id, gate=about.gate_id, scan=about.id, acted=about.acted or "")
    publish(write, fact, guest_key(guest_id), guests=[guest_id], gates=gates, counts=True)
    _reconcile(write, guest_id, was, are)
    return now


def settle(write: Write, conflict: Conflict, what: Settling, word: str | None) -> None:
    """Write down what was done about a conflict, and publish that it waits no more."""
    by = None if what is Settling.CLEARED else write.actor.label
    done = replace(conflict, settled_at=write.at, settled_by=by, what=what, word=word)
    conflict_store.save_conflict(write.session, write.conf, done)
    _publish(write, ConflictSettled(conflict=done.id, guest=done.guest, what=what.value), done.id, None)


def conflicts_leaving(write: Write, guest_ids: Sequence[GuestId]) -> Docs:
    """Return the documents of open conflicts of guests who go, each as gone."""
    theirs = conflict_store.conflicts_of_guests(write.session, write.conf, guest_ids)
    return {conflict_key(one.id): None for one in theirs if one.settled_at is None}


def rules(write: Write) -> RuleOf:
    """Return what says which re-entry rule holds where a scan was made."""
    points = {point.id: point.reentry for point in all_points(write.session, write.conf)}
    return lambda scan: points.get(PointId(scan.point or ""), Reentry.AFTER_EXIT)


def _gates_of(write: Write, point: str) -> set[GateId]:
    """Return the gates of a point: what one of them counts stands in the documents of all."""
    return {gate.id for gate in all_gates(write.session, write.conf) if gate.point == point}


def _gate_docs(write: Write, gate_ids: Iterable[GateId], tally: Tally) -> Docs:
    gates = [get_gate(write.session, write.conf, gate) for gate in gate_ids]
    counting = sources.counting_points(write.session, write.conf)
    return sources.render_gates(gates, tally.verdicts, counting, tally.points)


def _surplus(write: Write, scans: Sequence[Scan], are: Iterable[Contradiction]) -> list[tuple[Scan, bool]]:
    """Write down which admissions are surplus, and return those of which that changed, with what they are now."""
    doubles = {one.scan.id for one in are if one.kind is ConflictKind.DOUBLE}
    changed = [(scan, scan.id in doubles) for scan in scans if scan.surplus != (scan.id in doubles)]
    for scan, now in changed:
        mark_surplus(write.session, write.conf, scan.id, surplus=now)
    return changed


def _reconcile(
    write: Write, guest_id: GuestId, was: Sequence[Contradiction], are: Sequence[Contradiction]
) -> bool:
    """Make the rows of a guest's conflicts say what the scans say; return whether there is one that was not."""
    before = {_key(one) for one in was}
    if before == {_key(one) for one in are}:
        return False
    rows = {
        (one.kind, one.scan): one
        for one in conflict_store.conflicts_of_guests(write.session, write.conf, [guest_id])
    }
    for contradiction in are:
        _find(write, contradiction, rows.get((contradiction.kind, contradiction.scan.id)))
    wanted = {(one.kind, one.scan.id) for one in are}
    for key, row in rows.items():
        if row.settled_at is None and key not in wanted and row.kind is not ConflictKind.QUARANTINED:
            settle(write, row, Settling.CLEARED, None)
    return any(_key(one) not in before for one in are)


def _key(one: Contradiction) -> tuple[str, str, str | None]:
    return (one.kind, one.scan.id, one.other.id if one.other else None)


def _find(write: Write, contradiction: Contradiction, row: Conflict | None) -> None:
    other = contradiction.other.id if contradiction.other else None
    if row is not None and row.settled_at is not None and row.what is not Settling.CLEARED:
        return  # somebody has dealt with it
    found = Conflict(
        id=row.id if row else new_id(),
        kind=contradiction.kind,
        scan=contradiction.scan.id,
        guest=contradiction.scan.guest_id,
        found_at=row.found_at if row else write.at,
        other=other,
    )
    if found == row:
        return
    conflict_store.save_conflict(write.session, write.conf, found)
    fact = ConflictFound(conflict=found.id, guest=found.guest, scan=found.scan, case=found.kind.value)
    _publish(write, fact, found.id, conflict_document(found, contradiction.scan, contradiction.other))


def _publish(write: Write, fact: CheckinFact, conflict_id: str, doc: dict[str, object] | None) -> None:
    docs: Docs = {conflict_key(conflict_id): doc}
    write.publish(fact, conflict_key(conflict_id), dict.fromkeys(CONFLICT_STREAMS, docs))


def _settle(write: Write, visitor: Visitor, now: Presence | None) -> Docs:
    """Write down where a guest is now, and return their document."""
    guest = visitor.guest
    store.save_presence(write.session, write.conf, guest.id, now)
    return {guest_key(guest.id): guest_document(guest, now, badge=visitor.has_badge)}


def _fact(scan: Scan) -> CheckinFact:
    over, why = list(scan.over), scan.why.value if scan.why else None
    gate, forced = scan.gate_id, scan.forced
    if scan.guest_id and scan.verdict == presence.ADMITTED:
        return GuestAdmitted(guest=scan.guest_id, gate=gate, scan=scan.id, forced=forced, over=over, why=why)
    if gate is None:
        message = f"scan {scan.id} has no gate"
        raise ValueError(message)
    if scan.guest_id and scan.verdict in {presence.LEFT, presence.DAY_ENDED}:
        return GuestLeft(guest=scan.guest_id, gate=gate, scan=scan.id, forced=forced, over=over, why=why)
    return ScanRefused(guest=scan.guest_id, gate=GateId(gate), scan=scan.id, verdict=scan.verdict)
