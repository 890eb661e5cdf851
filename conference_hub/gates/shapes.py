"""The shape of a gate's document; check-in, which counts what happens there, renders it."""

from __future__ import annotations

from typing import Final

from typing_extensions import TypedDict

from conference_hub.core.shapes import Count, Instant, TextDoc
from conference_hub.gates.keys import GATE
from conference_hub.people.model import Mode


class CountedDoc(TypedDict):
    """How many persons a point counted: `total`, each once, and `by_day` (ISO dates) where days are counted anew."""

    total: Count
    by_day: dict[str, Count]


class GateDoc(TypedDict):
    """A gate: the `point` it belongs to, the `groups` and `modes` it is for (empty: everybody), and what it counted.

    `admitted`, `left` and `refused` are how often it let in, let out and refused. `counted` are the persons of its
    point, at all gates together; null at a door of the hall.
    """

    id: str
    title: TextDoc
    position: int
    point: str
    groups: list[str]
    modes: list[Mode]
    admitted: Count
    left: Count
    refused: Count
    counted: CountedDoc | None


class DeviceDoc(TypedDict):
    """A paired device; `gates` are the ids of those it may use, empty: all."""

    id: str
    name: str
    gates: list[str]
    scan_only: bool


class DeviceAnswer(TypedDict):
    """What the hub knows of the sender's device, null for a browser or script that is none, and the server's time."""

    device: DeviceDoc | None
    now: Instant


class PairedDoc(TypedDict):
    """Which browser a code paired."""

    id: str
    name: str
    browser: str | None


class CodeAnswer(TypedDict):
    """What became of a code: the device that it paired, and whether its time is over."""

    device: PairedDoc | None
    over: bool


class PairedAnswer(TypedDict):
    """A paired browser: its conference, its device and the key by which it may send scans after its end.

    The key is shown this once.
    """

    conf: str
    device: str
    key: str


DOCUMENTS: Final = {GATE: GateDoc}
"""The shape of each document by its key; a key that ends in `/` is the prefix of a family."""
