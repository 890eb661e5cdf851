"""Frames leave whole and in order, wait up to a bound, and nothing blocks."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

import pytest

from conference_hub.live.transport.carrier import (
    CLOSING_FRAME,
    GATHERED_BYTES,
    GONE,
    SLOW,
    Carrier,
    release_all,
)
from conference_hub.live.transport.watch import Watch

MOST = 1_000_000
LARGE = bytes(range(256)) * 3000


@dataclass
class User:
    """Keeps what it hears."""

    received: bytearray = field(default_factory=bytearray)
    lost_by: list[str] = field(default_factory=list)

    def take(self, data: bytes) -> None:
        self.received += data

    def lost(self, reason: str) -> None:
        self.lost_by.append(reason)


@dataclass
class Client:
    """A browser's end of a connection, and the hub's."""

    far: socket.socket
    carrier: Carrier
    user: User
    watch: Watch

    def read(self, size: int) -> bytes:
        """Return the next bytes of the client, while the hub attends to its end."""
        received = bytearray()
        self.far.settimeout(0.001)
        while len(received) < size:
            self.watch.turn()
            try:
                chunk = self.far.recv(size - len(received))
            except TimeoutError:
                continue
            if not chunk:
                break
            received += chunk
        return bytes(received)

    def read_now(self) -> bytes:
        """Return what has come; raises TimeoutError where nothing has."""
        self.far.settimeout(0.001)
        return self.far.recv(100)


@pytest.fixture
def client() -> Iterator[Client]:
    here, far = socket.socketpair()
    here.settimeout(0.0)
    watch, user = Watch(), User()
    carrier = Carrier(here, user, watch, MOST)
    with closing(far):
        yield Client(far, carrier, user, watch)
        carrier.abort()


def test_what_the_kernel_takes_is_with_the_client_before_send_returns(client: Client) -> None:
    client.carrier.send(b"fact")

    assert client.far.recv(100) == b"fact"


def test_what_is_left_of_a_frame_goes_before_everything_else(client: Client) -> None:
    client.carrier.send(LARGE)
    client.carrier.send(b"answer")

    assert client.read(len(LARGE) + 6) == LARGE + b"answer"
    client.carrier.send(b"next")
    assert client.far.recv(100) == b"next"


def test_many_small_frames_wait_in_order(client: Client) -> None:
    client.carrier.send(LARGE)
    numbers = [b"%06d" % number for number in range(20_000)]
    for one in numbers:
        client.carrier.send(one)

    assert client.read(len(LARGE) + 120_000) == LARGE + b"".join(numbers)
    assert client.user.lost_by == []


def test_what_is_gathered_goes_at_once_when_it_is_released(client: Client) -> None:
    client.carrier.gather()
    client.carrier.send(b"welcome")
    client.carrier.send(b"fact")
    gathering = client.carrier.idle
    with pytest.raises(TimeoutError):
        client.read_now()

    release_all([client.carrier], None)
    assert client.far.recv(100) == b"welcomefact"
    assert (gathering, client.carrier.idle) == (False, True)  # what a ring sends would come before
    client.carrier.send(b"next")
    assert client.far.recv(100) == b"next"


def test_who_gathers_already_goes_on_with_what_it_has(client: Client) -> None:
    client.carrier.gather()
    client.carrier.send(b"opened")
    client.carrier.gather()
    client.carrier.send(b"welcome")
    release_all([client.carrier, client.carrier], None)

    assert client.far.recv(100) == b"openedwelcome"


def test_much_is_not_gathered(client: Client) -> None:
    client.carrier.gather()
    client.carrier.send(b"welcome")
    client.carrier.send(bytes(GATHERED_BYTES))
    assert client.read(7 + GATHERED_BYTES) == b"welcome" + bytes(GATHERED_BYTES)

    client.carrier.send(b"fact")
    release_all([client.carrier], None)
    assert client.far.recv(100) == b"fact"


def test_what_is_gathered_comes_before_the_end(client: Client) -> None:
    client.carrier.gather()
    client.carrier.send(b"refused")
    client.carrier.end()
    release_all([client.carrier], None)

    assert client.read(7 + len(CLOSING_FRAME)) == b"refused" + CLOSING_FRAME


def test_a_client_that_does_not_read_is_lost_at_the_bound(client: Client) -> None:
    client.carrier.send(bytes(2 * MOST))  # one frame may be larger than the bound
    assert client.user.lost_by == []
    client.carrier.send(b"more")
    assert client.user.lost_by == [SLOW]


def test_small_frames_are_bounded_together(client: Client) -> None:
    frame = bytes(1000)
    sent = 0
    while not client.user.lost_by:
        client.carrier.send(frame)
        sent += 1

    assert client.user.lost_by == [SLOW]
    assert MOST < sent * len(frame) < 2 * MOST  # and what the kernel holds
    assert client.carrier.closed


def test_frames_that_wait_for_many_clients_are_the_same_bytes(client: Client) -> None:
    client.carrier.send(LARGE)
    frame = bytes(1000)
    client.carrier.send(frame)

    assert client.carrier._backlog[-1].obj is frame


def test_a_client_that_is_gone_is_lost_once(client: Client) -> None:
    client.far.close()

    client.carrier.send(b"fact")
    client.carrier.send(b"fact")
    client.watch.turn()

    assert client.user.lost_by == [GONE]


def test_a_client_that_hangs_up_is_lost(client: Client) -> None:
    client.far.sendall(b"last words")
    client.far.shutdown(socket.SHUT_WR)
    client.watch.turn()
    client.watch.turn()

    assert client.user.received == b"last words"
    assert client.user.lost_by == [GONE]


def test_the_end_comes_after_what_waits_and_is_not_a_loss(client: Client) -> None:
    client.carrier.send(LARGE)
    client.carrier.end()
    client.carrier.send(b"too late")

    assert client.read(len(LARGE) + 100) == LARGE + CLOSING_FRAME
    client.far.close()
    client.watch.turn()
    assert client.user.lost_by == []


def test_an_ended_connection_is_read_no_more_and_kept_until_aborted(client: Client) -> None:
    client.carrier.end()
    client.far.sendall(b"flood")
    client.watch.turn()

    assert client.user.received == b""
    assert not client.carrier.closed
    assert client.far.recv(100) == CLOSING_FRAME
    client.carrier.abort()
    assert client.carrier.closed


def test_what_cannot_be_attended_to_does_not_stop_the_others(client: Client) -> None:
    def fail(_data: bytes) -> None:
        raise RuntimeError

    client.user.take = fail  # type: ignore[method-assign, assignment]
    client.far.sendall(b"x")
    client.watch.turn()

    assert client.carrier.closed
