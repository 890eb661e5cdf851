"""What changes the list of gates: load, decide, save, publish one fact for each gate that changed."""

from __future__ import annotations

from collections.abc import Sequence

from conference_hub.checkin import gate_store, store
from conference_hub.checkin.facts import CheckinFact, GateAdded, GateChanged, GateRemoved
from conference_hub.checkin.keys import gate_key, gate_setup_key
from conference_hub.checkin.model import Gate, GateId
from conference_hub.checkin.publish import publish, publish_documents
from conference_hub.core.errors import Refused, msg
from conference_hub.core.journal import Write
from conference_hub.core.ordered import changed, find, numbered, without
from conference_hub.core.stream import Docs


def set_gates(write: Write, wanted: Sequence[Gate]) -> None:
    """Make the gates be `wanted`, in this order.

    Raises Refused (`in_use`) when a gate would go at which somebody was scanned.
    """
    before = store.all_gates(write.session, write.conf)
    after = numbered(wanted)
    for gate_id in changed(before, after):
        earlier, gate = find(before, gate_id), find(after, gate_id)
        if gate is None:
            _remove(write, gate_id)
            continue
        store.save_gate(write.session, write.conf, gate)
        fact: CheckinFact = GateChanged(gate=GateId(gate_id)) if earlier else GateAdded(gate=GateId(gate_id))
        publish(write, fact, gate_setup_key(gate_id), gates=[gate.id])


def remove_gate(write: Write, gate_id: str) -> None:
    """Remove a gate that nobody was scanned at; raises NotFound, and Refused (`in_use`)."""
    gate = store.get_gate(write.session, write.conf, gate_id)
    set_gates(write, without(store.all_gates(write.session, write.conf), {gate.id}))


def _remove(write: Write, gate_id: str) -> None:
    if gate_store.used_gates(write.session, write.conf, [gate_id]):
        raise Refused(
            msg("이 출입구에서 스캔한 기록이 있어 삭제할 수 없습니다. 이름을 바꿀 수는 있습니다."),
            code="in_use",
        )
    gate_store.delete_gate(write.session, write.conf, gate_id)
    fact = GateRemoved(gate=GateId(gate_id))
    gates: Docs = {gate_key(GateId(gate_id)): None}
    publish_documents(write, fact, gate_setup_key(gate_id), guests={}, gates=gates, counts={})
