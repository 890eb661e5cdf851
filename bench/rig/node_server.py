"""Node's Socket.IO (`bench/rig/node/server.mjs`), the reference implementation, installed by the bench itself."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from tests.services.machine import free_port
from tools import node
from tools.download import download
from tools.paths import TOOLS
from tools.stamp import once

SOURCES = Path(__file__).parent / "node"
PINS = (SOURCES / "package.json", SOURCES / "package-lock.json")
SERVER = SOURCES / "server.mjs"
INSTALLED = TOOLS / "bench-node"
"""Git ignores it."""


def install() -> None:
    """Fetch the pinned packages, whose lock file has their digests, unless that was done; needs the network."""
    environment = node.environment()
    once(INSTALLED / ".stamp", [*PINS, SERVER], lambda: _install(environment))


def versions() -> dict[str, str]:
    """Return the versions of Node and of Socket.IO that are measured."""
    listed = (INSTALLED / "node_modules" / "socket.io" / "package.json").read_text(encoding="utf-8")
    return {"node": _asked("--version").removeprefix("v"), "socket.io": _asked("-p", f"({listed}).version")}


@dataclass(kw_only=True)
class NodeServer:
    """One server on a free port, with its journal in `directory`."""

    directory: Path
    port: int = field(default_factory=free_port)
    _process: subprocess.Popen[str] | None = None

    @property
    def pid(self) -> int:
        """The process, once it was started."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start and wait until it listens; raises RuntimeError when it ends instead."""
        self.directory.mkdir(parents=True, exist_ok=True)
        self._process = subprocess.Popen(
            ["node", str(INSTALLED / SERVER.name), str(self.port), str(self.directory / "journal")],
            env=node.environment() | {"NODE_ENV": "production"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        assert self._process.stdout is not None
        if self._process.stdout.readline() != "ready\n":
            raise RuntimeError("Node's server did not start")

    def kill(self) -> None:
        """End the process, if it runs, without a chance to close anything."""
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()
        self._process = None


def _install(environment: dict[str, str]) -> None:
    INSTALLED.mkdir(parents=True, exist_ok=True)
    for path in (*PINS, SERVER):
        shutil.copy(path, INSTALLED)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    download("npm", command, cwd=INSTALLED, env=environment)


def _asked(*arguments: str) -> str:
    asked = ["node", *arguments]
    return subprocess.run(
        asked, env=node.environment(), capture_output=True, check=True, encoding="utf-8"
    ).stdout.strip()
