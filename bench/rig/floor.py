"""The floor: what Python and the kernel need at least to tell N sockets something.

No Socket.IO, no database, no network library: it answers every connection with the same bytes and, told to, writes
one ready-made frame to each open socket in a loop. It prints its port, then reads lines: each is a payload, of which a
frame is written to all. It ends with its input.
"""

from __future__ import annotations

import os
import select
import socket
import sys

from bench.rig.frames import frame
from tests.live.herd import allow_many_sockets

MOST = 4000
CHUNK = 65_536
SOCKETS = 19_000
UPGRADED = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n" + frame(
    b"0{}"
)
JOINED = frame(b"40{}")


class Floor:
    """One listener and the sockets it let in; each hears the greetings in turn, whatever it says."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=MOST)
        self._listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._epoll = select.epoll()
        self._epoll.register(self._listener, select.EPOLLIN)
        self._epoll.register(sys.stdin, select.EPOLLIN)
        self._greetings: dict[int, list[bytes]] = {}
        self._sockets: dict[int, socket.socket] = {}
        self._said = b""

    @property
    def port(self) -> int:
        """Where it listens."""
        port: int = self._listener.getsockname()[1]
        return port

    def run(self) -> None:
        """Serve until the input ends."""
        while True:
            for number, _ in self._epoll.poll():
                if number == self._listener.fileno():
                    self._let_in()
                elif number != sys.stdin.fileno():
                    self._greet(number)
                elif data := os.read(number, CHUNK):
                    self._hear(data)
                else:
                    return

    def _hear(self, data: bytes) -> None:
        """Take in what was said, and tell everybody each line that is complete."""
        *lines, self._said = (self._said + data).split(b"\n")
        for line in lines:
            self._tell_all(frame(line))

    def _let_in(self) -> None:
        sock, _ = self._listener.accept()
        self._sockets[sock.fileno()] = sock
        self._greetings[sock.fileno()] = [JOINED, UPGRADED]
        self._epoll.register(sock, select.EPOLLIN)

    def _greet(self, number: int) -> None:
        sock = self._sockets[number]
        if not sock.recv(4096):
            self._epoll.unregister(number)
            del self._sockets[number]
            sock.close()
        elif self._greetings[number]:
            sock.send(self._greetings[number].pop())

    def _tell_all(self, ready_made: bytes) -> None:
        for sock in self._sockets.values():
            sock.send(ready_made)


if __name__ == "__main__":
    allow_many_sockets(SOCKETS)
    floor = Floor()
    print(floor.port, flush=True)
    floor.run()
