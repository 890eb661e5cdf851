"""Attacks by many slow clients: heads and bodies one byte a second, answers that nobody reads."""

from __future__ import annotations

import socket
import time

from bench.rig.attack import Attack, Gains, Scene
from bench.rig.wire import close_all, connect, request

SLOW, SLOW_S = 300, 6.0


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


def _held(scene: Scene) -> list[socket.socket]:
    socks = []
    for _ in range(SLOW):
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
    Attack(name="slow-headers-300", run=slow_headers, seconds=SLOW_S),
    Attack(name="slow-bodies-300", run=slow_bodies, seconds=SLOW_S),
    Attack(name="slow-readers-300", run=slow_readers, seconds=SLOW_S),
)
