"""Rooms, channels and gates: renamed, opened, closed and removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from conference_hub.checkin.gate_store import GATE_TIES
from conference_hub.conferences.places import closed, opened
from conference_hub.core.journal import Write
from conference_hub.core.ordered import put
from conference_hub.core.text import Text
from conference_hub.gates.actions import choose_blue, remove_gate, remove_point, set_gates, set_points
from conference_hub.gates.blue import Blue
from conference_hub.gates.model import Gate, Point, PointId, PointKind, Reentry
from conference_hub.gates.store import all_gates, all_points
from conference_hub.places.actions import open_due, remove_room, set_channels, set_rooms
from tests import small_conference as small
from tests.gates import add_gate
from tests.integration.whole_day.sending import Sender, Step

LUNCH = Point(
    id=PointId("lunch"),
    title=Text.of(f"{small.MARK} 점심"),
    position=2,
    kind=PointKind.COUNT,
    exits=False,
    reentry=Reentry.ONCE,
)


def places(sender: Sender) -> Iterator[Step]:
    """Rename a room and remove one; the broadcast opens at its time, and is closed by hand; lunch is counted."""
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
        "PointAdded": lambda write: set_points(write, (*all_points(write.session, write.conf), LUNCH)),
        "PointChanged": lambda write: set_points(
            write, put(all_points(write.session, write.conf), replace(LUNCH, daily=True))
        ),
        "PointRemoved": lambda write: remove_point(write, LUNCH.id),
        "OfflineRuleChosen": lambda write: choose_blue(write, Blue.HOLD),
        "GateAdded": lambda write: add_gate(write, "spare", annex.title),
        "GateChanged": lambda write: set_gates(write, _renamed(write, "spare"), GATE_TIES),
        "GateRemoved": lambda write: remove_gate(write, "spare", GATE_TIES),
    }
    for topic, do in steps.items():
        yield sender.written(topic, (topic,), do)


def _renamed(write: Write, gate_id: str) -> list[Gate]:
    """Return the gates with another name for one of them."""
    gates = all_gates(write.session, write.conf)
    return [
        replace(gate, title=Text.of(f"{small.MARK} 문")) if gate.id == gate_id else gate for gate in gates
    ]
