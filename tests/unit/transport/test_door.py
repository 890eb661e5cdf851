"""Who is let in first of those who wait: nobody stands behind a crowd of WebSockets, and the crowd is not forgotten."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator, Sequence
from contextlib import ExitStack

import pytest

from conference_hub.live.transport.door import CROWD, MOST_AHEAD, Arrival, Door

SOCKET = CROWD + b"?EIO=4&transport=websocket HTTP/1.1\r\n\r\n"
POST = b"POST /api/v1/c/day/run/next HTTP/1.1\r\n"


class Kernel:
    """A listening socket at which connections wait that have said something, or errors."""

    def __init__(self, stack: ExitStack) -> None:
        self.fd = self
        self.waiting: Sequence[bytes | OSError] = ()
        self.taken = 0
        self._stack = stack

    def accept(self) -> Arrival:
        """Return the next connection as the system does."""
        if not self.waiting:
            raise BlockingIOError
        said, *self.waiting = self.waiting
        if isinstance(said, OSError):
            raise said
        self.taken += 1
        near, far = (self._stack.enter_context(one) for one in socket.socketpair())
        far.send(said)
        return near, ("192.0.2.1", self.taken)


@pytest.fixture
def kernel() -> Iterator[Kernel]:
    with ExitStack() as stack:
        yield Kernel(stack)


def let_in(door: Door, count: int) -> list[bytes]:
    """Let so many in, and return what they said."""
    return [door.next()[0].recv(100) for _ in range(count)]


def test_a_command_does_not_wait_for_the_crowd_that_came_before_it(kernel: Kernel) -> None:
    kernel.waiting = [SOCKET] * 50 + [POST]

    assert let_in(Door(kernel, 100), 51) == [POST] + [SOCKET] * 50


def test_a_stream_of_requests_does_not_keep_the_crowd_out(kernel: Kernel) -> None:
    kernel.waiting = [SOCKET] * 2 + [POST] * 60

    said = let_in(Door(kernel, 100), 2 * (MOST_AHEAD + 1))

    assert said == ([POST] * MOST_AHEAD + [SOCKET]) * 2


@pytest.mark.parametrize("said", [b"", SOCKET[:-2]], ids=["nothing", "half a request"])
def test_who_has_not_said_all_is_let_in_at_once(kernel: Kernel, said: bytes) -> None:
    kernel.waiting = [SOCKET, said]

    connection, address = Door(kernel, 100).next()

    assert (address[1], connection.gettimeout()) == (2, 0.0)


def test_the_kernel_keeps_those_for_whom_there_is_no_place_at_the_door(kernel: Kernel) -> None:
    kernel.waiting = [SOCKET] * 10
    door = Door(kernel, 3)
    door.next()

    assert kernel.taken == 3


def test_no_room_for_a_further_connection_does_not_keep_those_out_who_are_there(kernel: Kernel) -> None:
    full = OSError(errno.EMFILE, "too many open files")
    kernel.waiting = [SOCKET, SOCKET, full, full, full]
    door = Door(kernel, 100)

    assert let_in(door, 2) == [SOCKET, SOCKET]
    with pytest.raises(OSError, match="too many"):
        door.next()
