"""What organisers change of points and gates. `topic` is the name on the wire, the other fields are the fact's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from conference_hub.core.facts import Fact
from conference_hub.gates.model import GateId, PointId


@dataclass(frozen=True, kw_only=True)
class PointAdded(Fact):
    """There is another point."""

    topic: ClassVar[str] = "PointAdded"
    point: PointId


@dataclass(frozen=True, kw_only=True)
class PointChanged(Fact):
    """A point has another name, place in the list or rule."""

    topic: ClassVar[str] = "PointChanged"
    point: PointId


@dataclass(frozen=True, kw_only=True)
class PointRemoved(Fact):
    """A point is gone."""

    topic: ClassVar[str] = "PointRemoved"
    point: PointId


@dataclass(frozen=True, kw_only=True)
class GateAdded(Fact):
    """There is another gate."""

    topic: ClassVar[str] = "GateAdded"
    gate: GateId


@dataclass(frozen=True, kw_only=True)
class GateChanged(Fact):
    """A gate has another name, place in the list, point or rule."""

    topic: ClassVar[str] = "GateChanged"
    gate: GateId


@dataclass(frozen=True, kw_only=True)
class GateRemoved(Fact):
    """A gate is gone."""

    topic: ClassVar[str] = "GateRemoved"
    gate: GateId


PointFact = PointAdded | PointChanged | PointRemoved
GateFact = GateAdded | GateChanged | GateRemoved
