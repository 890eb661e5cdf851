"""Rooms, channels and gates: renamed, opened, closed and removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from conference_hub.checkin.gate_actions import remove_gate, set_gates
from conference_hub.checkin.model import Gate
from conference_hub.checkin.store import all_gates
from conference_hub.conferences.places import closed, opened
from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.places.actions import open_due, remove_room, set_channels, set_rooms
from tests import small_conference as small
from tests.gates import add_gate
from tests.integration.whole_day.sending import Sender, Step


def places(sender: Sender) -> Iterator[Step]:
    """Rename a room and remove one; the broadcast opens at its time, and is closed and removed by hand."""
    hall, annex = small.rooms()
    renamed = replace(hall, title=annex.title)
    first, broadcast = small.channels()
    steps: dict[str, Callable[[Write], None]] = {
        "RoomChanged": lambda write: set_rooms(write, (renamed, annex)),
        "RoomRemoved": lambda write: remove_room(write, sender.hub, annex.id),
        "ChannelOpened": open_due,
        "ChannelChanged": lambda write: set_channels(
            write, (first, opened(replace(broadcast, url=None), write.at))
        ),
        "ChannelClosed": lambda write: set_channels(write, (first, closed(broadcast))),
        "ChannelRemoved": lambda write: set_channels(write, (first,)),
        "GateAdded": lambda write: add_gate(write, "spare", annex.title),
        "GateChanged": lambda write: set_gates(write, _renamed(write, "spare")),
        "GateRemoved": lambda write: remove_gate(write, "spare"),
    }
    for topic, do in steps.items():
        yield sender.written(topic, (topic,), do)


def _renamed(write: Write, gate_id: str) -> list[Gate]:
    """Return the gates with another name for one of them."""
    gates = all_gates(write.session, write.conf)
    return [
        replace(gate, title=Text.of(f"{small.MARK} 문")) if gate.id == gate_id else gate for gate in gates
    ]
