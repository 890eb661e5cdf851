"""Send one event to everybody in a room: encoded once, and a failing client does not affect the others.

A fact goes to everybody before anything else runs. What nobody waits for (how much applause there is, heartbeats) goes
to a few at a time: with ten thousand sockets it takes a tenth of a second, and a fact must not wait for that.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from engineio.packet import MESSAGE, Packet

from conference_hub.live.rooms import NAMESPACE
from conference_hub.live.transport.engine import frame_of

AT_ONCE = 256
"""Sockets that are sent what is not urgent before others work: two milliseconds, one call of the kernel (`ring.py`)."""
PAUSE_S = 0.01
"""How long others work before the next so many: a command takes several turns of the loop, and none is to wait long."""


def broadcast(server: Any, room: str, event: str, data: object) -> int:
    """Hand `event` over for every socket in `room` of a python-socketio server; return how many there were.

    `room` may be the name of one client. `data` is JSON without bytes: python-socketio would look for them in every
    value, 60 ms for a list of 4,000 guests.
    """
    return broadcast_text(server, room, event, json.dumps(data, separators=(",", ":")))


def broadcast_text(server: Any, room: str, event: str, text: str) -> int:
    """Hand `event` over as `broadcast` does, with `text`, which is JSON already, as its data."""
    participants = list(server.manager.get_participants(NAMESPACE, room))
    if not participants:
        return 0
    _send(server, participants, event, text)
    return len(participants)


def broadcast_in_slices(
    server: Any, room: str, event: str, text_of: Callable[[], str], *, sleep: Callable[[float], object]
) -> int:
    """Hand `event` over to `AT_ONCE` sockets of `room`, pause for `PAUSE_S`, and so on; return to how many.

    Each slice gets what `text_of` says by then, JSON, so that what takes its time is not out of date. Who left the room
    meanwhile gets nothing; who entered it meanwhile has to be told by whoever let it in.
    """
    participants = list(server.manager.get_participants(NAMESPACE, room))
    count = 0
    for start in range(0, len(participants), AT_ONCE):
        if start:
            sleep(PAUSE_S)
        here = [one for one in participants[start : start + AT_ONCE] if _is_in(server, one[0], room)]
        if here:
            _send(server, here, event, text_of())
        count += len(here)
    return count


def _is_in(server: Any, sid: str, room: str) -> bool:
    return room in server.manager.get_rooms(sid, NAMESPACE)


def _send(server: Any, participants: Sequence[tuple[str, str]], event: str, text: str) -> None:
    packet = packet_of(event, text)
    server.eio.broadcast([engine_sid for _, engine_sid in participants], packet, frame_of(packet))


def packet_of(event: str, text: str) -> Packet:
    """Return the Engine.IO packet of a Socket.IO event (packet type 2) whose data is the JSON `text`."""
    return Packet(MESSAGE, f'2["{event}",{text}]')
