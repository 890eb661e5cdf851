"""What the server's network does differently from the library's defaults."""

from __future__ import annotations

import socket

import pytest

from conference_hub.live import network


def test_a_taken_address_is_an_error_even_among_own_servers() -> None:
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
