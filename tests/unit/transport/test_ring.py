"""Many sockets in one call: what arrives, what a kernel does not take, and what happens where there is no ring."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest

from conference_hub.live.transport import ring as ring_module
from conference_hub.live.transport.carrier import GONE, SLOW, Carrier, send_to_all
from conference_hub.live.transport.ring import NoRing, SendRing, entry_of, open_ring
from conference_hub.live.transport.watch import Watch
from tests.services.ring import need_ring
from tests.unit.transport.users import SilentUser

LARGE = bytes(range(256)) * 4000
MOST = 1_500_000
SMALL_RING = 8
"""Fewer entries than there are sockets in most tests: several calls, and entries that go around its end."""

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def ring() -> Iterator[SendRing]:
    need_ring()
    with closing(SendRing(SMALL_RING)) as ring:
        yield ring


@pytest.fixture
def pairs() -> Iterator[list[Pair]]:
    with ExitStack() as stack:
        pairs = [socket.socketpair() for _ in range(21)]
        for near, far in pairs:
            stack.enter_context(near)
            stack.enter_context(far)
            near.settimeout(0.0)
            far.settimeout(0.0)
        yield pairs


def test_every_frame_arrives_at_every_socket_in_order(ring: SendRing, pairs: list[Pair]) -> None:
    entries = [entry_of(near.fileno()) for near, _ in pairs]
    frames = [b"fact %03d" % number for number in range(50)]

    for frame in frames:
        assert ring.send(entries, frame) == {}

    assert [far.recv(10_000) for _, far in pairs] == [b"".join(frames)] * len(pairs)


def test_each_that_did_not_take_all_is_named_with_what_it_took(ring: SendRing, pairs: list[Pair]) -> None:
    entries = [entry_of(near.fileno()) for near, _ in pairs]
    full, gone, closed = pairs[3][0], pairs[11], pairs[17][0]
    part = full.send(LARGE)
    gone[1].close()
    numbers = full.fileno(), gone[0].fileno(), closed.fileno()
    closed.close()

    assert 0 < part < len(LARGE)
    assert ring.send(entries, b"fact") == dict(
        zip(numbers, (-errno.EAGAIN, -errno.EPIPE, -errno.EBADF), strict=True)
    )
    assert [pairs[place][1].recv(100) for place in (0, 10, 12, 20)] == [b"fact"] * 4


def test_each_socket_gets_the_frame_at_its_place_in_order(ring: SendRing, pairs: list[Pair]) -> None:
    entries = [entry_of(near.fileno()) for near, _ in pairs]
    frames = [b"for %d " % place * place for place in range(1, len(pairs) + 1)]

    for _ in range(50):
        assert ring.send_each(entries, frames) == {}

    assert [far.recv(100_000) for _, far in pairs] == [frame * 50 for frame in frames]


def test_each_that_did_not_take_all_of_its_own_frame_is_named(ring: SendRing, pairs: list[Pair]) -> None:
    entries = [entry_of(near.fileno()) for near, _ in pairs]
    frames = [b"%03d" % place for place in range(len(pairs))]
    full, gone = pairs[3][0], pairs[11]
    full.send(LARGE)
    gone[1].close()

    short = ring.send_each(entries, frames)

    assert short == {full.fileno(): -errno.EAGAIN, gone[0].fileno(): -errno.EPIPE}
    assert [pairs[place][1].recv(100) for place in (0, 10, 12, 20)] == [b"000", b"010", b"012", b"020"]


def test_a_part_of_a_frame_is_told_as_its_length(ring: SendRing) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        near = socket.create_connection(listener.getsockname())
        far, _ = listener.accept()
    with near, far:
        near.settimeout(0.0)
        taken = ring.send([entry_of(near.fileno())], LARGE * 8)[near.fileno()]

        assert 0 < taken < len(LARGE) * 8
        far.settimeout(None)
        received = bytearray()
        while len(received) < taken:  # not MSG_WAITALL, which a ring with work to do cuts short
            received += far.recv(taken - len(received))
        assert received == (LARGE * 8)[:taken]


def test_a_ring_that_the_kernel_serves_no_more_says_that_nothing_was_taken(
    ring: SendRing, pairs: list[Pair], monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = [entry_of(near.fileno()) for near, _ in pairs]
    refused = {near.fileno(): -errno.EAGAIN for near, _ in pairs}
    monkeypatch.setattr(ring, "_call", lambda *_: -1)

    assert ring.send(entries, b"fact") == refused
    assert ring.closed
    assert ring.send(entries, b"fact") == refused
    assert ring.send_each(entries, [b"fact"] * len(entries)) == refused
    with pytest.raises(BlockingIOError):
        pairs[0][1].recv(100)


def test_a_call_that_takes_a_part_is_made_again_for_the_rest(
    ring: SendRing, pairs: list[Pair], monkeypatch: pytest.MonkeyPatch
) -> None:
    call = ring._call

    def taking_three(number: int, ring_number: int, left: int, *more: object) -> int:
        taken: int = call(number, ring_number, min(left, 3), *more)
        return taken

    monkeypatch.setattr(ring, "_call", taking_three)
    assert ring.send([entry_of(near.fileno()) for near, _ in pairs], b"fact") == {}
    assert ring.send_each([entry_of(near.fileno()) for near, _ in pairs], [b"more"] * len(pairs)) == {}
    assert [far.recv(100) for _, far in pairs] == [b"factmore"] * len(pairs)


def test_it_gives_back_what_it_has(ring: SendRing) -> None:
    with closing(SendRing(SMALL_RING)) as other:
        number = other._number
        os.fstat(number)
    other.close()
    with pytest.raises(OSError, match="Bad file"):
        os.fstat(number)


def test_a_kernel_that_refuses_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ring_module, "SETUP", 100_000)  # no such call
    with pytest.raises(NoRing, match="not implemented"):
        open_ring()


def test_a_ring_that_does_not_deliver_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    need_ring()
    monkeypatch.setattr(ring_module, "OP_SEND", 0)  # does nothing, successfully
    with pytest.raises(NoRing, match="does not send"):
        open_ring()


def test_another_system_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.machine", lambda: "mips")
    with pytest.raises(NoRing, match="mips"):
        open_ring()


def test_carriers_keep_what_the_ring_left_and_lose_who_is_gone(ring: SendRing, pairs: list[Pair]) -> None:
    watch, users = Watch(), [SilentUser() for _ in pairs]
    carriers = [Carrier(near, user, watch, MOST) for (near, _), user in zip(pairs, users, strict=True)]
    pairs[5][1].close()

    send_to_all(carriers, LARGE, ring)
    for far in (far for _, far in pairs[1:] if far.fileno() >= 0):
        received = bytearray()
        while len(received) < len(LARGE):
            received += far.recv(100_000)
            watch.turn()
        assert received == LARGE
    assert users[5].lost_by == [GONE]
    assert not carriers[0].idle
    assert all(carrier.idle for carrier in carriers[1:5])
    carriers[0].send(LARGE)
    assert users[0].lost_by == [SLOW]
    for carrier in carriers:
        carrier.abort()
