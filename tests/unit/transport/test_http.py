"""Connections that are no sockets: bounded for each address, and ended when no request comes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import eventlet
import pytest

from conference_hub.live import network, web_server
from conference_hub.live.transport import http
from conference_hub.live.transport.fast import OF_THE_REQUEST

PATIENCE_S = 20


class FakeDescriptor:
    """Keeps what it was sent."""

    def __init__(self) -> None:
        self.sent = b""

    def send(self, data: bytes) -> int:
        self.sent += data
        return len(data)


class FakeConnection:
    """A connection that was accepted."""

    def __init__(self) -> None:
        self.fd = FakeDescriptor()
        self.closed = False

    def close(self) -> None:
        self.closed = True


class FakeListener:
    """Has connections from these addresses waiting."""

    def __init__(self, *addresses: str) -> None:
        self.waiting = [(FakeConnection(), (address, 1)) for address in addresses]
        self.accepted: list[FakeConnection] = []

    def accept(self) -> tuple[FakeConnection, Any]:
        connection, address = self.waiting.pop(0)
        self.accepted.append(connection)
        return connection, address


FEW, OTHER = "192.0.2.1", "192.0.2.2"


def test_an_address_with_its_share_of_connections_is_turned_away_and_others_are_not() -> None:
    fake = FakeListener(FEW, FEW, FEW, OTHER)
    listener: Any = http.FairListener(fake, 2)  # type: ignore[arg-type] # a fake

    addresses = [listener.accept()[1][0] for _ in range(3)]

    assert addresses == [FEW, FEW, OTHER]
    turned_away = fake.accepted[2]
    assert turned_away.closed
    assert turned_away.fd.sent.startswith(b"HTTP/1.1 429 ")
    assert b"Retry-After: 10\r\n" in turned_away.fd.sent


def test_a_connection_that_ended_makes_room() -> None:
    listener: Any = http.FairListener(FakeListener(FEW, FEW), 1)  # type: ignore[arg-type] # a fake
    listener.accept()
    listener.ended(FEW)

    assert listener.accept()[1][0] == FEW


@pytest.mark.parametrize(("address", "most"), [("127.0.0.1", 1), ("::1", 1), (FEW, None)])
def test_this_machine_and_a_proxy_have_no_bound(address: str, most: int | None) -> None:
    listener: Any = http.FairListener(FakeListener(address, address), most)  # type: ignore[arg-type] # a fake

    assert [listener.accept()[1][0] for _ in range(2)] == [address, address]


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
