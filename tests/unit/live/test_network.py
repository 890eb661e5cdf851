"""What the server's network does differently from the library's defaults."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from conference_hub.live import network


def test_listening_on_a_taken_address_fails() -> None:
    listener = network.listen("127.0.0.1", 0)
    port = listener.getsockname()[1]

    with pytest.raises(OSError, match="in use"):
        network.listen("127.0.0.1", port)
    listener.close()


def test_accepted_connections_send_at_once() -> None:
    listener = network.listen("127.0.0.1", 0)
    with socket.create_connection(listener.getsockname()[:2]):
        accepted, _ = listener.accept()
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
        accepted.close()
    listener.close()


def test_heavy_work_runs_in_place_where_nothing_waits_for_it() -> None:
    assert not network.patched()
    assert network.offload(sum, [1, 2, 3]) == 6


UNCAUGHT = """
from conference_hub.live import network
network.patch()
seen = []
network.report_uncaught(lambda exc_info: seen.append(exc_info[0].__name__))
network.spawn(int, "seven")
network.sleep(0.01)
print(seen)
"""


def test_an_exception_that_ends_a_background_task_is_reported_and_not_printed() -> None:
    done = subprocess.run(
        [sys.executable, "-c", UNCAUGHT], capture_output=True, text=True, check=True, encoding="utf-8"
    )

    assert (done.stdout, done.stderr) == ("['ValueError']\n", "")


HANGING = """
import socket
from functools import partial
from conference_hub.live import network
network.patch()
from conference_hub.outgoing import http_client
from conference_hub.web.hub import System

system = System(threading=network.real_threads(), socket=network.real_sockets())
answer = system.threading.Event()
system.socket.getaddrinfo = lambda *_args, **_kind: answer.wait()
http_client.DEADLINE_S = 3.0
outcomes = []

def post(url):
    work = partial(http_client.post, private=True, system=system)
    outcomes.append(network.offload(work, url, {}, b"{}"))

for number in range(6):
    network.spawn(post, f"http://hangs-{number}.example.com/")
network.sleep(0)
others = [network.offload(sum, [1, 2, 3]) for _ in range(20)]
print(sum(others), len(outcomes))
while len(outcomes) < 6:
    network.sleep(0.01)
print({one.error for one in outcomes}, answer.is_set())
"""


def test_resolver_that_hangs_stops_neither_the_event_loop_nor_the_other_threads() -> None:
    done = subprocess.run(
        [sys.executable, "-c", HANGING], capture_output=True, text=True, check=True, encoding="utf-8"
    )

    assert (done.stdout, done.stderr) == ("120 0\n{'name lookup timed out'} False\n", "")
