"""Gates as tests add them, with ids of their own choice."""

from __future__ import annotations

from conference_hub.checkin.gate_store import GATE_TIES
from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.gates.actions import set_gates
from conference_hub.gates.model import Gate, GateId, Point, PointId, PointKind, Reentry
from conference_hub.gates.store import all_gates

LUNCH = Point(
    id=PointId("lunch"),
    title=Text(ko="점심", en="Lunch"),
    position=9,
    kind=PointKind.COUNT,
    exits=False,
    reentry=Reentry.ONCE,
    daily=True,
)
"""A point that only counts, everybody once a day."""


def add_gate(write: Write, gate_id: str, title: Text) -> None:
    """Add an entrance after the others."""
    known = all_gates(write.session, write.conf)
    set_gates(write, [*known, Gate(id=GateId(gate_id), title=title, position=len(known) + 1)], GATE_TIES)
