"""A process of the bare application, and what a test asks of it."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any

import pytest

from tests.services.machine import wait_until
from tests.services.ring import need_ring

ROOT = Path(__file__).parents[2]
TRANSPORTS = ("fast", "ring", "stock")
"""`ring`: the fast one that sends through io_uring, where this machine has it."""
STOP_S = 20.0

Known = dict[str, Any]


@contextmanager
def running(transport: str, directory: Path, *options: str) -> Iterator[BareServer]:
    """Run the bare application for the block; it has to end in order, with no traceback in its log."""
    if transport == "ring":
        need_ring()
    log = directory / "server.log"
    with log.open("wb") as file:
        server = BareServer(transport, file, *options)
        try:
            yield server
        finally:
            status = server.stop()
    assert (status, "Traceback" in log.read_text(encoding="utf-8")) == (0, False), log.read_text(
        encoding="utf-8"
    )


def on_each_transport(*options: str) -> Any:
    """Return a fixture of a module: the bare application with these options, on each of the `TRANSPORTS` in turn."""

    @pytest.fixture(scope="module", params=TRANSPORTS)
    def served(
        request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
    ) -> Iterator[BareServer]:
        with running(request.param, tmp_path_factory.mktemp("bare"), *options) as server:
            yield server

    return served


class BareServer:
    """The bare application on a port of its own, on one of the `TRANSPORTS`."""

    def __init__(self, transport: str, log: IO[bytes], *options: str) -> None:
        command = [sys.executable, "-m", "tests.live.bare_app", transport, *options]
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=log)
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())

    @property
    def url(self) -> str:
        """Where it is found."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    def do(self, *steps: tuple[Any, ...]) -> Known:
        """Take the steps in one go, and return what the application knows then."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("POST", "/do", json.dumps(steps))
            answer = connection.getresponse()
            content = answer.read()
            assert answer.status == HTTPStatus.OK, (steps, answer.status)
            known: Known = json.loads(content)
        finally:
            connection.close()
        return known

    def until(self, what: str, holds: Callable[[Known], object]) -> Known:
        """Wait until `holds` of what the application knows, and return that; `what` is for the failure's message."""
        known: list[Known] = []

        def asked() -> bool:
            known.append(self.do())
            return bool(holds(known[-1]))

        wait_until(asked, what)
        return known[-1]

    def stop(self) -> int:
        """End it and return its exit status."""
        self._process.terminate()
        assert self._process.stdout is not None
        self._process.stdout.close()
        return self._process.wait(STOP_S)
