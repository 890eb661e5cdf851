"""The keys of the documents of gates, listed in `docs/protocol.md`, and what edits are checked against."""

from __future__ import annotations

from conference_hub.gates.model import GateId

GATE = "gate/"
GATE_SETUP = "gate-setup/"
POINT = "point/"
DEVICE = "checkin-device/"
OFFLINE_RULE = "offline-rule"


def gate_key(gate_id: GateId) -> str:
    """Return the key of a gate's document."""
    return f"{GATE}{gate_id}"


def gate_setup_key(gate_id: str) -> str:
    """Return what edits of a gate are checked against: scans at the gate change nothing that is edited."""
    return f"{GATE_SETUP}{gate_id}"


def point_key(point_id: str) -> str:
    """Return what edits of a point are checked against."""
    return f"{POINT}{point_id}"


def device_key(device_id: str) -> str:
    """Return what edits of a device are checked against."""
    return f"{DEVICE}{device_id}"
