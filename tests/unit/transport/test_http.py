"""Connections that are no sockets: bounded for each address, and ended when no request comes."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from typing import Any

import eventlet
import pytest

from conference_hub.live import network, web_server
from conference_hub.live.transport import http
from conference_hub.live.transport.fast import OF_THE_REQUEST

PATIENCE_S = 20


@pytest.fixture
def waiting() -> Iterator[Callable[..., FakeListener]]:
    """Return `waiting(*addresses)`: a listener with connections from there."""
    with ExitStack() as ends:
        yield lambda *addresses: ends.enter_context(closing(FakeListener(*addresses)))


class FakeListener:
    """Has connections from these addresses waiting; `far` are their other ends."""

    def __init__(self, *addresses: str) -> None:
        self.fd = self
        self.far: list[socket.socket] = []
        self._near: list[socket.socket] = []
        self._addresses = list(addresses)

    def accept(self) -> tuple[socket.socket, Any]:
        if not self._addresses:
            raise BlockingIOError
        near, far = socket.socketpair()
        self._near.append(near)
        self.far.append(far)
        return near, (self._addresses.pop(0), 1)

    def close(self) -> None:
        for one in (*self._near, *self.far):
            one.close()


@dataclass
class Taking:
    """Takes every second connection."""

    seen: list[socket.socket] = field(default_factory=list)

    def takes(self, connection: socket.socket, _address: Any) -> bool:
        self.seen.append(connection)
        return len(self.seen) % 2 == 1


Waiting = Callable[..., FakeListener]
FEW, OTHER = "192.0.2.1", "192.0.2.2"


def test_an_address_with_its_share_of_connections_is_turned_away_and_others_are_not(waiting: Waiting) -> None:
    fake = waiting(FEW, FEW, FEW, OTHER)
    listener = http.FairListener(fake, 2)

    addresses = [listener.accept()[1][0] for _ in range(3)]

    assert addresses == [FEW, FEW, OTHER]
    answer = fake.far[2].makefile("rb").read()  # to the end: the server hung up
    assert answer.startswith(b"HTTP/1.1 429 ")
    assert b"Retry-After: 10\r\n" in answer


def test_a_connection_that_ended_makes_room(waiting: Waiting) -> None:
    listener = http.FairListener(waiting(FEW, FEW), 1)
    listener.accept()
    listener.ended(FEW)

    assert listener.accept()[1][0] == FEW


@pytest.mark.parametrize(("address", "most"), [("127.0.0.1", 1), ("::1", 1), (FEW, None)])
def test_this_machine_and_a_proxy_have_no_bound(waiting: Waiting, address: str, most: int | None) -> None:
    listener = http.FairListener(waiting(address, address), most)

    assert [listener.accept()[1][0] for _ in range(2)] == [address, address]


def test_what_is_answered_at_once_is_left_out_and_takes_no_room(waiting: Waiting) -> None:
    taking = Taking()
    listener = http.FairListener(waiting(FEW, OTHER, FEW, OTHER), 2, taking)

    assert [listener.accept()[1][0] for _ in range(2)] == [OTHER, OTHER]
    assert [one.gettimeout() for one in taking.seen] == [0.0] * 4


@pytest.fixture
def environs() -> list[dict[str, Any]]:
    """What the application was asked."""
    return []


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch, environs: list[dict[str, Any]]) -> Iterator[int]:
    """A server that answers every request with its path, and waits a moment only for the first one."""
    monkeypatch.setattr(http, "FIRST_WITHIN_S", 0.2)

    def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        environs.append(environ)
        body = environ["PATH_INFO"].encode()
        start_response("200 OK", [("Content-Length", str(len(body)))])
        return [body]

    listener = network.listen("127.0.0.1", 0)
    server = web_server.serve(app, listener)
    yield listener.getsockname()[1]
    server.stop_accepting()


def test_a_connection_without_a_request_is_ended_and_one_that_asked_may_rest(port: int) -> None:
    with (
        eventlet.Timeout(PATIENCE_S),
        closing(eventlet.connect(("127.0.0.1", port))) as silent,
        closing(eventlet.connect(("127.0.0.1", port))) as talking,
    ):
        talking.sendall(b"GET /one HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b"/one" in talking.recv(1000)

        assert silent.recv(1) == b"", "the server hangs up"
        eventlet.sleep(0.3)
        talking.sendall(b"GET /two HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b"/two" in talking.recv(1000)


def test_what_is_kept_of_a_request_holds_nothing_of_its_connection(
    port: int, environs: list[dict[str, Any]]
) -> None:
    with eventlet.Timeout(PATIENCE_S), closing(eventlet.connect(("127.0.0.1", port))) as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        client.recv(1000)

    (environ,) = environs
    kept = {name: value for name, value in environ.items() if name not in OF_THE_REQUEST}
    assert {name for name, value in kept.items() if not isinstance(value, str | bool | tuple)} == set()
