"""What changes points and gates: load, decide, save, publish one fact for each that changed."""

from __future__ import annotations

from collections.abc import Sequence

from conference_hub.core.errors import Refused, msg
from conference_hub.core.journal import Write
from conference_hub.core.ordered import changed, find, numbered, without
from conference_hub.core.stream import Docs
from conference_hub.gates import store
from conference_hub.gates.blue import Blue
from conference_hub.gates.blue_store import blue_of, save_blue
from conference_hub.gates.device_store import all_devices
from conference_hub.gates.facts import (
    GateAdded,
    GateChanged,
    GateFact,
    GateRemoved,
    OfflineRuleChosen,
    PointAdded,
    PointChanged,
    PointRemoved,
)
from conference_hub.gates.keys import OFFLINE_RULE, gate_key, gate_setup_key, point_key
from conference_hub.gates.model import DOORS, Gate, GateId, Point, PointId
from conference_hub.gates.ties import GATE_STREAMS, GateTies


def set_points(write: Write, wanted: Sequence[Point]) -> None:
    """Make the points be `wanted`, in this order; raises Refused (`in_use`) when one would go that has gates."""
    before = store.all_points(write.session, write.conf)
    after = numbered(wanted)
    for point_id in changed(before, after):
        point = find(after, point_id)
        if point is None:
            _remove_point(write, PointId(point_id))
            continue
        store.save_point(write.session, write.conf, point)
        fact = PointChanged if find(before, point_id) else PointAdded
        write.publish(fact(point=point.id), point_key(point.id), {})


def remove_point(write: Write, point_id: str) -> None:
    """Remove a point without gates; raises NotFound, and Refused (`in_use`)."""
    point = store.get_point(write.session, write.conf, point_id)
    set_points(write, without(store.all_points(write.session, write.conf), {point.id}))


def set_gates(write: Write, wanted: Sequence[Gate], ties: GateTies) -> None:
    """Make the gates be `wanted`, in this order; the first of the doors of the hall brings their point along.

    Raises Refused (`in_use`) when a gate would go at which somebody was scanned, NotFound for an unknown point.
    """
    before = store.all_gates(write.session, write.conf)
    after = numbered(wanted)
    for gate_id in changed(before, after):
        gate = find(after, gate_id)
        if gate is None:
            _remove_gate(write, GateId(gate_id), ties)
            continue
        _require_point(write, gate.point)
        store.save_gate(write.session, write.conf, gate)
        fact = GateChanged if find(before, gate_id) else GateAdded
        _publish(write, fact(gate=gate.id), ties.documents(write.session, write.conf, [gate.id]))


def remove_gate(write: Write, gate_id: str, ties: GateTies) -> None:
    """Remove a gate that nobody was scanned at; raises NotFound, and Refused (`in_use`)."""
    gate = store.get_gate(write.session, write.conf, gate_id)
    set_gates(write, without(store.all_gates(write.session, write.conf), {gate.id}), ties)


def choose_blue(write: Write, blue: Blue) -> None:
    """Decide what devices do with a known badge without a network; nothing happens when they do so already."""
    if blue_of(write.session, write.conf) is blue:
        return
    save_blue(write.session, write.conf, blue)
    write.publish(OfflineRuleChosen(blue=blue), OFFLINE_RULE, {})


def _require_point(write: Write, point_id: PointId) -> None:
    points = store.all_points(write.session, write.conf)
    if point_id == DOORS.id and find(points, point_id) is None:
        set_points(write, (*points, DOORS))
    store.get_point(write.session, write.conf, point_id)


def _remove_point(write: Write, point_id: PointId) -> None:
    gates = [gate for gate in store.all_gates(write.session, write.conf) if gate.point == point_id]
    if gates:
        raise Refused(
            msg("이 확인 지점에 속한 출입구가 있어 삭제할 수 없습니다: %(name)s"),
            code="in_use",
            name=", ".join(gate.title.ko or gate.title.en for gate in gates),
        )
    store.delete_point(write.session, write.conf, point_id)
    write.publish(PointRemoved(point=point_id), point_key(point_id), {})


def _remove_gate(write: Write, gate_id: GateId, ties: GateTies) -> None:
    if ties.used(write.session, write.conf, [gate_id]):
        raise Refused(
            msg("이 출입구에서 스캔한 기록이 있어 삭제할 수 없습니다. 이름을 바꿀 수는 있습니다."),
            code="in_use",
        )
    _refuse_bound(write, gate_id)
    store.delete_gate(write.session, write.conf, gate_id)
    _publish(write, GateRemoved(gate=gate_id), {gate_key(gate_id): None})


def _refuse_bound(write: Write, gate_id: GateId) -> None:
    """Refuse to remove a gate that a device is bound to: without any gate it would be for all of them."""
    devices = all_devices(write.session, write.conf)
    bound = [device.name for device in devices if gate_id in device.gates and not device.ended]
    if bound:
        raise Refused(
            msg("이 출입구를 맡은 기기가 있어 삭제할 수 없습니다: %(name)s"),
            code="in_use",
            name=", ".join(bound),
        )


def _publish(write: Write, fact: GateFact, docs: Docs) -> None:
    write.publish(fact, gate_setup_key(fact.gate), dict.fromkeys(GATE_STREAMS, docs))
