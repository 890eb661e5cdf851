"""The documents of check-in as the database has them: counts, gates, conflicts and where each guest is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from conference_hub.checkin.badge_store import badge_states_of
from conference_hub.checkin.conflict_store import open_conflicts
from conference_hub.checkin.documents import (
    CONFLICT_STREAMS,
    GUEST_STREAMS,
    PRESENCE_STREAMS,
    conflict_document,
    gate_document,
    guest_document,
    presence_document,
)
from conference_hub.checkin.keys import PRESENCE_KEY, conflict_key
from conference_hub.checkin.scans import counted_at, scans_by_id, verdict_counts
from conference_hub.checkin.store import (
    all_presences,
    find_presence,
    get_visitor,
    guests_by_whereabouts,
    presences_of,
    valid_tokens,
)
from conference_hub.checkin.tally import NOBODY, Counted, Tally
from conference_hub.conferences.kept_by_head import KeptByHead
from conference_hub.core.stream import Docs, Stream
from conference_hub.gates.keys import gate_key
from conference_hub.gates.model import Gate, GateId, PointId, PointKind
from conference_hub.gates.store import all_gates, all_points
from conference_hub.gates.ties import GATE_STREAMS
from conference_hub.people.keys import guest_key
from conference_hub.people.model import Guest, GuestId
from conference_hub.people.store import MOST_IN_A_STATEMENT, each_guest, guests_of

FEW = 10
ROWS_PER_TURN = 50
InTurns = Callable[[Iterable[Guest], int], Iterable[Guest]]


def at_once(guests: Iterable[Guest], _every: int) -> Iterable[Guest]:
    """Give nobody a turn: inside a write transaction others would wait for its lock anyway."""
    return guests


def documents(session: Session, conf: str, stream: Stream, *, in_turns: InTurns = at_once) -> Docs:
    """Return every document of check-in that `stream` may see; a long list is made `in_turns` (`Hub.in_turns`)."""
    docs: Docs = {}
    if stream in PRESENCE_STREAMS:
        docs |= count_documents(session, conf)
    if stream in GATE_STREAMS:
        docs |= _gates(session, conf, all_gates(session, conf))
    if stream in CONFLICT_STREAMS:
        docs |= conflict_documents(session, conf)
    if stream in GUEST_STREAMS:
        docs |= _all_guests(session, conf, in_turns)
    return docs


def conflict_documents(session: Session, conf: str) -> Docs:
    """Return the documents of the conflicts that wait, by key."""
    waiting = open_conflicts(session, conf)
    scans = scans_by_id(session, conf, [scan for one in waiting for scan in (one.scan, one.other) if scan])
    return {
        conflict_key(one.id): conflict_document(
            one, scans[one.scan], scans.get(one.other) if one.other else None
        )
        for one in waiting
    }


def count_documents(session: Session, conf: str) -> Docs:
    """Return the presence counts, by key."""
    return {PRESENCE_KEY: presence_document(guests_by_whereabouts(session, conf))}


def count_all(session: Session, conf: str) -> Tally:
    """Count guests and the answers of gates."""
    return Tally(
        guests=guests_by_whereabouts(session, conf),
        verdicts=verdict_counts(session, conf),
        points=counted_at(session, conf),
    )


TALLIES = KeptByHead(count_all)


def counting_points(session: Session, conf: str) -> set[PointId]:
    """Return the points that only count."""
    return {point.id for point in all_points(session, conf) if point.kind is PointKind.COUNT}


def render_gates(
    gates: Iterable[Gate],
    verdicts: Mapping[GateId, Mapping[str, int]],
    counting: Collection[PointId],
    counted: Mapping[str, Counted],
) -> Docs:
    """Return the documents of gates by what was counted, by key; `counting` are the points that only count."""
    return {
        gate_key(gate.id): gate_document(
            gate,
            verdicts.get(gate.id, {}),
            counted.get(gate.point, NOBODY) if gate.point in counting else None,
        )
        for gate in gates
    }


def gate_documents(session: Session, conf: str, gate_ids: Collection[GateId]) -> Docs:
    """Return the documents of some gates, by key."""
    return _gates(session, conf, [gate for gate in all_gates(session, conf) if gate.id in gate_ids])


def guest_documents(session: Session, conf: str, guest_ids: Collection[GuestId]) -> Docs:
    """Return the documents of some guests, by key."""
    if len(guest_ids) > FEW:
        return _some_guests(session, conf, guest_ids)
    return {guest_key(guest_id): _guest(session, conf, guest_id) for guest_id in guest_ids}


def _gates(session: Session, conf: str, gates: Sequence[Gate]) -> Docs:
    if not gates:
        return {}
    verdicts = verdict_counts(session, conf)
    counting = counting_points(session, conf)
    return render_gates(gates, verdicts, counting, counted_at(session, conf) if counting else {})


def _guest(session: Session, conf: str, guest_id: GuestId) -> dict[str, object]:
    visitor = get_visitor(session, conf, guest_id)
    presence = find_presence(session, conf, guest_id)
    return guest_document(visitor.guest, presence, badge=visitor.has_badge)


def _all_guests(session: Session, conf: str, in_turns: InTurns = at_once) -> Docs:
    presences, badges = all_presences(session, conf), valid_tokens(session, conf)
    return {
        guest_key(guest.id): guest_document(guest, presences.get(guest.id), badge=guest.id in badges)
        for guest in in_turns(each_guest(session, conf), ROWS_PER_TURN)
    }


def _some_guests(session: Session, conf: str, guest_ids: Collection[GuestId]) -> Docs:
    docs: Docs = {}
    ids = list(guest_ids)
    for first in range(0, len(ids), MOST_IN_A_STATEMENT):
        some = ids[first : first + MOST_IN_A_STATEMENT]
        presences, badges = presences_of(session, conf, some), badge_states_of(session, conf, some)
        docs |= {
            guest_key(guest.id): guest_document(guest, presences.get(guest.id), badge=guest.id in badges)
            for guest in guests_of(session, conf, some)
        }
    return docs
