"""The shape of a gate's document; check-in, which counts what happens there, renders it."""

from __future__ import annotations

from typing import Final

from typing_extensions import TypedDict

from conference_hub.core.shapes import Count, TextDoc
from conference_hub.gates.keys import GATE
from conference_hub.people.model import Mode


class GateDoc(TypedDict):
    """A gate: the `point` it belongs to, the `groups` and `modes` it is for (empty: everybody), and what it counted.

    `admitted`, `left` and `refused` are how often it let in, let out and refused.
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


DOCUMENTS: Final = {GATE: GateDoc}
"""The shape of each document by its key; a key that ends in `/` is the prefix of a family."""
