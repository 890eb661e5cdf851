"""What a service needs of the machine: its program, a free port, a process that ends when the test does."""

import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.judges.availability import missing
from tools.machine import find

ENDS_WITHIN_S = 30
STARTS_WITHIN_S = 60
POLL_S = 0.05
PORTS = range(12_000, 32_000)


def program(name: str, *places: str) -> str:
    """Return the path of a program, looked for where `make test` looks for it, and in `places` (globs).

    Without it the test is skipped with the reason, or fails where `CI=true`: there everything must run.
    """
    found = find(name, *places)
    if found is None:
        missing(name, "`make test` as root on Debian installs it")
    return found


def free_port() -> int:
    """Return a TCP port of 127.0.0.1 that nobody listens on.

    It lies below the ports that the system gives to outgoing connections, and is drawn at random, so that no other
    worker of the run takes it before its server does.
    """
    for port in (secrets.choice(PORTS) for _ in PORTS):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    pytest.fail("every port is taken")


def listening(port: int) -> bool:
    """Return whether 127.0.0.1:`port` accepts a connection."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(ready: Callable[[], bool], what: str, within_s: float = STARTS_WITHIN_S) -> None:
    """Poll `ready` until it holds; fail the test, naming `what`, when it does not within `within_s`."""
    deadline = time.monotonic() + within_s
    while not ready():
        if time.monotonic() > deadline:
            pytest.fail(f"{what} was not ready within {within_s:.0f} s")
        time.sleep(POLL_S)


@contextmanager
def running(command: list[str], port: int, log: Path, *, user: str | None = None) -> Iterator[int]:
    """Run `command`, as `user` if one is given, until the block ends; gives its process id.

    It must listen on `port`, and prints into `log`.

    It gets SIGINT when this process dies, however that comes about, so no run leaves a service behind.
    """
    become = ["--reuid", user, "--regid", user, "--init-groups"] if user else []
    words = [program("setpriv"), "--pdeathsig", "INT", *become, "--", *command]
    with log.open("wb") as output, subprocess.Popen(words, stdout=output, stderr=output) as process:
        try:
            wait_until(lambda: listening(port) or process.poll() is not None, command[0])
            if process.poll() is not None:
                pytest.fail(
                    f"{command[0]} ended at once:\n{log.read_text(errors='replace', encoding='utf-8')}"
                )
            yield process.pid
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(ENDS_WITHIN_S)
            except subprocess.TimeoutExpired:
                process.kill()
