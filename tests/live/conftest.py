"""A real server process for each test that asks for one, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.live.screen import Screen
from tests.live.server_process import HubServer

OpenScreen = Callable[..., Screen]


@pytest.fixture
def clock(tmp_path: Path) -> Path:
    """The file that says how many seconds the hub's clock is ahead."""
    file = tmp_path / "clock"
    file.write_text("0", encoding="utf-8")
    return file


@pytest.fixture
def hub_server(tmp_path: Path, database_url: str) -> Iterator[HubServer]:
    """The server with the model conference in it, started; killed at the end if it still runs."""
    server = HubServer(directory=tmp_path / "hub", database_url=database_url, forked=True)
    server.start()
    yield server
    if server.running:
        server.kill()


@pytest.fixture(scope="module")
def sqlite_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubServer]:
    """One server for all tests of a module that change nothing, on SQLite."""
    server = HubServer(directory=tmp_path_factory.mktemp("hub"), forked=True)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def screen(hub_server: HubServer) -> Iterator[OpenScreen]:
    """Return `screen(stream="public", role=None)`: a connected screen, closed at the end."""
    opened: list[Screen] = []

    def connected(stream: str = "public", role: str | None = None) -> Screen:
        one = Screen(hub_server, stream, role)
        one.connect()
        opened.append(one)
        return one

    yield connected
    for one in opened:
        one.leave()
