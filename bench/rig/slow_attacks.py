"""Attacks by many slow clients: no request, half of one, one byte a second, answers that nobody reads."""

from __future__ import annotations

import socket
import time
from functools import partial

from bench.rig.attack import Attack, Gains, Scene
from bench.rig.wire import close_all, connect, request

SLOW, SLOW_S = 300, 6.0
HALF_OPEN = 1000


def slow_headers(scene: Scene) -> Gains:
    """Send a request's head one byte a second, on many connections."""
    return _drip(scene, b"", request(scene.port, f"/c/{scene.conf}/"))


def slow_bodies(scene: Scene) -> Gains:
    """Send a command's body one byte a second, on many connections."""
    whole = scene.command("extend", b"{" + b" " * 1000 + b"}")
    return _drip(scene, whole[:-1000], whole[-1000:])


def slow_readers(scene: Scene) -> Gains:
    """Ask for pages on many connections and read nothing."""
    socks = _held(scene)
    asked = request(scene.port, f"/c/{scene.conf}/") * 20
    sent = sum(_sends(sock, asked) for sock in socks)
    time.sleep(max(0, scene.until - time.monotonic()))
    close_all(socks)
    return {"connections": len(socks), "asked": sent}


def half_open(sent: bytes, scene: Scene) -> Gains:
    """Send nothing, or the beginning of a request, on many connections, and stay."""
    socks = _held(scene, HALF_OPEN)
    waiting = sum(_sends(sock, sent) for sock in socks)
    time.sleep(max(0, scene.until - time.monotonic()))
    close_all(socks)
    return {"connections": len(socks), "sent": waiting}


def half_handshakes(scene: Scene) -> Gains:
    """Begin to open a WebSocket on many connections, and stay before the last line."""
    whole = request(scene.port, "/socket.io/?EIO=4&transport=websocket", {"Upgrade": "websocket"})
    return half_open(whole[:-2], scene)


def _drip(scene: Scene, at_once: bytes, slowly: bytes) -> Gains:
    socks = _held(scene)
    for sock in socks:
        _sends(sock, at_once)
    second = iter(slowly)
    dropped: set[socket.socket] = set()
    while not scene.over:
        byte = bytes([next(second)])
        dropped |= {sock for sock in socks if not _sends(sock, byte)}
        time.sleep(min(1, max(0, scene.until - time.monotonic())))
    close_all(socks)
    return {"connections": len(socks), "dropped": len(dropped)}


def _held(scene: Scene, count: int = SLOW) -> list[socket.socket]:
    socks = []
    for _ in range(count):
        sock = connect(scene.port)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        socks.append(sock)
    return socks


def _sends(sock: socket.socket, data: bytes) -> bool:
    try:
        sock.sendall(data)
    except OSError:
        return False
    return True


SLOW_ATTACKS = (
    Attack(name="half-open-nothing-1000", run=partial(half_open, b""), seconds=SLOW_S),
    Attack(name="half-open-handshake-1000", run=half_handshakes, seconds=SLOW_S),
    Attack(name="slow-headers-300", run=slow_headers, seconds=SLOW_S),
    Attack(name="slow-bodies-300", run=slow_bodies, seconds=SLOW_S),
    Attack(name="slow-readers-300", run=slow_readers, seconds=SLOW_S),
)
