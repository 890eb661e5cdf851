"""Sending the same bytes again and again on some connections, as fast as the other side takes them."""

from __future__ import annotations

import selectors
import socket
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from bench.rig.wire import close_all, ending

MOST_CONNECTIONS = 300
"""Opened again after the server closed one, until this many."""
LAST_BYTES = 256
"""Kept of what the server said: its closing frame is in there."""


class Flood:
    """`unit` is what is counted, `beginning` is sent once on each connection, `units` how many go into one write."""

    def __init__(
        self, open_one: Callable[[], socket.socket], unit: bytes, *, beginning: bytes = b"", units: int = 1
    ) -> None:
        self._open_one = open_one
        self._unit = unit
        self._beginning = beginning
        self._block = unit * units
        self._ready = selectors.DefaultSelector()
        self._at: dict[socket.socket, int] = {}
        self._last: dict[socket.socket, bytes] = {}
        self._opened = 0
        self._sent = 0
        self._endings: Counter[str] = Counter()
        self._refused = 0
        self._most_on_one: Counter[socket.socket] = Counter()

    def run(self, connections: int, until: float) -> dict[str, Any]:
        """Flood until the time is over, opening a new connection for each that ends; return what was taken."""
        while time.monotonic() < until and (self._last or self._may_open(until)):
            while len(self._last) < connections and self._may_open(until):
                self._open()
            for key, events in self._ready.select(max(0, until - time.monotonic())):
                sock = key.fileobj
                assert isinstance(sock, socket.socket)
                self._take_turn(sock, events)
                if time.monotonic() >= until:
                    break
        left = list(self._last)
        most = max(self._most_on_one.values(), default=0)
        close_all(left)
        self._ready.close()
        return {
            "connections": self._opened,
            "refused": self._refused,
            "units_sent": self._sent // len(self._unit),
            "most_on_one": most // len(self._unit),
            "bytes_sent": self._sent,
            "open_at_end": len(left),
            "closed": dict(self._endings),
        }

    def _may_open(self, until: float) -> bool:
        return self._opened + self._refused < MOST_CONNECTIONS and time.monotonic() < until

    def _open(self) -> None:
        try:
            sock = self._open_one()
            sock.sendall(self._beginning)
        except OSError:
            self._refused += 1
            return
        sock.settimeout(0)
        self._opened += 1
        self._at[sock], self._last[sock] = 0, b""
        self._ready.register(sock, selectors.EVENT_READ | selectors.EVENT_WRITE)

    def _take_turn(self, sock: socket.socket, events: int) -> None:
        try:
            if events & selectors.EVENT_READ:
                if not (data := sock.recv(65_536)):
                    self._close(sock)
                    return
                self._last[sock] = (self._last[sock] + data)[-LAST_BYTES:]
            if events & selectors.EVENT_WRITE:
                self._send(sock)
        except BlockingIOError:
            return
        except OSError:
            self._close(sock)

    def _send(self, sock: socket.socket) -> None:
        at = self._at[sock]
        sent = sock.send(memoryview(self._block)[at:])
        self._at[sock] = (at + sent) % len(self._block)
        self._sent += sent
        self._most_on_one[sock] += sent

    def _close(self, sock: socket.socket) -> None:
        self._endings[ending(self._last.pop(sock))] += 1
        self._ready.unregister(sock)
        sock.close()
