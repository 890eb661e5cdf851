"""Processes of the product without the time that its imports take: each is forked from one that has them already.

For tests that judge nothing of a start. `fork_parent` is that process; each worker of the run has one.
"""

from __future__ import annotations

import atexit
import functools
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]


@dataclass(kw_only=True)
class Forked:
    """A process that `fork_parent` made, with what tests need of `subprocess.Popen`."""

    pid: int
    _status: IO[bytes]
    _code: int | None = None

    def poll(self) -> int | None:
        """Return the exit status, negative for a signal, or None while it runs."""
        return self._code if self._code is not None else self._read(0)

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end and return the exit status; raises TimeoutExpired after `timeout` seconds."""
        code = self._code if self._code is not None else self._read(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(f"process {self.pid}", timeout or 0)
        return code

    def send_signal(self, how: int) -> None:
        """Send a signal to the process unless it has ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, how)

    def terminate(self) -> None:
        """Ask the process to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the process at once."""
        self.send_signal(signal.SIGKILL)

    def _read(self, timeout: float | None) -> int | None:
        if not select.select([self._status], [], [], timeout)[0]:
            return None
        self._code = int(self._status.readline())
        self._status.close()
        return self._code


def start(
    module: str,
    *arguments: str,
    env: Mapping[str, str],
    cwd: Path | None = None,
    stdin: int,
    stdout: int,
    stderr: int,
) -> Forked:
    """Run a module with arguments as `python -m` does, on these descriptors."""
    said = {
        "module": module,
        "arguments": arguments,
        "environment": dict(env),
        "directory": str(cwd or Path.cwd()),
    }
    ours, theirs = os.pipe()
    try:
        socket.send_fds(_parent(), [json.dumps(said).encode()], [stdin, stdout, stderr, theirs])
    finally:
        os.close(theirs)
    status = os.fdopen(ours, "rb", buffering=0)
    return Forked(pid=int(status.readline()), _status=status)


def run(
    module: str, *arguments: str, env: Mapping[str, str], given: str = "", within_s: float
) -> subprocess.CompletedProcess[str]:
    """Run a module to its end, with `given` as its standard input; raises TimeoutExpired after `within_s`."""
    with tempfile.TemporaryFile() as stdin, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        stdin.write(given.encode())
        stdin.seek(0)
        process = start(
            module, *arguments, env=env, stdin=stdin.fileno(), stdout=out.fileno(), stderr=err.fileno()
        )
        try:
            code = process.wait(within_s)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise
        return subprocess.CompletedProcess([module, *arguments], code, _text(out), _text(err))


def _text(written: IO[bytes]) -> str:
    written.seek(0)
    return written.read().decode(errors="backslashreplace")


@functools.cache
def _parent() -> socket.socket:
    """Start the process that is forked, and return the socket that it is told by; both end with this process."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
    data = tempfile.TemporaryDirectory(prefix="hub-forked-")
    command = [sys.executable, "-m", "tests.services.fork_parent", str(theirs.fileno()), data.name]
    process = subprocess.Popen(
        command, pass_fds=[theirs.fileno()], env=kept, cwd=ROOT, stdin=subprocess.DEVNULL
    )
    theirs.close()

    def end() -> None:
        ours.close()
        process.wait()
        data.cleanup()

    atexit.register(end)
    return ours
