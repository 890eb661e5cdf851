"""The packets a client may send: the few of Engine.IO 4 and Socket.IO 5 that have a meaning for this hub.

A client answers pings, moves from polling to a WebSocket, joins once and leaves. Everything else is refused before any
library parses it: binary packets, attachments, other namespaces, acknowledgements, packets of the server.
Source: the Engine.IO protocol, revision 4, and the Socket.IO protocol, revision 5.
"""

from __future__ import annotations

import json
import re
from enum import Enum, auto

MAX_PACKET_CHARS = 4096
SEPARATOR = "\x1e"
"""Between the packets of one polling request (Engine.IO 4)."""
MAX_PACKETS = 16
"""Packets in one polling request; python-engineio refuses more."""

OF_SERVER = frozenset({"connect", "disconnect"})
"""Events that only the server may name: python-socketio would call their handlers for a client that sends them."""

_EVENT = re.compile(r"42\d{0,9}\[")


class Packet(Enum):
    """The kinds of packets that are taken."""

    PONG = auto()
    PROBE = auto()
    UPGRADE = auto()
    CLOSE = auto()
    JOIN = auto()
    LEAVE = auto()
    EVENT = auto()


_PLAIN = {
    "3": Packet.PONG,
    "2probe": Packet.PROBE,
    "5": Packet.UPGRADE,
    "1": Packet.CLOSE,
    "40": Packet.JOIN,
    "41": Packet.LEAVE,
}


def packet_of(text: str) -> Packet:
    """Return the kind of packet `text` is; raises ValueError when it is none that a client may send."""
    if kind := _PLAIN.get(text):
        return kind
    if len(text) > MAX_PACKET_CHARS:
        raise ValueError("packet too long")
    if text.startswith(("40{", "40[")):
        _check_json(text[2:])
        return Packet.JOIN
    if _EVENT.match(text):
        _check_event(text[text.index("[") :])
        return Packet.EVENT
    raise ValueError("no packet of a client")


def _check_event(text: str) -> None:
    content = _check_json(text)
    if not isinstance(content, list) or not content or not isinstance(content[0], str):
        raise ValueError("an event has a name")
    if content[0] in OF_SERVER:
        raise ValueError("an event of the server")


def _check_json(text: str) -> object:
    try:
        content: object = json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return content
