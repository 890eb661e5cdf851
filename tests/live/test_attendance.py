"""Who follows from elsewhere on the real server: connected, not watching, left; and what becomes of a dead process."""

from __future__ import annotations

import sys
import urllib.request
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
import socketio

from tests.integration.kinds import ON_POSTGRES, ON_SQLITE
from tests.live.screen import Screen
from tests.live.server_process import HubServer
from tests.live.test_watching import cookie_of, follow, secrets
from tests.services.machine import wait_until

pytestmark = pytest.mark.slow

LEFT_S = 200
"""Seconds after which somebody without a connection has left, whatever was known last."""
AWAY = ("connected", "idle", "left")


class Clock:
    """The clock of servers, which a test sets on."""

    def __init__(self, file: Path) -> None:
        self._file, self._ahead = file, 0
        self.forward(0)

    def forward(self, seconds: int) -> None:
        """Set it on."""
        self._ahead += seconds
        self._file.write_text(str(self._ahead), encoding="utf-8")

    @property
    def env(self) -> dict[str, str]:
        """How a server is told of it."""
        return {"HUB_TEST_CLOCK": str(self._file)}


class Elsewhere:
    """What a console is told of who takes part from elsewhere."""

    def __init__(self, server: HubServer) -> None:
        self.screen = Screen(server, "operator", "operator")
        self.screen.connect()

    def states(self) -> list[str]:
        """Return the state of everybody of whom something is known."""
        docs = dict(self.screen.docs)
        return sorted(doc["state"] for key, doc in docs.items() if key.startswith("elsewhere/"))

    def counted(self) -> dict[str, int]:
        """Return how many are connected, not watching, or have left, as the counts say."""
        total = dict(self.screen.docs).get("attendance", {}).get("total", {})
        return {state: total[state] for state in AWAY if total.get(state)}

    def becomes(self, *states: str) -> None:
        """Wait until everybody is where they should be, and the counts say so too."""
        wanted = {state: states.count(state) for state in AWAY if state in states}
        wait_until(lambda: self.states() == sorted(states), f"states {states}")
        wait_until(lambda: self.counted() == wanted, f"counts {wanted}")


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    return Clock(tmp_path / "clock")


@pytest.fixture
def servers(clock: Clock, tmp_path: Path, database_url: str) -> Iterator[list[HubServer]]:
    """Return a server by that clock, and on PostgreSQL another one on the same database."""
    count = 2 if database_url.startswith("postgresql") else 1
    started = [
        HubServer(
            directory=tmp_path / f"hub-{number}",
            database_url=database_url,
            prepared=number == 0,
            forked=True,
            extra_env=clock.env,
            program=(sys.executable, "-m", "tests.e2e.clocked_hub"),
        )
        for number in range(count)
    ]
    for server in started:
        server.start()
    yield started
    for server in started:
        if server.running:
            server.kill()


def gone(server: HubServer, left: int) -> None:
    """Wait until so many guests are still connected: who hangs up has left only once the server has heard of it."""

    def connected() -> bool:
        with urllib.request.urlopen(f"{server.url}/metrics") as answer:
            return f'hub_sockets{{stream="public"}} {left}.0' in answer.read().decode()

    wait_until(connected, f"{left} guests connected")


def guests(server: HubServer, count: int) -> list[socketio.Client]:
    """Let the first guests open their live page."""
    return [follow(server, cookie_of(server, secret)) for secret in islice(secrets(server), count)]


@ON_SQLITE
def test_guest_is_connected_idle_and_left(servers: list[HubServer], clock: Clock) -> None:
    [server] = servers
    console = Elsewhere(server)
    one, other = guests(server, 2)
    console.becomes("connected", "connected")

    one.emit("watching", {"visible": False})
    console.becomes("connected", "idle")
    other.disconnect()
    gone(server, 1)
    clock.forward(LEFT_S)

    console.becomes("idle", "left")
    one.disconnect()
    console.screen.leave()


@ON_POSTGRES
def test_people_of_a_killed_process_have_left_and_may_come_back(
    servers: list[HubServer], clock: Clock
) -> None:
    first, second = servers
    console = Elsewhere(second)
    [lost] = guests(first, 1)
    console.becomes("connected")

    first.kill()
    clock.forward(LEFT_S)
    console.becomes("left")
    [back] = guests(second, 1)

    console.becomes("connected")
    back.disconnect()
    lost.disconnect()
    console.screen.leave()
