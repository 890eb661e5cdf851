"""Applause on the real server: one number for everybody, at most twice a second, whatever one connection sends."""

from __future__ import annotations

import time
from contextlib import closing

from tests.live.conftest import OpenScreen
from tests.live.server_process import HubServer
from tests.live.wire import flood, text, web_socket
from tests.model_day import CONF

PATIENCE_S = 30.0
TAPS = text('42["applause",{"taps":1}]')


def heard_by(screen: OpenScreen, role: str | None) -> list[int]:
    """Return the numbers that a new follower hears from now on."""
    heard: list[int] = []
    one = screen("operator" if role else "public", role)
    one._client.on("applause", lambda doc: heard.append(doc["claps"]))
    return heard


def wait_for(heard: list[int], claps: int) -> None:
    until = time.monotonic() + PATIENCE_S
    while not any(number >= claps for number in heard):
        assert time.monotonic() < until, heard
        time.sleep(0.01)


def test_a_crowd_is_one_number_told_at_most_twice_a_second(hub_server: HubServer, screen: OpenScreen) -> None:
    heard = {role: heard_by(screen, role) for role in (None, "operator")}
    crowd = [screen() for _ in range(8)]
    began = time.monotonic()
    for _ in range(6):
        for one in crowd:
            one._client.emit("applause", {"taps": 4})
    for of_one in heard.values():
        wait_for(of_one, 8 * 6 * 4)

    took_s = time.monotonic() - began
    assert max(len(of_one) for of_one in heard.values()) <= 1 + 2 * took_s


def test_a_flood_of_taps_ends_its_own_connection_and_counts_as_two_hands(
    hub_server: HubServer, screen: OpenScreen
) -> None:
    heard, honest = heard_by(screen, None), screen()
    began = time.monotonic()
    with closing(web_socket(hub_server.port)) as connection:
        connection.sendall(text(f'40{{"conf":"{CONF}","stream":"public"}}'))
        sent = flood(connection, TAPS * 20, 10_000)
    took_s = time.monotonic() - began
    honest._client.emit("applause", {"taps": 2})
    wait_for(heard, 2)

    assert sent < 10_000
    assert max(heard) <= 24 + 12 * took_s + 2
