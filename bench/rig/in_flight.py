"""Many requests, a fixed number of them under way at any moment, each on a kept connection."""

from __future__ import annotations

import re
import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bench.rig.wire import END_OF_HEAD, close_all, connect

CHUNK = 65_536
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
STALLED_S = 30.0


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The answer to one request: its bytes after the head, and the seconds it took."""

    status: int
    body: bytes
    took_s: float


@dataclass
class Line:
    """A connection: which request is under way on it, since when, and what has come."""

    number: int
    began: float
    data: bytearray = field(default_factory=bytearray)


def send_all(port: int, requests: Sequence[bytes], in_flight: int) -> list[Outcome]:
    """Send every request in order, `in_flight` at a time; return their outcomes in the order of `requests`.

    Raises TimeoutError when nothing comes for half a minute, and ConnectionError when the server hangs up.
    """
    outcomes: dict[int, Outcome] = {}
    waiting = iter(enumerate(requests))
    socks = [connect(port) for _ in range(min(in_flight, len(requests)))]
    try:
        with selectors.DefaultSelector() as ready:
            for sock in socks:
                _send_next(ready, sock, waiting)
            while len(outcomes) < len(requests):
                events = ready.select(STALLED_S)
                if not events:
                    raise TimeoutError(f"{len(outcomes)} of {len(requests)} answers came")
                for key, _ in events:
                    _receive(ready, key, waiting, outcomes)
    finally:
        close_all(socks)
    return [outcomes[number] for number in range(len(requests))]


def whole_answer(data: bytes | bytearray) -> tuple[int, bytes] | None:
    """Return status and body of an answer with a `Content-Length`; None while it is not all there."""
    end = data.find(END_OF_HEAD)
    if end < 0:
        return None
    length = LENGTH.search(data, 0, end + 2)
    if length is None:
        raise ValueError(f"an answer without a length: {bytes(data[:end])!r}")
    start = end + len(END_OF_HEAD)
    body = bytes(data[start : start + int(length[1])])
    return (int(data[9:12]), body) if len(body) == int(length[1]) else None


def _send_next(
    ready: selectors.BaseSelector, sock: socket.socket, waiting: Iterator[tuple[int, bytes]]
) -> None:
    """Send the next request on `sock`, which is then waited for; without one it is waited for no more."""
    following = next(waiting, None)
    if sock in ready.get_map():
        ready.unregister(sock)
    if following is not None:
        number, content = following
        ready.register(sock, selectors.EVENT_READ, Line(number, time.perf_counter()))
        sock.sendall(content)


def _receive(
    ready: selectors.BaseSelector,
    key: selectors.SelectorKey,
    waiting: Iterator[tuple[int, bytes]],
    outcomes: dict[int, Outcome],
) -> None:
    sock, line = key.fileobj, key.data
    assert isinstance(sock, socket.socket)
    more = sock.recv(CHUNK)
    if not more:
        raise ConnectionError(bytes(line.data).decode(errors="replace"))
    line.data += more
    if (answer := whole_answer(line.data)) is not None:
        status, body = answer
        outcomes[line.number] = Outcome(status=status, body=body, took_s=time.perf_counter() - line.began)
        _send_next(ready, sock, waiting)
