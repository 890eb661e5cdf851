"""A connection that just came is answered at once, or left as it came."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from typing import Any

import pytest

from conference_hub.live.transport.http import DETACH
from conference_hub.live.transport.opening import Opening

REQUEST = (
    b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: hub.example\r\n"
    b"Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
)
FRAMES = b"frames behind it"
BROWSER = ("192.0.2.1", 1234)

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    """The hub's end of a connection and the browser's."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        far = socket.create_connection(listener.getsockname())
        near, _ = listener.accept()
    near.settimeout(0.0)
    with closing(near), closing(far):
        yield near, far


def nobody(_environ: dict[str, Any], _start_response: Callable[..., Any]) -> Iterable[bytes]:
    raise AssertionError("asked")


def test_an_application_that_takes_the_connection_has_it_with_what_follows_the_request(pair: Pair) -> None:
    near, far = pair
    environs: list[dict[str, Any]] = []

    def app(environ: dict[str, Any], _start_response: Callable[..., Any]) -> Iterable[bytes]:
        environs.append(environ)
        plain, ahead = environ[DETACH]()
        plain.send(b"opened" + ahead)
        return []

    far.sendall(REQUEST + FRAMES)

    assert Opening(app).takes(near, BROWSER)
    assert far.recv(100) == b"opened"
    assert near.recv(100) == FRAMES
    assert (environs[0]["REMOTE_ADDR"], environs[0]["REMOTE_PORT"]) == ("192.0.2.1", "1234")


def test_an_application_that_refuses_is_heard_and_the_connection_ends(pair: Pair) -> None:
    near, far = pair

    def app(_environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("429 Too Many Requests", [("Content-Length", "0"), ("Retry-After", "10")])
        return []

    far.sendall(REQUEST)

    assert Opening(app).takes(near, BROWSER)
    lines = far.makefile("rb").read().decode().split("\r\n")  # to the end: the hub hung up
    assert lines[0] == "HTTP/1.1 429 Too Many Requests"
    assert {"Content-Length: 0", "Retry-After: 10", "Connection: close"} <= set(lines)
    assert [line for line in lines if line.startswith("Date: ")]
    assert lines[-2:] == ["", ""]


def test_an_application_that_fails_ends_the_connection_and_is_logged(
    pair: Pair, caplog: pytest.LogCaptureFixture
) -> None:
    near, far = pair
    far.sendall(REQUEST)

    with caplog.at_level(logging.ERROR):
        taken = Opening(nobody).takes(near, BROWSER)

    assert taken
    assert far.recv(100) == b""
    assert [record.message for record in caplog.records] == ["a WebSocket could not be opened"]


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        REQUEST[:-1],
        REQUEST.replace(b"/socket.io/", b"/elsewhere/"),
        REQUEST.replace(b"GET", b"POST"),
        REQUEST.replace(b"Host", b"X-Long: " + b"x" * 4096 + b"\r\nHost"),
    ],
    ids=["nothing yet", "half a head", "elsewhere", "no GET", "a long head"],
)
def test_anything_else_is_left_as_it_came(pair: Pair, sent: bytes) -> None:
    near, far = pair
    far.sendall(sent)

    assert not Opening(nobody).takes(near, BROWSER)
    far.shutdown(socket.SHUT_WR)
    near.settimeout(10)
    assert near.makefile("rb").read() == sent


def test_a_client_that_is_gone_already_is_left_to_the_web_server(pair: Pair) -> None:
    near, far = pair
    far.close()

    assert not Opening(nobody).takes(near, BROWSER)
