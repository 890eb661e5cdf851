"""What is ready is attended to, by one task that the loop knows once and for all."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager

import eventlet
import eventlet.hubs

from conference_hub.live.transport.watch import AT_ONCE, Watch


class Ear:
    """Keeps what came; it may wait in the middle, as an error that is logged may."""

    def __init__(self, near: socket.socket, *, pause: bool = False) -> None:
        self.number = near.fileno()
        self.heard: list[bytes] = []
        self.aborted = False
        self._near = near
        self._pause = pause

    def happened(self, _events: int) -> None:
        said = self._near.recv(100)
        if said == b"fail":
            raise ValueError(said)
        if self._pause:
            eventlet.sleep(0)
        self.heard.append(said)

    def abort(self) -> None:
        self.aborted = True


@contextmanager
def running(watch: Watch) -> Iterator[None]:
    """Let the task of a watch run."""
    task = eventlet.spawn(watch.run)
    try:
        yield
    finally:
        task.kill()


@contextmanager
def heard_by(watch: Watch, *, pause: bool = False) -> Iterator[tuple[socket.socket, Ear]]:
    """Yield the far end of a connection and who listens to it."""
    near, far = socket.socketpair()
    with closing(near), closing(far):
        ear = Ear(near, pause=pause)
        watch.add(ear)
        yield far, ear
        watch.forget(ear)


def until(ear: Ear, count: int) -> None:
    """Let the loop run until that much was heard; a loop that stands still is ended by the test's own limit."""
    while len(ear.heard) < count:
        eventlet.sleep(0)


def loops_entries() -> dict[int, object]:
    """Return what the loop itself waits for, by descriptor."""
    hub = eventlet.hubs.get_hub()
    return dict(hub.listeners[hub.READ])


def test_the_loop_keeps_the_watch_from_turn_to_turn() -> None:
    watch = Watch()
    before = loops_entries()
    with running(watch), heard_by(watch) as (far, ear):
        seen = []
        for number in range(3):
            far.send(b"%d" % number)
            until(ear, number + 1)
            seen.append({n: one for n, one in loops_entries().items() if n not in before})

        assert ear.heard == [b"0", b"1", b"2"]
        assert len(seen[0]) == 1
        assert seen == [seen[0]] * 3  # the same entry, not a new one that is equal
    assert loops_entries() == before


def test_a_turn_that_waits_for_something_is_not_entered_again() -> None:
    watch = Watch()
    with running(watch), heard_by(watch, pause=True) as (far, first), heard_by(watch) as (other, second):
        far.send(b"a")
        other.send(b"b")
        until(first, 1)
        until(second, 1)

        assert (first.heard, second.heard) == ([b"a"], [b"b"])


def test_an_error_ends_its_connection_only() -> None:
    watch = Watch()
    with running(watch), heard_by(watch) as (far, broken), heard_by(watch) as (other, whole):
        far.send(b"fail")
        other.send(b"fact")
        until(whole, 1)
        while not broken.aborted:
            eventlet.sleep(0)

        assert whole.heard == [b"fact"]


def test_what_is_too_much_for_one_turn_is_done_in_the_next() -> None:
    watch = Watch()
    pairs = [socket.socketpair() for _ in range(AT_ONCE + 1)]
    ears = [Ear(near) for near, _ in pairs]
    for ear in ears:
        watch.add(ear)
    for _, far in pairs:
        far.send(b"fact")
    with running(watch):
        for ear in ears:
            until(ear, 1)
    for ear, (near, far) in zip(ears, pairs, strict=True):
        watch.forget(ear)
        near.close()
        far.close()

    assert all(ear.heard == [b"fact"] for ear in ears)
