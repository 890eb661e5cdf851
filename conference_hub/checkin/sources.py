"""The documents of check-in, read from the database."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from sqlalchemy.orm import Session

from conference_hub.checkin import store
from conference_hub.checkin.documents import (
    GATE_STREAMS,
    GUEST_STREAMS,
    PRESENCE_KEY,
    PRESENCE_STREAMS,
    gate_document,
    gate_key,
    guest_document,
    guest_key,
    presence_document,
)
from conference_hub.checkin.model import Gate, GateId
from conference_hub.core.stream import Docs, Stream
from conference_hub.people.model import Guest, GuestId
from conference_hub.people.store import each_guest

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
        docs |= _gates(session, conf, store.all_gates(session, conf))
    if stream in GUEST_STREAMS:
        docs |= _all_guests(session, conf, in_turns)
    return docs


def count_documents(session: Session, conf: str) -> Docs:
    """Return the presence counts, by key."""
    return {PRESENCE_KEY: presence_document(store.headcount(session, conf))}


def gate_documents(session: Session, conf: str, gate_ids: Collection[GateId]) -> Docs:
    """Return the documents of some gates, by key."""
    return _gates(session, conf, [gate for gate in store.all_gates(session, conf) if gate.id in gate_ids])


def guest_documents(session: Session, conf: str, guest_ids: Collection[GuestId]) -> Docs:
    """Return the documents of some guests, by key."""
    if len(guest_ids) > FEW:
        return _only(_all_guests(session, conf), [guest_key(guest_id) for guest_id in guest_ids])
    return {guest_key(guest_id): _guest(session, conf, guest_id) for guest_id in guest_ids}


def _gates(session: Session, conf: str, gates: Sequence[Gate]) -> Docs:
    counts = store.verdict_counts(session, conf, [gate.id for gate in gates]) if gates else {}
    return {gate_key(gate.id): gate_document(gate, counts.get(gate.id, {})) for gate in gates}


def _guest(session: Session, conf: str, guest_id: GuestId) -> dict[str, object]:
    guest, presence, badge = store.guest_state(session, conf, guest_id)
    return guest_document(guest, presence, badge=badge)


def _all_guests(session: Session, conf: str, in_turns: InTurns = at_once) -> Docs:
    presences, badges = store.all_presences(session, conf), store.valid_tokens(session, conf)
    return {
        guest_key(guest.id): guest_document(guest, presences.get(guest.id), badge=guest.id in badges)
        for guest in in_turns(each_guest(session, conf), ROWS_PER_TURN)
    }


def _only(docs: Docs, keys: Collection[str]) -> Docs:
    return {key: docs[key] for key in keys}
