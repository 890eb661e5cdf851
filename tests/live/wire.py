"""Raw connections to the server: what a hostile client can do that no library would."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from contextlib import closing, suppress

from bench.rig.frames import masked_frame

PATIENCE_S = 60.0


def dial(port: int, host: str = "127.0.0.1") -> socket.socket:
    """Open a plain connection."""
    return socket.create_connection((host, port), timeout=PATIENCE_S)


def request(port: int, head: Iterable[str], body: bytes = b"") -> bytes:
    """Send one request of these lines and return all that comes back until the server hangs up."""
    with closing(dial(port)) as connection:
        connection.sendall(
            "\r\n".join([*head, "Host: 127.0.0.1", "Connection: close", "", ""]).encode() + body
        )
        return read_all(connection)


def web_socket(port: int, *, version: str = "13") -> socket.socket:
    """Open a WebSocket to the server, the handshake and its first packet read."""
    connection = dial(port)
    lines = [
        "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
        "Host: 127.0.0.1",
        f"Origin: http://127.0.0.1:{port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        f"Sec-WebSocket-Version: {version}",
    ]
    connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
    received = b""
    while b'"sid"' not in received:
        chunk = connection.recv(4096)
        assert chunk, received
        received += chunk
    return connection


def flood(connection: socket.socket, data: bytes, most: int) -> int:
    """Send `data` up to `most` times as fast as it goes; return how often it went before the server hung up."""
    connection.settimeout(PATIENCE_S)
    sent = 0
    with suppress(OSError):
        while sent < most:
            connection.sendall(data)
            sent += 1
    return sent


def read_all(connection: socket.socket) -> bytes:
    """Read until the server hangs up; raises TimeoutError when it does not."""
    received = b""
    connection.settimeout(PATIENCE_S)
    with suppress(ConnectionError):
        while chunk := connection.recv(65536):
            received += chunk
    return received


def text(packet: str) -> bytes:
    """A packet as a frame."""
    return masked_frame(packet.encode())
