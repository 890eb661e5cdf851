"""Which requests are read at once, and that they say what the web server would have read."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Any

import eventlet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conference_hub.live import network, web_server
from conference_hub.live.transport.fast import OF_THE_REQUEST
from conference_hub.live.transport.heads import LONGEST, read_opening

PATIENCE_S = 60
QUERY = "EIO=4&transport=websocket"
FIELDS = {
    "Host": "hub.example:8000",
    "Upgrade": "websocket",
    "Connection": "keep-alive, Upgrade",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version": "13",
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64)",
    "Cookie": "session=abc; lang=ko",
}


def head(
    line: str = f"GET /socket.io/?{QUERY} HTTP/1.1", *more: str, without: str = "", **changed: str
) -> bytes:
    """Return a request with these fields changed and lines added."""
    fields = {**FIELDS, **{name.replace("_", "-"): value for name, value in changed.items()}}
    lines = [line, *(f"{name}: {value}" for name, value in fields.items() if name != without), *more]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def test_an_ordinary_request_is_read_and_what_follows_it_is_left() -> None:
    read = read_opening(head() + b"frames")

    assert read is not None
    said, length = read
    assert length == len(head())
    assert said["PATH_INFO"] == "/socket.io/"
    assert said["QUERY_STRING"] == QUERY
    assert said["HTTP_COOKIE"] == "session=abc; lang=ko"
    assert said["HTTP_SEC_WEBSOCKET_KEY"] == FIELDS["Sec-WebSocket-Key"]


@pytest.mark.parametrize(
    "data",
    [
        head()[:-1],
        b"",
        head("POST /socket.io/?x HTTP/1.1"),
        head("GET /socket.io/?x HTTP/1.0"),
        head("GET /socket.io/ HTTP/1.1"),
        head("GET /socket%2eio/?x HTTP/1.1"),
        head("GET http://hub.example/socket.io/?x HTTP/1.1"),
        head("GET  /socket.io/?x HTTP/1.1"),
        head("GET /socket.io/?a b HTTP/1.1"),
        head("GET /socket.io/?\xe4 HTTP/1.1"),
        head(Upgrade="h2c"),
        head(Connection="keep-alive"),
        head(without="Upgrade"),
        head(without="Connection"),
        head(without="Host"),
    ],
    ids=lambda data: data[:40].decode("latin-1"),
)
def test_what_is_not_whole_or_opens_nothing_is_left_to_the_web_server(data: bytes) -> None:
    assert read_opening(data) is None


@pytest.mark.parametrize(
    "field",
    [
        "Content-Length: 0",
        "Content-Type: text/html",
        "Transfer-Encoding: chunked",
        "Expect: 100-continue",
        "Cookie: session=another",
        "cookie: session=another",
        "Session_Id: 1",
        "X-Name : spaced",
        " folded",
        "\tfolded",
        "no colon",
        "X-Tab: a\tb",
        "X-Bare: a\rb",
        "X-Bare: a\nb",
        "X-Null: a\0b",
        "X-Latin: \xe4",
        ": nameless",
    ],
)
def test_an_unusual_field_leaves_the_request_to_the_web_server(field: str) -> None:
    assert read_opening(head(f"GET /socket.io/?{QUERY} HTTP/1.1", field)) is None


@given(st.binary(max_size=300), st.integers(0, 200))
def test_whatever_comes_is_read_or_left(noise: bytes, at: int) -> None:
    whole = head()
    changed = whole[:at] + noise + whole[at:]

    read = read_opening(changed)

    assert read is None or changed[read[1] - 4 : read[1]] == b"\r\n\r\n"


NAMES = st.from_regex(r"X-[A-Za-z0-9][A-Za-z0-9-]{0,15}", fullmatch=True)
VALUES = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=60)


@pytest.fixture(scope="module")
def environs() -> list[dict[str, Any]]:
    """What the servers were asked, in order."""
    return []


@pytest.fixture(scope="module")
def ports(environs: list[dict[str, Any]]) -> Iterator[tuple[int, int]]:
    """Two servers that refuse everything: one answers at once where it can, one is the web server alone."""

    def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        environs.append(environ)
        start_response("400 Bad Request", [("Content-Type", "text/plain")])
        return [b"no"]

    listeners = [network.listen("127.0.0.1", 0) for _ in range(2)]
    servers = [
        web_server.serve(app, one, opens_at_once=at_once)
        for one, at_once in zip(listeners, (True, False), strict=True)
    ]
    first, second = (one.getsockname()[1] for one in listeners)
    yield first, second
    for server in servers:
        server.stop_accepting()


def asked(port: int, request: bytes) -> bytes:
    """Send a request before the server has its turn, and return the answer."""
    with eventlet.Timeout(PATIENCE_S), closing(socket.create_connection(("127.0.0.1", port))) as client:
        client.sendall(request)
        client.settimeout(0.0)
        received = b""
        while not received.endswith(b"no"):
            eventlet.sleep(0)
            with suppress(BlockingIOError):
                received += client.recv(LONGEST)
    return received


@settings(max_examples=30, deadline=None)
@given(fields=st.dictionaries(NAMES, VALUES, max_size=8))
def test_what_is_read_at_once_is_what_the_web_server_reads(
    ports: tuple[int, int], environs: list[dict[str, Any]], fields: dict[str, str]
) -> None:
    named = {name.upper(): value for name, value in fields.items()}
    lines = [f"{name}:{value}" for name, value in named.items()]
    environs.clear()
    for port in ports:
        answer = asked(port, head(f"GET /socket.io/?{QUERY} HTTP/1.1", *lines))
        assert answer.startswith(b"HTTP/1.1 400 Bad Request\r\n")
        assert b"\r\nContent-Length: 2\r\n" in answer
        assert b"\r\n\r\nno" in answer

    taken, usual = environs
    assert ("eventlet.input" in taken, "eventlet.input" in usual) == (False, True), "read by each in its way"
    assert _kept(taken) == _kept(usual)


def _kept(environ: dict[str, Any]) -> dict[str, Any]:
    differing = OF_THE_REQUEST | {"SERVER_PORT", "REMOTE_PORT"}
    return {name: value for name, value in environ.items() if name not in differing}
