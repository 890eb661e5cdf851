"""Attacks on WebSockets: frames as fast as they go, endless messages, malformed frames and packets, joins."""

from __future__ import annotations

import json
import socket
import struct
import time
from collections import Counter
from functools import partial
from typing import Any

from bench.rig.attack import Attack, Gains, Scene
from bench.rig.flood import Flood
from bench.rig.frames import BINARY, CONTINUATION, FINAL, PING, TEXT, masked_frame
from bench.rig.target import Conditions
from bench.rig.wire import close_all, connect, ending, read_for, request, texts

SMALL_UNITS = 4096
"""Small frames in one write."""
FRAGMENT = 16_000
"""Small enough for a bound of single frames: what is attacked is that of the whole message."""
BINARY_SIZE = 16_384
UNENDED_TEXT = TEXT & ~FINAL
RESERVED = 0x70
MALFORMED_FRAMES = {
    "reserved bits": masked_frame(b"3", TEXT | RESERVED),
    "unmasked": bytes([TEXT, 1]) + b"3",
    "bad opcode": masked_frame(b"3", FINAL | 0x3),
    "oversize": struct.pack("!BBQ", TEXT, 0x80 | 127, 1 << 40) + b"\0\0\0\0" + b"3",
}
MALFORMED_PACKETS = {
    "9": masked_frame(b"9"),
    "x": masked_frame(b"x"),
    "4zzz": masked_frame(b"4zzz"),
    "empty": masked_frame(b""),
}
ATTACHMENT = masked_frame(b'451-["x",{"_placeholder":true,"num":0}]') + masked_frame(
    b"\1" * BINARY_SIZE, FINAL | BINARY
)
MOST_CONNECTIONS = 600
HELD = 300
STAFF_SOCKETS = 300
RECHECK_S = 11.5
"""The server looks at the sessions of its sockets every ten seconds."""
HIXIE_75 = {"Upgrade": "WebSocket", "Connection": "Upgrade"}
HIXIE_76 = HIXIE_75 | {
    "Sec-WebSocket-Key1": "4 @1  46546xW%0l 1 5",
    "Sec-WebSocket-Key2": "12998 5 Y3 1  .P00",
}


def flood(
    unit: bytes, scene: Scene, *, beginning: bytes = b"", units: int = SMALL_UNITS, connections: int = 1
) -> Gains:
    """Send `unit` again and again on WebSockets, after `beginning`."""
    return Flood(scene.websocket, unit, beginning=beginning, units=units).run(connections, scene.until)


def hixie(headers: dict[str, str], key: bytes, scene: Scene) -> Gains:
    """Flood with the framing of before RFC 6455, if the server still speaks it."""

    def opened() -> socket.socket:
        sock = connect(scene.port, 2)
        asked = headers | {"Origin": scene.target.origin}
        sock.sendall(request(scene.port, "/socket.io/?EIO=4&transport=websocket", asked) + key)
        answer = sock.recv(4096)
        if b" 101 " not in answer:
            sock.close()
            raise ConnectionError(answer)
        return sock

    return Flood(opened, b"\x003\xff", units=SMALL_UNITS).run(1, scene.until)


def malformed(kinds: dict[str, bytes], scene: Scene) -> Gains:
    """Send one malformed thing on each of many connections, in turn; return how each kind's connections ended."""
    ended: dict[str, Counter[str]] = {name: Counter() for name in kinds}
    opened = []
    for number in range(MOST_CONNECTIONS):
        if scene.over:
            break
        name = list(kinds)[number % len(kinds)]
        try:
            sock = scene.websocket()
            sock.sendall(kinds[name])
        except OSError as error:
            ended[name][type(error).__name__] += 1
            continue
        opened.append((name, sock))
    heard = read_for([sock for _, sock in opened], time.monotonic() + 1, answers=MOST_CONNECTIONS)
    for name, sock in opened:
        ended[name][_state(heard[sock], sock)] += 1
    close_all(heard)
    return {"connections": len(opened), "ended": {name: dict(counts) for name, counts in ended.items()}}


def joins_on_one_socket(scene: Scene) -> Gains:
    """Join with `after: 0` and leave, again and again on each socket."""
    return flood(masked_frame(_join(scene, "public")) + masked_frame(b"41"), scene, units=16)


