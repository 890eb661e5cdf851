"""Posting to real sockets: what arrives, and how everything else ends within its bounds."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import Any

import pytest

from conference_hub import __version__
from conference_hub.outgoing import http_client, lookup
from conference_hub.outgoing.http_client import post
from conference_hub.outgoing.retries import Delivered, Failed
from tests.integration.outgoing.receiver import Receiver


def test_body_and_headers_arrive(receiver: Receiver) -> None:
    receiver.answers = [(200, "받았\n습니다\x07".encode())]

    outcome = post(receiver.url, {"webhook-id": "msg_1"}, b'{"a":1}', private=True)

    (one,) = receiver.received
    assert outcome == Delivered(status=200, answer="받았 습니다")
    assert (one.path, one.body) == ("/hub?key=1", b'{"a":1}')
    assert one.headers == {
        "host": receiver.url.split("/")[2],
        "user-agent": f"conference-hub/{__version__}",
        "content-type": "application/json",
        "content-length": "7",
        "connection": "close",
        "webhook-id": "msg_1",
    }


@pytest.mark.parametrize("status", [302, 307, 400, 410, 500])
def test_any_other_status_is_a_failure_and_no_redirect_is_followed(receiver: Receiver, status: int) -> None:
    receiver.answers = [(status, b"no")]

    assert post(receiver.url, {}, b"{}", private=True) == Failed(
        error=f"HTTP {status}", status=status, answer="no"
    )
    assert len(receiver.received) == 1


def test_address_of_this_machine_is_not_reached_without_the_setting(receiver: Receiver) -> None:
    assert post(receiver.url, {}, b"{}", private=False) == Failed(error="address not allowed")
    assert receiver.received == []


def test_name_of_this_machine_is_not_reached_without_the_setting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connected: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _self, address: connected.append(address))

    assert post("https://localhost/", {}, b"{}", private=False) == Failed(
        error="address of a private network"
    )
    assert connected == []


def test_what_was_checked_is_what_is_connected_to(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that leads elsewhere when it is asked again is not asked again."""
    port = int(receiver.url.split(":")[2].split("/")[0])
    answers = [[(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: answers.pop())

    outcome = post(f"http://hooks.example.com:{port}/", {}, b"{}", private=True)

    assert outcome == Delivered(status=204)
    assert receiver.received[0].headers["host"] == f"hooks.example.com:{port}"


Serve = Callable[[socket.socket], None]


@contextmanager
def answering(serve: Serve) -> Iterator[str]:
    """Serve one connection by hand and yield the address of it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(10)

        def one() -> None:
            stream, _address = listener.accept()
            with stream:
                stream.settimeout(10)
                stream.recv(65_536)
                with suppress(OSError):  # the other side may go at any time
                    serve(stream)

        thread = Thread(target=one)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        thread.join()


def sending(*pieces: bytes) -> Serve:
    def serve(stream: socket.socket) -> None:
        for piece in pieces:
            stream.sendall(piece)

    return serve


def endless(stream: socket.socket) -> None:
    """Send content without an end until the other side goes."""
    stream.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n")
    while True:
        stream.sendall(b"x" * 65_536)


def silent(stream: socket.socket) -> None:
    """Say nothing until the other side goes."""
    stream.recv(1)


@pytest.mark.parametrize(
    ("serve", "outcome"),
    [
        (sending(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"), Delivered(status=200, answer="half")),
        (sending(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 202 OK\r\n\r\n"), Delivered(status=202)),
        (endless, Delivered(status=200, answer="x" * http_client.SHOWN)),
    ],
)
def test_answer_that_is_cut_off_or_without_end_counts_by_its_status(serve: Serve, outcome: Delivered) -> None:
    with answering(serve) as url:
        assert post(url, {}, b"{}", private=True) == outcome


@pytest.mark.parametrize(
    "serve",
    [
        sending(b"SSH-2.0-OpenSSH_9\r\n"),
        sending(b"HTTP/1.1 200 OK\r\nx: " + b"y" * (2 * http_client.MOST_OF_HEADERS) + b"\r\n\r\n"),
        sending(),
    ],
)
def test_what_is_no_http_answer_is_a_failure(serve: Serve) -> None:
    with answering(serve) as url:
        outcome = post(url, {}, b"{}", private=True)

    assert (type(outcome), outcome.status) == (Failed, None)


def test_silence_ends_at_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_client, "DEADLINE_S", 0.1)
    with answering(silent) as url:
        assert post(url, {}, b"{}", private=True) == Failed(error="timed out")


def test_headers_that_trickle_end_at_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each piece is a sign of life, and yet the whole takes no longer."""
    clock = iter(range(0, 1000, 3))
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    trickle = [b"HTTP/1.1 200 OK\r\n", *([b"x: y\r\n"] * 20)]

    def serve(stream: socket.socket) -> None:
        for piece in trickle:
            stream.sendall(piece)
        silent(stream)

    with answering(serve) as url:
        assert post(url, {}, b"{}", private=True) == Failed(error="timed out")


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """A resolver that says nothing until the event is set."""
    answer = Event()

    def ask(*_args: object, **_kind: object) -> list[Any]:
        answer.wait()
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 9))]

    monkeypatch.setattr(socket, "getaddrinfo", ask)
    yield answer
    answer.set()


def test_resolver_that_hangs_ends_at_the_deadline(hanging: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_client, "DEADLINE_S", 0.1)

    outcome = post("http://hooks.example.com/", {}, b"{}", private=True)

    assert outcome == Failed(error="name lookup timed out")
    assert not hanging.is_set()


def test_so_many_lookups_hang_and_no_more(hanging: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_client, "DEADLINE_S", 0.01)
    monkeypatch.setattr(lookup, "MOST_AT_ONCE", 2)

    errors = [post("http://hooks.example.com/", {}, b"{}", private=True) for _number in range(3)]
    assert errors == [
        Failed(error="name lookup timed out"),
        Failed(error="name lookup timed out"),
        Failed(error="too many names are being looked up"),
    ]
    hanging.set()
    while lookup.under_way():
        pass
    assert "refused" in str(post("http://hooks.example.com:9/", {}, b"{}", private=True))


def test_address_that_is_no_name_asks_no_resolver(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also while as many names as may be are looked up."""
    monkeypatch.setattr(lookup, "MOST_AT_ONCE", 0)

    assert post(receiver.url, {}, b"{}", private=True) == Delivered(status=204)


def test_wait_that_the_receiver_asks_for_is_kept_as_it_came(receiver: Receiver) -> None:
    receiver.answers = [(503, b"")]
    receiver.retry_after = "Thu, 02 Dec 2021 00:21:30 GMT"

    assert post(receiver.url, {}, b"{}", private=True) == Failed(
        error="HTTP 503", status=503, retry_after="Thu, 02 Dec 2021 00:21:30 GMT"
    )


def test_closed_port_is_a_failure_in_few_words() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    outcome: Any = post(f"http://127.0.0.1:{port}/", {}, b"{}", private=True)

    assert (type(outcome), "refused" in outcome.error) == (Failed, True)


def test_certificate_of_nobody_is_a_failure() -> None:
    with answering(sending(b"HTTP/1.1 200 OK\r\n\r\n")) as url:
        outcome = post(url.replace("http:", "https:"), {}, b"{}", private=True)

    assert (type(outcome), outcome.status) == (Failed, None)
