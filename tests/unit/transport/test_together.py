"""What several clients are told in one turn of the loop goes together, and each hears its own in order."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing

import eventlet
import pytest

from conference_hub.live.transport.carrier import CLOSING_FRAME, GONE, Carrier
from conference_hub.live.transport.ring import SendRing
from conference_hub.live.transport.together import Together
from conference_hub.live.transport.watch import Watch
from tests.services.ring import need_ring
from tests.unit.transport.users import SilentUser

CLIENTS = 21
SMALL_RING = 8
LARGE = bytes(range(256)) * 4000
MOST = 1_500_000


class Hall:
    """Some clients: their own ends of their connections, and the hub's."""

    def __init__(self, ring: SendRing | None, stack: ExitStack) -> None:
        self.watch = Watch()
        self.users = [SilentUser() for _ in range(CLIENTS)]
        self.far: list[socket.socket] = []
        self.carriers: list[Carrier] = []
        self.together = Together(ring)
        for user in self.users:
            near, far = socket.socketpair()
            near.settimeout(0.0)
            far.settimeout(0.0)
            self.far.append(stack.enter_context(far))
            self.carriers.append(carrier := Carrier(near, user, self.watch, MOST))
            stack.callback(carrier.abort)

    def heard(self) -> list[bytes]:
        """Return what has come to each client, nothing for those to whom nothing has."""
        return [_now(far) for far in self.far]


@pytest.fixture(params=["a ring", "no ring"])
def hall(request: pytest.FixtureRequest) -> Iterator[Hall]:
    with ExitStack() as stack:
        ring = None
        if request.param == "a ring":
            need_ring()
            ring = stack.enter_context(closing(SendRing(SMALL_RING)))
        yield Hall(ring, stack)


def test_each_hears_its_own_once_the_others_had_their_turn(hall: Hall) -> None:
    for number, carrier in enumerate(hall.carriers):
        hall.together.send(carrier, b"for %d" % number)
    at_first = hall.heard()

    eventlet.sleep(0)

    assert at_first == [b""] * CLIENTS
    assert hall.heard() == [b"for %d" % number for number in range(CLIENTS)]
    assert all(carrier.idle for carrier in hall.carriers)


def test_what_is_sent_meanwhile_comes_behind_it(hall: Hall) -> None:
    for carrier in hall.carriers:
        hall.together.send(carrier, b"opened ")
        carrier.send(b"fact ")
        hall.together.send(carrier, b"ping ")

    eventlet.sleep(0)
    hall.carriers[0].send(b"next")

    assert hall.heard() == [b"opened fact ping next", *[b"opened fact ping "] * (CLIENTS - 1)]


def test_who_still_gathers_is_sent_what_it_has_and_the_rest_in_order(hall: Hall) -> None:
    carrier = hall.carriers[0]
    hall.together.send(carrier, b"opened ")
    carrier.gather()
    carrier.send(b"welcome ")
    eventlet.sleep(0)
    carrier.send(b"fact ")
    hall.together.release(carrier)
    eventlet.sleep(0)

    assert hall.heard()[0] == b"opened welcome fact "


def test_who_ended_meanwhile_heard_it_before_the_end_and_hears_it_once(hall: Hall) -> None:
    ended, aborted = hall.carriers[:2]
    for carrier in hall.carriers:
        hall.together.send(carrier, b"opened")
    ended.end()
    aborted.abort()

    eventlet.sleep(0)

    assert hall.heard() == [b"opened" + CLOSING_FRAME, b"", *[b"opened"] * (CLIENTS - 2)]


def test_what_a_client_does_not_take_waits_for_it_and_costs_the_others_nothing(hall: Hall) -> None:
    full, gone = hall.carriers[3], hall.far[5]
    full.send(LARGE)
    gone.close()
    for carrier in hall.carriers:
        hall.together.send(carrier, b"ping")

    eventlet.sleep(0)
    received = bytearray()
    while len(received) < len(LARGE) + 4:
        received += _now(hall.far[3])
        hall.watch.turn()

    assert received == LARGE + b"ping"
    others = [place for place in range(CLIENTS) if place not in {3, 5}]
    assert [_now(hall.far[place]) for place in others] == [b"ping"] * len(others)
    assert [user.lost_by for user in hall.users] == [[GONE] if place == 5 else [] for place in range(CLIENTS)]


def _now(far: socket.socket) -> bytes:
    try:
        return far.recv(100_000)
    except (BlockingIOError, OSError):
        return b""
