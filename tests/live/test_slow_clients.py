"""Clients that do not answer pings, and clients that do not read: ended in time, while everybody else is served."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from contextlib import closing
from http import HTTPStatus
from pathlib import Path

import pytest

from tests.live.bare_server import BareServer, on_each_transport, running
from tests.live.raw_client import PollingClient, RawClient
from tests.live.server_process import HubServer
from tests.model_day import CONF

PINGS = ("--ping-interval", "0.5", "--ping-timeout", "5")
BACKLOG_KB = 64
KERNEL_KB = 2 * 64
"""Linux doubles what it is told to keep for a sender."""
TINY_BUFFER = 4096
SIZE = 1000


pinging = on_each_transport(*PINGS)
"""A server that pings often."""


@pytest.fixture
def narrow(tmp_path: Path) -> Iterator[BareServer]:
    """A server that keeps little for a client that does not read; the stock transport has no such bound."""
    with running("fast", tmp_path, "--backlog-kb", str(BACKLOG_KB)) as server:
        yield server


@pytest.fixture
def narrow_hub(tmp_path: Path) -> Iterator[HubServer]:
    """A hub that keeps little for a client that does not read."""
    environment = {"HUB_CLIENT_BACKLOG_KB": str(BACKLOG_KB), "HUB_TRANSPORT": "fast"}
    server = HubServer(directory=tmp_path / "hub", forked=True, extra_env=environment)
    server.start()
    yield server
    server.kill()


@pytest.mark.slow
def test_clients_that_answer_pings_stay_and_those_that_do_not_are_ended(pinging: BareServer) -> None:
    with (
        closing(RawClient(pinging.port)) as silent,
        closing(RawClient(pinging.port)) as answering,
        closing(PollingClient(pinging.port)) as gone,
    ):
        silent.answers_pings = False
        silent.join({"name": "silent"})
        answering.join({"name": "answering"})
        gone.join({"name": "gone"})

        answering.read_until("two left", lambda: len(pinging.do()["left"]) == 2)
        silent.read_to_the_end()
        known = pinging.do(("fact", 1, 0))
        answering.read_until("still hearing", lambda: answering.events() == [["fact", {"n": 1, "pad": ""}]])

    assert sorted(name for name, _ in known["left"]) == ["gone", "silent"]
    assert {reason for _, reason in known["left"]} <= {"ping timeout", "transport close"}
    assert known["here"] == ["answering"]
    assert answering.pinged > 1


def test_more_than_may_wait_ends_a_client_that_does_not_read_and_nobody_else(narrow: BareServer) -> None:
    with (
        closing(RawClient(narrow.port, receive_buffer=TINY_BUFFER)) as deaf,
        closing(RawClient(narrow.port)) as other,
    ):
        deaf.join({"name": "deaf"})
        other.join({"name": "other"})
        sent = 0
        while "deaf" in narrow.do(*(("fact", number, SIZE) for number in range(sent, sent + 10)))["here"]:
            sent += 10
            other.read_until("all heard", lambda: len(other.events()) >= sent)  # noqa: B023 - asked at once
            assert sent * SIZE < (BACKLOG_KB + 2 * KERNEL_KB) * 1024
        deaf.read_to_the_end()

    heard = [event[1]["n"] for event in deaf.events()]
    assert narrow.do()["left"][0] == ["deaf", "transport close"]
    assert heard == list(range(len(heard)))
    assert len(heard) * SIZE <= 2 * KERNEL_KB * 1024


def test_what_may_wait_is_sent_when_the_client_reads_on(narrow: BareServer) -> None:
    count = (BACKLOG_KB - 8) * 1024 // SIZE
    with closing(RawClient(narrow.port, receive_buffer=TINY_BUFFER)) as slow:
        slow.join({"name": "slow"})
        for turn in range(5):
            narrow.do(*(("fact", turn * count + number, SIZE) for number in range(count)))
            slow.read_until("all heard", lambda: len(slow.events()) >= (turn + 1) * count)  # noqa: B023 - asked at once

    assert [event[1]["n"] for event in slow.events()] == list(range(5 * count))


def test_a_follower_that_was_too_slow_comes_back_and_misses_nothing(narrow_hub: HubServer) -> None:
    narrow_hub.run("start")
    before = narrow_hub.head()
    follow = {"conf": CONF, "stream": "public", "after": before}
    with closing(RawClient(narrow_hub.port, receive_buffer=TINY_BUFFER, origin=narrow_hub.url)) as slow:
        slow.join(follow)
        while 'reason="slow_reader"' not in _figures(narrow_hub):
            for _ in range(10):
                status, _ = narrow_hub.run("extend", seconds=1)
                assert status == HTTPStatus.OK
        slow.read_to_the_end()
    heard = _numbers(slow)
    with closing(RawClient(narrow_hub.port, origin=narrow_hub.url)) as again:
        again.join({**follow, "after": heard[-1]})
        head = narrow_hub.head()
        again.read_until("the rest", lambda: _numbers(again)[-1:] == [head])

    assert heard + _numbers(again) == list(range(before + 1, head + 1))


def _numbers(client: RawClient) -> list[int]:
    """Return the sequence numbers of all entries that a client of the hub heard."""
    return [entry["seq"] for event in client.events() if event[0] == "entries" for entry in event[1]]


def _figures(server: HubServer) -> str:
    with urllib.request.urlopen(f"{server.url}/metrics") as answer:
        figures: str = answer.read().decode()
    return figures
