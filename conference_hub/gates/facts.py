"""What organisers change of points, gates and devices. `topic` is the name on the wire, the rest are own fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from conference_hub.core.facts import Fact
from conference_hub.gates.blue import Blue
from conference_hub.gates.model import DeviceId, GateId, PointId


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
class OfflineRuleChosen(Fact):
    """Devices do something else with a badge that they know while the hub cannot be reached."""

    topic: ClassVar[str] = "OfflineRuleChosen"
    blue: Blue


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


@dataclass(frozen=True, kw_only=True)
class DeviceInvited(Fact):
    """Somebody made a code that pairs a browser."""

    topic: ClassVar[str] = "DeviceInvited"
    link: str


@dataclass(frozen=True, kw_only=True)
class DevicePaired(Fact):
    """A browser was paired, for the first time or again."""

    topic: ClassVar[str] = "DevicePaired"
    device: DeviceId
    link: str


@dataclass(frozen=True, kw_only=True)
class DeviceChanged(Fact):
    """A device has another name, or may do other things."""

    topic: ClassVar[str] = "DeviceChanged"
    device: DeviceId


@dataclass(frozen=True, kw_only=True)
class DeviceEnded(Fact):
    """A device was ended; it is signed out."""

    topic: ClassVar[str] = "DeviceEnded"
    device: DeviceId


DeviceFact = DeviceInvited | DevicePaired | DeviceChanged | DeviceEnded
PointFact = PointAdded | PointChanged | PointRemoved
GateFact = GateAdded | GateChanged | GateRemoved
