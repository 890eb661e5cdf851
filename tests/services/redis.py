"""A Redis of our own that keeps nothing on disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.machine import free_port, program, running


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a Redis for the whole run, on a free port of 127.0.0.1."""
    server = program("redis-server")
    home: Path = tmp_path_factory.mktemp("redis")
    port = free_port()
    command = [server, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with running([*command, "--dir", str(home)], port, home / "log"):
        yield f"redis://127.0.0.1:{port}/0"
