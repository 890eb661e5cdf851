"""Counting in a Redis that is there, that is not, and that accepts connections and never answers."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
from flask import Flask

from conference_hub.web import counters as module
from conference_hub.web.counters import PREFIX, SWEEP_AT, LocalCounters, SharedCounters
from conference_hub.web.limits import address
from tests.services.machine import free_port


class SilentRedis:
    """Accepts every connection, reads and never answers; counts the connections."""

    def __init__(self) -> None:
        self.connections: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"redis://127.0.0.1:{self._listener.getsockname()[1]}/0"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        for one in (self._listener, *self.connections):
            one.close()

    def _accept(self) -> None:
        while True:
            try:
                self.connections.append(self._listener.accept()[0])
            except OSError:
                return


@pytest.fixture
def silent() -> Iterator[SilentRedis]:
    redis = SilentRedis()
    yield redis
    redis.close()


def test_silent_redis_is_tried_once_and_counting_continues_in_the_process(silent: SilentRedis) -> None:
    counters = SharedCounters(PREFIX + silent.url)

    counted = [counters.incr("a", 60) for _ in range(50)]

    assert (counted, counters.get("a"), len(silent.connections)) == (list(range(1, 51)), 50, 1)


def test_requests_at_the_same_moment_share_the_next_try(silent: SilentRedis) -> None:
    counters = SharedCounters(PREFIX + silent.url)
    counters.incr("a", 60)
    counters._ask_again_at = 0.0  # its rest is over
    threads = [threading.Thread(target=counters.incr, args=("a", 60)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)

    assert (counters.get("a"), len(silent.connections)) == (21, 2)


def test_missing_redis_is_not_an_error() -> None:
    counters = SharedCounters(f"{PREFIX}redis://127.0.0.1:{free_port()}/0")

    counters.incr("a", 60)
    counters.clear("a")

    assert (counters.get("a"), counters.check(), counters.incr("a", 60, -1)) == (0, True, -1)


def test_two_processes_count_together(redis_url: str) -> None:
    one, other = SharedCounters(PREFIX + redis_url), SharedCounters(PREFIX + redis_url)
    one.reset()

    assert (one.incr("a", 60), other.incr("a", 60), one.incr("a", 60, -1), other.get("a")) == (1, 2, 1, 1)


def test_a_redis_that_comes_back_counts_again(redis_url: str) -> None:
    counters, other = SharedCounters(PREFIX + redis_url), SharedCounters(PREFIX + redis_url)
    other.reset()
    counters._ask_again_at = 0.0  # it was unreachable, and its rest is over

    assert (counters.incr("a", 60), other.get("a")) == (1, 1)


@pytest.mark.parametrize(
    ("sender", "counted_as"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", "127.0.0.1"),
        ("unix:", "unix:"),
    ],
)
def test_an_ipv6_subscriber_is_counted_as_one(sender: str, counted_as: str) -> None:
    with Flask(__name__).test_request_context(environ_overrides={"REMOTE_ADDR": sender}):
        assert address() == counted_as


class SetClock:
    """Takes the place of `time`: the wall clock can be set, the other one only goes on."""

    def __init__(self) -> None:
        self.passed, self.set_by = 0.0, 0.0

    def monotonic(self) -> float:
        return self.passed

    def time(self) -> float:
        return 1_600_000_000 + self.passed + self.set_by


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """The clocks of the counters."""
    fake = SetClock()
    monkeypatch.setattr(module, "time", fake)
    return fake


def test_counter_lives_from_its_first_count(clock: SetClock) -> None:
    counters = LocalCounters()
    counters.incr("a", 60)
    clock.passed = 59
    counted = counters.incr("a", 60, 2)
    clock.passed = 60

    assert (counted, counters.get("a"), counters.incr("a", 60)) == (3, 0, 1)


@pytest.mark.parametrize("set_by", [-3600, 3600])
def test_setting_the_clock_neither_prolongs_nor_ends_a_counter(clock: SetClock, set_by: float) -> None:
    counters = LocalCounters()
    counters.incr("a", 60)
    clock.set_by = set_by
    clock.passed = 20

    assert (counters.get("a"), counters.get_expiry("a") - clock.time()) == (1, 40)
    clock.passed = 60
    assert (counters.get("a"), counters.get_expiry("a") - clock.time()) == (0, 0)


def test_ended_counters_are_forgotten(clock: SetClock) -> None:
    counters = LocalCounters()
    for number in range(SWEEP_AT):
        counters.incr(f"gone {number}", 60)
    clock.passed = 60
    counters.incr("a", 60)

    assert (counters.get("a"), counters.reset()) == (1, 1)
