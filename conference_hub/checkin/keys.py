"""The keys of check-in's documents, listed in `docs/protocol.md`; those of guests are in `people/keys.py`."""

from __future__ import annotations

from conference_hub.checkin.model import GateId

PRESENCE_KEY = "presence"
GATE = "gate/"
GATE_SETUP = "gate-setup/"


def gate_key(gate_id: GateId) -> str:
    """Return the key of a gate's document."""
    return f"{GATE}{gate_id}"


def gate_setup_key(gate_id: str) -> str:
    """Return what edits of a gate are checked against: scans at the gate change nothing that is edited."""
    return f"{GATE_SETUP}{gate_id}"
