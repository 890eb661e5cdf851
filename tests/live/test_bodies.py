"""What the real server does with bodies that are too large or never end: answer, close, read no more."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator

import pytest

from tests.live.server_process import HubServer

MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubServer]:
    server = HubServer(directory=tmp_path_factory.mktemp("bodies"), forked=True)
    server.start()
    yield server
    server.stop()


def sent(server: HubServer, *parts: bytes) -> bytes:
    """Send `parts` on one connection and return all that comes until the server closes it."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        for part in parts:
            connection.sendall(part)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def head(method: str, path: str, *headers: str) -> bytes:
    lines = (f"{method} {path} HTTP/1.1", "Host: hub", "Accept: application/json", *headers)
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode()


def status_and_code(answer: bytes) -> tuple[bytes, bool]:
    return answer.split(b" ", 2)[1], b'"too_large"' in answer


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded", "text/plain"])
@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/sign-in"), ("GET", "/healthz"), ("POST", "/api/v1/x")]
)
def test_body_announced_too_large_is_refused_unread(
    server: HubServer, method: str, path: str, kind: str
) -> None:
    request = head(method, path, f"Content-Type: {kind}", f"Content-Length: {10**12}")

    assert status_and_code(sent(server, request, b"[" * 1000)) == (b"413", True)


def test_a_sender_of_three_megabytes_reads_the_refusal(server: HubServer) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("POST", "/api/v1/x", b"[" * (3 * MEGABYTE), {"Content-Type": "application/json"})
    answer = connection.getresponse()

    assert (answer.status, answer.headers["Connection"]) == (413, "close")
    connection.close()


def test_chunks_that_grow_too_large_are_refused_and_the_connection_is_closed(server: HubServer) -> None:
    request = head("POST", "/api/v1/x", "Content-Type: application/json", "Transfer-Encoding: chunked")

    assert status_and_code(sent(server, request, *[b"10000\r\n" + b" " * 65536 + b"\r\n"] * 5)) == (
        b"413",
        True,
    )


def test_a_small_chunked_body_is_read_and_the_connection_goes_on(server: HubServer) -> None:
    chunks = b'4\r\n{"a"\r\n3\r\n:1}\r\n0\r\n\r\n'
    request = head("POST", "/api/v1/x", "Content-Type: application/json", "Transfer-Encoding: chunked")
    answers = sent(server, request, chunks, head("GET", "/healthz", "Connection: close"))

    assert [answers.count(b"HTTP/1.1 404"), answers.count(b"HTTP/1.1 200")] == [1, 1]


@pytest.mark.parametrize("framing", [b"1" * 100_000, b"0\r\n" + b"a: b\r\n" * 10_000, b"zz\r\n", b"-5\r\n"])
def test_chunk_framing_out_of_bounds_closes_the_connection(server: HubServer, framing: bytes) -> None:
    request = head("POST", "/api/v1/x", "Content-Type: application/json", "Transfer-Encoding: chunked")

    assert sent(server, request, framing + b"\r\nrest\r\n").split(b" ", 2)[1] == b"400"
