"""What an attack is, and what it is given to work with."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bench.rig.target import Conditions, Target
from bench.rig.wire import request, websocket

Gains = dict[str, Any]
"""What the attacker got: counts, statuses, close codes."""


@dataclass(kw_only=True)
class Scene:
    """A running server, and how long to attack it; `measure` forgets what was measured while the attack got ready."""

    target: Target
    port: int
    conf: str
    token: str
    staff_token: str
    seconds: float
    measure: Callable[[], None]
    _began: float = field(default_factory=time.monotonic)

    @property
    def until(self) -> float:
        """The instant, of `time.monotonic()`, at which the attack stops."""
        return self._began + self.seconds

    @property
    def over(self) -> bool:
        """Return whether the time is up."""
        return time.monotonic() >= self.until

    @property
    def bearer(self) -> dict[str, str]:
        """The header of an organiser's machine."""
        return {"Authorization": f"Bearer {self.token}"}

    def restart_clock(self) -> None:
        """Begin to attack only now: what came before was to get ready."""
        self._began = time.monotonic()
        self.measure()

    def page(self, path: str) -> bytes:
        """Return the request of an organiser's machine for a page of the conference."""
        return request(self.port, f"/c/{self.conf}/{path}", self.bearer)

    def command(self, name: str, body: bytes) -> bytes:
        """Return the request that posts a run command."""
        headers = self.bearer | {"Content-Type": "application/json"}
        return request(self.port, f"/api/v1/c/{self.conf}/run/{name}", headers, body)

    def websocket(self) -> socket.socket:
        """Open a WebSocket of Engine.IO as somebody unknown from a page of the hub's."""
        return websocket(self.port, self.target.origin, wait_s=2)

    def staff_websocket(self) -> socket.socket:
        """Open a WebSocket of Engine.IO as a machine of gate staff."""
        headers = {"Authorization": f"Bearer {self.staff_token}"}
        return websocket(self.port, self.target.origin, headers)


@dataclass(frozen=True, kw_only=True)
class Attack:
    """One way to trouble the server; `run` stops by itself."""

    name: str
    run: Callable[[Scene], Gains]
    conditions: Conditions = field(default_factory=Conditions)
    seconds: float = 4.0
    through_nginx: bool = False
