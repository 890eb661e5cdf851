"""The server's clock is set while people follow: what is sent afterwards has the new time, and nothing else changes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from conference_hub.core.now import parse_iso, utc_now
from tests.live.conftest import OpenScreen
from tests.live.server_process import HubServer
from tests.services.machine import wait_until

SLACK = timedelta(seconds=20)
"""How long a message may be on its way on a busy machine."""


@pytest.fixture
def hub_server(tmp_path: Path, clock: Path) -> Iterator[HubServer]:
    """The server with the model conference, by the clock of the test."""
    server = HubServer(
        directory=tmp_path / "hub",
        extra_env={"HUB_TEST_CLOCK": str(clock)},
        program=(sys.executable, "-m", "tests.e2e.clocked_hub"),
        forked=True,
    )
    server.start()
    yield server
    if server.running:
        server.kill()


@pytest.mark.parametrize("ahead_s", [-3600, 3600])
def test_heartbeats_and_answers_follow_a_clock_that_was_set(
    hub_server: HubServer, screen: OpenScreen, clock: Path, ahead_s: int
) -> None:
    following = screen()
    assert near(following.ask_time(), utc_now())

    clock.write_text(str(ahead_s), encoding="utf-8")

    set_time = utc_now() + timedelta(seconds=ahead_s)
    assert near(following.ask_time(), set_time)
    assert near(hub_server.get("state?stream=public")[1]["now"], set_time)
    heard = len(following.heartbeats)
    wait_until(lambda: len(following.heartbeats) > heard, "no heartbeat came")
    assert near(following.heartbeats[-1]["now"], set_time)


def near(instant: str, expected: datetime) -> bool:
    """Return whether an instant is the expected one, but for the time that messages take."""
    return abs(parse_iso(instant) - expected) < SLACK
