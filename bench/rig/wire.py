"""What an attacker needs of HTTP and of Socket.IO, on bare sockets: nothing here knows the server's code."""

from __future__ import annotations

import base64
import os
import re
import selectors
import socket
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress

from bench.rig.frames import take_frames

WAIT_S = 5.0
END_OF_HEAD = b"\r\n\r\n"
STATUS = re.compile(rb"HTTP/1\.[01] (\d{3}) ")
CLOSE = 0x88
"""The first byte of a closing frame."""


def connect(port: int, wait_s: float = WAIT_S) -> socket.socket:
    """Open a connection to 127.0.0.1 that gives up waiting after `wait_s`."""
    sock = socket.create_connection(("127.0.0.1", port), timeout=wait_s)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


def request(
    port: int, path: str, headers: Mapping[str, str] | None = None, body: bytes | None = None
) -> bytes:
    """Return the bytes of a GET, or of a POST when there is a `body`."""
    lines = [f"{'GET' if body is None else 'POST'} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    lines += [] if body is None else [f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + (body or b"")


def websocket(
    port: int, origin: str, headers: Mapping[str, str] | None = None, wait_s: float = WAIT_S
) -> socket.socket:
    """Open a WebSocket of Engine.IO; raises ConnectionError when the server refuses it."""
    sock = connect(port, wait_s)
    asked = {
        "Origin": origin,
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
        "Sec-WebSocket-Version": "13",
    }
    try:
        sock.sendall(request(port, "/socket.io/?EIO=4&transport=websocket", asked | dict(headers or {})))
        head = read_until(sock, END_OF_HEAD)
    except OSError:
        sock.close()
        raise
    if statuses(head) != {"101": 1}:
        sock.close()
        raise ConnectionError(head.decode(errors="replace"))
    return sock


def read_until(sock: socket.socket, mark: bytes) -> bytes:
    """Read until `mark` was seen; raises ConnectionError when the server hangs up before."""
    data = b""
    while mark not in data:
        if not (more := sock.recv(65_536)):
            raise ConnectionError(data.decode(errors="replace"))
        data += more
    return data


def read_to_end(sock: socket.socket) -> bytes:
    """Read until the server hangs up."""
    return b"".join(iter(lambda: sock.recv(65_536), b""))


def read_for(socks: Iterable[socket.socket], until: float, answers: int = 1) -> dict[socket.socket, bytes]:
    """Read from each until it has sent that many answers' heads, has ended or the time is over."""
    heard = dict.fromkeys(socks, b"")
    with selectors.DefaultSelector() as ready:
        for sock in heard:
            ready.register(sock, selectors.EVENT_READ)
        while ready.get_map() and (left := until - time.monotonic()) > 0:
            for key, _ in ready.select(left):
                assert isinstance(key.fileobj, socket.socket)
                more = _received(key.fileobj)
                heard[key.fileobj] += more
                if not more or statuses(heard[key.fileobj]).total() >= answers:
                    ready.unregister(key.fileobj)
    return heard


def statuses(data: bytes) -> Counter[str]:
    """Count the statuses of the answers in `data`."""
    return Counter(found.decode() for found in STATUS.findall(data))


def ending(data: bytes) -> str:
    """Return how a WebSocket ended by what it sent last: the code of its closing frame, or `dropped` without one."""
    at = len(data) - 2
    while at >= 0:
        if data[at] == CLOSE and data[at + 1] == len(data) - at - 2:
            return str(int.from_bytes(data[at + 2 : at + 4])) if data[at + 1] else "no code"
        at -= 1
    return "dropped"


def texts(data: bytes) -> list[bytes]:
    """Return the payloads of the whole frames in `data`."""
    return take_frames(bytearray(data))


def close_all(socks: Iterable[socket.socket]) -> None:
    """Close every socket."""
    for sock in socks:
        with suppress(OSError):
            sock.close()


def _received(sock: socket.socket) -> bytes:
    try:
        return sock.recv(1 << 20)
    except OSError:
        return b""
