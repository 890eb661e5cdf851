"""Heads of requests that come in pieces, halves, with others or without an end, on each of the two transports."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.live.bare_server import BareServer, on_each_transport
from tests.live.raw_client import PROBE, PROBE_ANSWER, PollingClient, RawClient, opening_request
from tests.live.wire import dial, read_all, text
from tests.services.machine import wait_until

HEAD_WITHIN_S = 3
"""More than a machine is busy at a stretch, and no long wait."""
MANY = 40
JOIN, SAY = '40{"name":"eager"}', '421["say","at once"]'
SAID = '431[["at once"]]'
LONG = "x" * 10_000


server = on_each_transport("--head-within", str(HEAD_WITHIN_S))
"""A server that waits a little while only for the head of a request."""


def descriptors(server: BareServer) -> int:
    """Count the files the server holds open."""
    return len(list(Path(f"/proc/{server.pid}/fd").iterdir()))


def halves(port: int) -> tuple[bytes, bytes]:
    """Return the request that opens a WebSocket, cut inside a header."""
    head = opening_request(port)
    return head[:-40], head[-40:]


@pytest.mark.parametrize("piece", [1, 7])
def test_a_head_in_pieces_opens_a_websocket(server: BareServer, piece: int) -> None:
    with closing(RawClient(server.port, piece=piece)) as client:
        client.join({"name": "in pieces"})
        client.send(SAY)
        client.read_until("acknowledged", lambda: SAID in client.packets)


def test_a_head_in_pieces_moves_a_client_that_polls(server: BareServer) -> None:
    with (
        closing(PollingClient(server.port)) as polling,
        closing(RawClient(server.port, sid=polling.sid, piece=1)) as moved,
    ):
        moved.send(PROBE)
        moved.read_until("probed", lambda: moved.packets == [PROBE_ANSWER])


def test_frames_that_come_with_the_second_half_of_a_head_are_not_lost(server: BareServer) -> None:
    first, second = halves(server.port)
    with closing(dial(server.port)) as connection:
        connection.sendall(first)
        assert server.do()["here"] == [], "half a head is nothing"
        connection.sendall(second + text(JOIN) + text(SAY))

        assert _read_until(connection, SAID).startswith(b"HTTP/1.1 101 ")


def test_a_handshake_and_its_frames_may_come_with_the_request_before_it(server: BareServer) -> None:
    steps = json.dumps([]).encode()
    asked = b"POST /do HTTP/1.1\r\nHost: bare\r\nContent-Length: %d\r\n\r\n%s" % (len(steps), steps)
    with closing(dial(server.port)) as connection:
        connection.sendall(2 * asked + opening_request(server.port) + text(JOIN) + text(SAY))

        answers = _read_until(connection, SAID)

    assert answers.count(b"HTTP/1.1 200 OK\r\n") == 2
    assert answers.rindex(b"HTTP/1.1 200 ") < answers.index(b"HTTP/1.1 101 ")


def test_a_second_request_behind_a_handshake_is_no_frame(server: BareServer) -> None:
    with closing(dial(server.port)) as connection:
        connection.sendall(2 * opening_request(server.port))
        answer = read_all(connection)

    assert answer.count(b"HTTP/1.1 101 ") == 1
    assert b"\x88" in answer, "a closing frame"
    assert b"\x03\xea" in answer.split(b"\x88")[-1], "protocol error (RFC 6455, 7.4.1)"


def _close(connection: socket.socket) -> None:
    connection.close()


def _half_close(connection: socket.socket) -> None:
    """Say no more; what is left of the connection closes with the answer."""
    connection.shutdown(socket.SHUT_WR)
    assert read_all(connection) == b""
    connection.close()


def _reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


@pytest.mark.parametrize("hang_up", [_close, _half_close, _reset])
def test_half_a_head_and_a_hang_up_leave_nothing_behind(
    server: BareServer, hang_up: Callable[[socket.socket], None]
) -> None:
    before = descriptors(server)
    for _ in range(MANY):
        connection = dial(server.port)
        connection.sendall(halves(server.port)[0])
        hang_up(connection)

    server.until("all closed", lambda _known: descriptors(server) <= before)


@pytest.mark.slow
def test_who_falls_silent_in_a_head_is_ended_and_others_are_served_meanwhile(server: BareServer) -> None:
    first, _ = halves(server.port)
    with ExitStack() as stack:
        follower = stack.enter_context(closing(RawClient(server.port)))
        follower.join({"name": "follower"})
        silent = [stack.enter_context(closing(dial(server.port))) for _ in range(3 * MANY)]
        for number, connection in enumerate(silent):
            connection.sendall((b"", b"GET / HT", first)[number % 3])

        server.do(("fact", 1, 0))
        follower.read_until("heard", lambda: follower.events() == [["fact", {"n": 1, "pad": ""}]])
        assert {read_all(connection) for connection in silent} == {b""}

        server.do(("fact", 2, 0))
        follower.read_until("still there", lambda: len(follower.events()) == 2)


@pytest.mark.slow
def test_a_head_that_never_ends_is_ended_though_more_comes_all_the_time(server: BareServer) -> None:
    with closing(dial(server.port)) as connection:
        connection.sendall(halves(server.port)[0])
        connection.settimeout(HEAD_WITHIN_S / 10)

        wait_until(lambda: _hung_up_on(connection), "hung up on")


def _hung_up_on(connection: socket.socket) -> bool:
    """Send a little more of a head unless the server has hung up."""
    try:
        assert connection.recv(1) == b"", "no answer"
    except TimeoutError:
        connection.sendall(b"x")
        return False
    except ConnectionError:
        return True
    return True


TOO_LONG = {
    "address": (f"GET /?{LONG} HTTP/1.1\r\nHost: bare\r\n\r\n", b"414"),
    "line": (f"GET / HTTP/1.1\r\nHost: bare\r\nX-Long: {LONG}\r\n\r\n", b"400"),
    "all lines": ("GET / HTTP/1.1\r\nHost: bare\r\n" + f"X-Long: {LONG[:8000]}\r\n" * 9 + "\r\n", b"400"),
    "many lines": ("GET / HTTP/1.1\r\nHost: bare\r\n" + "X: y\r\n" * 500 + "\r\n", b"431"),
}


@pytest.mark.parametrize("kind", TOO_LONG)
def test_a_head_that_is_too_long_is_refused(server: BareServer, kind: str) -> None:
    head, status = TOO_LONG[kind]
    with closing(dial(server.port)) as connection:
        connection.sendall(head.encode())
        answer = read_all(connection)

    assert answer.split()[1:2] == [status]


def test_a_handshake_that_is_too_long_opens_nothing(server: BareServer) -> None:
    head, rest = halves(server.port)
    with closing(dial(server.port)) as connection:
        connection.sendall(head + LONG.encode() + rest + text(JOIN))
        answer = read_all(connection)

    assert answer.split()[1:2] == [b"400"]
    assert server.do()["here"] == []


def _read_until(connection: socket.socket, last: str) -> bytes:
    """Read until `last` came, and return all."""
    received = b""
    while last.encode() not in received:
        chunk = connection.recv(4096)
        assert chunk, received
        received += chunk
    return received
