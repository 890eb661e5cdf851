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