def joins_on_new_sockets(scene: Scene) -> Gains:
    """Join with `after: 0` on a new socket each time, and stay."""
    socks: list[socket.socket] = []
    refused = Counter[str]()
    while not scene.over and len(socks) + refused.total() < HELD:
        try:
            sock = scene.websocket()
            sock.sendall(masked_frame(_join(scene, "public")))
            socks.append(sock)
        except OSError as error:
            refused[type(error).__name__] += 1
    heard = read_for(socks, time.monotonic() + 1, answers=HELD)
    close_all(socks)
    joined = sum(any(text.startswith(b"40") for text in texts(data)) for data in heard.values())
    received = sum(len(data) for data in heard.values())
    return {"connections": len(socks), "joined": joined, "refused": dict(refused), "bytes_got": received}


def recheck(scene: Scene) -> Gains:
    """Hold many sockets of staff over one look at their sessions; nothing is sent meanwhile."""
    socks = []
    for _ in range(STAFF_SOCKETS):
        sock = scene.staff_websocket()
        sock.sendall(masked_frame(_join(scene, "staff", after=None)))
        socks.append(sock)
    time.sleep(1)
    scene.restart_clock()
    heard = read_for(socks, scene.until, answers=STAFF_SOCKETS)
    close_all(socks)
    joined = sum(any(text.startswith(b"40") for text in texts(data)) for data in heard.values())
    return {"connections": len(socks), "joined": joined}


def _join(scene: Scene, stream: str, after: int | None = 0) -> bytes:
    return b"40" + json.dumps({"conf": scene.conf, "stream": stream, "after": after}).encode()


def _state(heard: bytes, sock: socket.socket) -> str:
    """Return how a connection ended; `open` when it did not."""
    sock.settimeout(0)
    try:
        return ending(heard) if not sock.recv(1) else "open"
    except BlockingIOError:
        return "open"
    except OSError:
        return ending(heard)


def _flood(name: str, unit: bytes, *, through_nginx: bool = False, **options: Any) -> Attack:
    return Attack(name=name, run=partial(flood, unit, **options), through_nginx=through_nginx)


EVENT = masked_frame(b'42["x"]')
PONG = masked_frame(b"3")
UNUSABLE = masked_frame(b"9") + masked_frame(b"4zzz")
"""Packets that do not end the connection, but may each be worth a line of log."""
SOCKET_ATTACKS = (
    _flood("ws-pong", PONG),
    _flood("ws-event", EVENT),
    _flood("ws-empty-text", masked_frame(b"")),
    _flood("ws-pings", masked_frame(b"", FINAL | PING)),
    _flood("ws-empty-fragments", masked_frame(b"", CONTINUATION), beginning=masked_frame(b"3", UNENDED_TEXT)),
    _flood(
        "ws-endless-message",
        masked_frame(b"." * FRAGMENT, CONTINUATION),
        beginning=masked_frame(b"3", UNENDED_TEXT),
        units=1,
    ),
    _flood("ws-binary", masked_frame(b"\1" * BINARY_SIZE, FINAL | BINARY), units=4),
    _flood("ws-attachments", ATTACHMENT, units=4),
    _flood("ws-unusable-packets", UNUSABLE),
    _flood("ws-pong-by-8", PONG, connections=8),
    _flood("ws-event-by-8", EVENT, connections=8),
    _flood("ws-pong-nginx", PONG, through_nginx=True),
    _flood("ws-binary-nginx", masked_frame(b"\1" * BINARY_SIZE, FINAL | BINARY), units=4, through_nginx=True),
    Attack(name="ws-malformed-frames", run=partial(malformed, MALFORMED_FRAMES)),
    Attack(name="ws-malformed-packets", run=partial(malformed, MALFORMED_PACKETS)),
    Attack(name="ws-hixie-75", run=partial(hixie, HIXIE_75, b"")),
    Attack(name="ws-hixie-76", run=partial(hixie, HIXIE_76, b"^n:ds[4U")),
    Attack(name="joins-one-socket", run=joins_on_one_socket),
    Attack(name="joins-new-sockets", run=joins_on_new_sockets),
    Attack(
        name="stderr-unread-packets",
        run=partial(flood, UNUSABLE, units=1),
        conditions=Conditions(stderr_unread=True),
    ),
    Attack(
        name="stderr-unread-frames",
        run=partial(malformed, MALFORMED_FRAMES),
        conditions=Conditions(stderr_unread=True),
    ),
    Attack(name="recheck-300", run=recheck, seconds=RECHECK_S),
)
