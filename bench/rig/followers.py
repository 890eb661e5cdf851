"""The load: a process of its own that holds many followers and says when they heard something.

It reads one JSON command a line and answers each with one line. Instants are `time.monotonic()`, which all
processes of one machine share.

- `{"do": "join", "group", "port", "count", "auth"}` → `{"took_s"}`: that many more sockets, all at once
- `{"do": "listen", "group", "topic"}` → `{}` when it is ready, then `{"first", "p50", "p99", "last", "bytes"}` when
  every follower of the group has heard one `entries` event: when the first, half, 99 of 100 and the last of them had.
  `topic` is that of the fact; without one any event will do

It ends with its input.
"""

from __future__ import annotations

import base64
import gc
import json
import os
import select
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bench.rig.frames import masked_frame, take_frames
from tests.live.herd import allow_many_sockets

WITHIN_S = 20.0
CHUNK = 65_536
ENTRIES = b'42["entries"'
MOST = 4000
"""Events taken from the kernel at once."""
SOCKETS = 12_000
"""Followers of all groups together, at most."""


@dataclass(kw_only=True)
class Follower:
    """One client: as much Socket.IO as it takes to join a stream and listen."""

    sock: socket.socket
    hello: bytes
    request: bytes
    topic: bytes = b""
    open: bool = False
    joined: bool = False
    heard_at: float | None = None
    heard_bytes: int = 0
    buffer: bytearray = field(default_factory=bytearray)

    def receive(self) -> None:
        """Take in what has come; raises RuntimeError when the server refuses or hangs up."""
        data = self.sock.recv(CHUNK)
        if not data:
            raise RuntimeError("the server hung up")
        self.buffer += data
        if self.open or self._upgraded():
            for payload in take_frames(self.buffer):
                self._hear(payload)

    def _upgraded(self) -> bool:
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return False
        if b" 101 " not in self.buffer[: self.buffer.find(b"\r\n")]:
            raise RuntimeError(self.buffer.decode(errors="replace"))
        del self.buffer[: end + 4]
        self.open = True
        return True

    def _hear(self, payload: bytes) -> None:
        if payload.startswith(ENTRIES) and self.topic in payload:
            self.heard_at = time.monotonic()
            self.heard_bytes = len(payload)
        elif payload.startswith(b"40"):
            self.joined = True
        elif payload.startswith(b"44"):
            raise RuntimeError(payload.decode())
        elif payload.startswith(b"0"):
            self.sock.send(masked_frame(self.hello))
        elif payload == b"2":
            self.sock.send(masked_frame(b"3"))


class Group:
    """The followers of one server."""

    def __init__(self) -> None:
        self._epoll = select.epoll()
        self._followers: dict[int, Follower] = {}

    def join(self, port: int, count: int, auth: dict[str, Any]) -> float:
        """Connect `count` more at once and return the seconds until the last has joined."""
        began = time.monotonic()
        hello = b"40" + json.dumps(auth).encode()
        new = [self._connect(port, hello) for _ in range(count)]
        self._take_in_until(new, lambda one: one.joined)
        return time.monotonic() - began

    def ready(self, topic: bytes) -> None:
        """Take in what has come so far, such as heartbeats, and forget what was heard; from now on hear `topic`."""
        while self._turn(0):
            pass
        for one in self._followers.values():
            one.heard_at, one.topic = None, topic

    def listen(self) -> dict[str, float]:
        """Wait until everybody has heard an event; return when the first and the last did, and its size."""
        everybody = list(self._followers.values())
        self._take_in_until(everybody, lambda one: one.heard_at is not None)
        instants = sorted(one.heard_at for one in everybody if one.heard_at is not None)
        most = len(instants) - 1
        return {
            "first": instants[0],
            "p50": instants[round(most * 0.5)],
            "p99": instants[round(most * 0.99)],
            "last": instants[-1],
            "bytes": everybody[0].heard_bytes,
        }

    def _connect(self, port: int, hello: bytes) -> Follower:
        sock = socket.socket()
        sock.settimeout(0)
        sock.connect_ex(("127.0.0.1", port))
        one = Follower(sock=sock, hello=hello, request=_request(port))
        self._followers[sock.fileno()] = one
        self._epoll.register(sock, select.EPOLLOUT)
        return one

    def _take_in_until(self, followers: list[Follower], done: Callable[[Follower], bool]) -> None:
        until = time.monotonic() + WITHIN_S
        waiting = followers
        while waiting := [one for one in waiting if not done(one)]:
            if time.monotonic() > until:
                raise TimeoutError(f"{len(waiting)} of {len(followers)} followers wait in vain")
            self._turn(0.1)

    def _turn(self, timeout_s: float) -> int:
        """Attend to every socket that something happened to; return how many there were."""
        events = self._epoll.poll(timeout_s, MOST)
        for number, what in events:
            one = self._followers[number]
            if what & select.EPOLLOUT:
                one.sock.send(one.request)
                self._epoll.modify(number, select.EPOLLIN)
            else:
                one.receive()
        return len(events)


def main() -> None:
    """Do what is asked, line by line."""
    gc.disable()
    groups: dict[str, Group] = {}
    allow_many_sockets(SOCKETS)
    for line in sys.stdin:
        command = json.loads(line)
        group = groups.setdefault(command["group"], Group())
        if command["do"] == "join":
            _answer({"took_s": group.join(command["port"], command["count"], command["auth"])})
        else:
            group.ready(command.get("topic", "").encode())
            _answer({})
            _answer(group.listen())


def _answer(answer: dict[str, float]) -> None:
    print(json.dumps(answer), flush=True)


def _request(port: int) -> bytes:
    key = base64.b64encode(os.urandom(16)).decode()
    return (
        f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        f"Origin: http://127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
    ).encode()


if __name__ == "__main__":
    main()
