"""A server of any checkout: started from a prepared data directory, looked at from outside."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import termios
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from bench.rig.memory import memory_kb
from bench.rig.wire import connect, read_for, request, statuses
from tests.services.machine import free_port

START_S = 60.0
EXIT_S = 10.0
"""How long a server may take to hear SIGTERM and end before it is killed."""
AT_ONCE = 4
"""New connections that must be answered; a single one might get the place of somebody who just left."""


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """How the server is started: its bound of open files, whether anybody reads its standard error, guests added."""

    files: int | None = None
    stderr_unread: bool = False
    guests: int = 0


@dataclass(kw_only=True)
class Target:
    """`serve --demo` of the checkout at `checkout`, with a copy of the data in `data`.

    `settings` are further variables of its environment, such as `HUB_TRANSPORT`.
    """

    checkout: Path
    directory: Path
    conditions: Conditions = field(default_factory=Conditions)
    public_url: str | None = None
    database_url: str | None = None
    settings: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    _process: subprocess.Popen[bytes] | None = None
    _log: IO[bytes] | None = None

    @property
    def python(self) -> str:
        """The interpreter of the checkout, with the checkout's dependencies."""
        return str(self.checkout / ".venv" / "bin" / "python")

    @property
    def url(self) -> str:
        """The server's own origin."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def origin(self) -> str:
        """The origin that the server takes for its own pages'."""
        return self.public_url or self.url

    @property
    def pid(self) -> int:
        """The server's process; 0 while there is none."""
        return self._process.pid if self._process else 0

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.directory / "data" / "hub.sqlite3"

    def environment(self) -> dict[str, str]:
        """Return the environment of the server, and of commands on its data."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
        public = {"HUB_PUBLIC_URL": self.public_url, "HUB_PROXIES": "1"} if self.public_url else {}
        place = {"HUB_DATA_DIR": str(self.directory / "data"), "HUB_BIND": f"127.0.0.1:{self.port}"}
        database = {"HUB_DATABASE_URL": self.database_url} if self.database_url else {}
        return kept | public | place | database | self.settings

    def command(self, *arguments: str) -> str:
        """Run Python with `arguments` on the server's data, such as `-m conference_hub ...`; return what it prints."""
        done = subprocess.run(
            [self.python, *arguments],
            cwd=self.checkout,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=True,
            timeout=START_S,
            encoding="utf-8",
        )
        return done.stdout

    def start(self, data: Path | None = None) -> None:
        """Start with a copy of `data` and wait until the server is ready; raises RuntimeError when it is not."""
        self.directory.mkdir(parents=True, exist_ok=True)
        if data is not None:
            shutil.copytree(data, self.directory / "data", dirs_exist_ok=True)
        self._log = (self.directory / "server.log").open("ab")
        files = self.conditions.files
        limited = ["prlimit", f"--nofile={files}:{files}", "--"] if files else []
        self._process = subprocess.Popen(
            [*limited, self.python, "-m", "conference_hub", "serve", "--demo"],
            cwd=self.checkout,
            env=self.environment(),
            stdout=self._log,
            stderr=subprocess.PIPE if self.conditions.stderr_unread else self._log,
        )
        self._wait_until_ready()

    def forget_peak(self) -> None:
        """Let the kernel count the most memory (`VmHWM`) anew; starting up takes more than serving."""
        Path(f"/proc/{self.pid}/clear_refs").write_text("5", encoding="utf-8")

    def memory_kb(self, name: str = "VmRSS") -> int:
        """Return what the process has in memory (`VmRSS`) or had at most (`VmHWM`); 0 when it ended."""
        return memory_kb(self.pid, name)

    def descriptors(self) -> int:
        """Return how many files the process holds open; 0 when it ended."""
        try:
            return sum(1 for _ in Path(f"/proc/{self.pid}/fd").iterdir())
        except OSError:
            return 0

    def log(self) -> str:
        """Return what the server wrote to its log."""
        return (self.directory / "server.log").read_text(encoding="utf-8")

    def log_bytes(self) -> int:
        """Return how much the server wrote to its log; of a standard error that nobody reads, what waits there."""
        written = (self.directory / "server.log").stat().st_size
        if self._process is None or self._process.stderr is None:
            return written
        waiting = fcntl.ioctl(self._process.stderr, termios.FIONREAD, bytes(4))
        return written + int.from_bytes(waiting, sys.byteorder)

    def answers(self, within_s: float = 3.0) -> bool:
        """Return whether a few new connections, open at the same time, each get an answer."""
        until = time.monotonic() + within_s
        try:
            with ExitStack() as stack:
                socks = [stack.enter_context(connect(self.port, within_s)) for _ in range(AT_ONCE)]
                for sock in socks:
                    sock.sendall(request(self.port, "/healthz"))
                return all(statuses(data) for data in read_for(socks, until).values())
        except OSError:
            return False

    def end(self) -> float | None:
        """Send SIGTERM and return the seconds until the process ended; None: it did not, and was killed."""
        assert self._process is not None
        began = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(EXIT_S)
            return round(time.monotonic() - began, 2)
        except subprocess.TimeoutExpired:
            return None
        finally:
            self.kill()

    def kill(self) -> None:
        """End the process if it runs, and close what belongs to it."""
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stderr, self._log):
            if stream is not None:
                stream.close()
        self._process = None

    def _wait_until_ready(self) -> None:
        until = time.monotonic() + START_S
        while time.monotonic() < until:
            assert self._process is not None
            if self._process.poll() is not None:
                break
            with socket.socket() as probe:
                listening = probe.connect_ex(("127.0.0.1", self.port)) == 0
            if listening and self.answers():
                return
            time.sleep(0.05)
        raise RuntimeError(self.log())
