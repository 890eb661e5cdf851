"""Connections that ask for nothing: one address gets its share of them, and everybody else is answered."""

from __future__ import annotations

import socket
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress

import pytest

from tests.judges.availability import missing
from tests.live.server_process import COMMAND, HubServer
from tests.live.wire import PATIENCE_S, dial
from tests.services.machine import free_port, wait_until

FILES = 128
LIMITED = ("sh", "-c", f'ulimit -n {FILES} && exec "$@"', "sh", *COMMAND, "serve", "--demo")
HALF_A_HANDSHAKE = (
    b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: hub\r\nUpgrade: websocket\r\n"
    b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbX"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubServer]:
    """A hub that takes few connections, on every address of this machine."""
    port = free_port()
    server = HubServer(
        directory=tmp_path_factory.mktemp("hub"),
        port=port,
        program=LIMITED,
        extra_env={"HUB_BIND": f"0.0.0.0:{port}", "HUB_PUBLIC_URL": f"http://127.0.0.1:{port}"},
    )
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def elsewhere() -> str:
    """An address of this machine that is not the loopback: what comes from there is not taken for an own proxy."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(("192.0.2.1", 9))  # sends nothing
        address: str = probe.getsockname()[0]
        if not address.startswith("127."):
            return address
    missing("an address beside 127.0.0.1", "connect the machine to a network")
    raise AssertionError


@pytest.mark.parametrize(
    "sent", [b"", b"GET / HT", HALF_A_HANDSHAKE], ids=["nothing", "half a line", "handshake"]
)
def test_one_address_gets_its_share_of_half_open_connections_and_others_are_answered(
    server: HubServer, elsewhere: str, sent: bytes
) -> None:
    share = FILES // 2 // 2
    with ExitStack() as stack:
        for _ in range(share):
            stack.enter_context(closing(dial(server.port, elsewhere))).sendall(sent)
        wait_until(lambda: _answer(server.port, elsewhere).startswith(b"HTTP/1.1 429 "), "a refusal")
        turned_away = [_answer(server.port, elsewhere) for _ in range(share)]
        with urllib.request.urlopen(f"{server.url}/healthz", timeout=PATIENCE_S) as health:
            assert health.status == 200

    assert {answer.split(b"\r\n")[0] for answer in turned_away} == {b"HTTP/1.1 429 Too Many Requests"}
    assert all(b"\r\nRetry-After: 10\r\n" in answer for answer in turned_away)
    wait_until(lambda: _answer(server.port, elsewhere).startswith(b"HTTP/1.1 200 "), "an answer again")


def _answer(port: int, address: str) -> bytes:
    """Ask whether the server does anything, and return all that comes until it hangs up."""
    with closing(dial(port, address)) as connection:
        received = b""
        with suppress(ConnectionError):
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n")
        with suppress(ConnectionError):
            while chunk := connection.recv(65536):
                received += chunk
        return received
