"""Who is measured against one another: the hub, in each of its ways to send, Node's Socket.IO, and the floor."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any, Protocol

from bench.rig.child import Child
from bench.rig.client import Client
from bench.rig.node_server import NodeServer
from bench.rig.target import Target
from bench.rig.template import Template
from tests.live.server_process import EVERYTHING
from tests.model_day import CONF

FALLS_BACK = "the stock transport serves"
"""What the hub's log says where the fast transport cannot be."""
EXTRA_S = 30
"""What a press adds to the cue on air, and the next one takes away."""
TOPIC = "CueExtended"
SAMPLE = {
    "stream": "public",
    "topic": TOPIC,
    "at": "2021-12-02T00:20:00.000Z",
    "body": {
        "docs": {
            "cue/1": {"title": {"ko": "개회", "en": "Opening"}, "extension_s": EXTRA_S, "fill": "." * 400}
        }
    },
}
"""What is told where the hub is not measured beside it."""


def as_large(payload: str) -> dict[str, Any]:
    """Return the entry of an event, filled up so that it takes as many bytes when it is sent without a space."""
    entry: dict[str, Any] = json.loads(payload.removeprefix("42"))[1][0]
    missing = len(payload.encode()) - len(event(entry | {"fill": ""}).encode())
    return entry | {"fill": "." * missing} if missing >= 0 else entry


def event(entry: dict[str, Any]) -> str:
    """Return the packet that tells of one entry."""
    return "42" + json.dumps(["entries", [entry]], ensure_ascii=False, separators=(",", ":"))


class Contender(Protocol):
    """A server with an audience.

    `auth` is what its followers say when they join, `entry` what it tells, unless it chooses that itself.
    """

    name: str
    auth: dict[str, Any]
    entry: dict[str, Any]

    @property
    def port(self) -> int:
        """Where it listens."""

    @property
    def pid(self) -> int:
        """Its process."""

    def start(self) -> None:
        """Start and wait until it listens."""

    def press(self) -> float:
        """Cause an entry with the topic `TOPIC`; return the seconds until the answer."""

    def head(self) -> int:
        """Return the number of the last entry."""

    def kill(self) -> None:
        """End it without a chance to close anything; `start` begins where it was."""


@dataclass(kw_only=True)
class Hub:
    """The hub of a checkout with these settings; a press is an organiser's command. It chooses its own entries."""

    name: str
    template: Template
    target: Target
    guests: int = 0
    auth: dict[str, Any] = field(default_factory=lambda: {"conf": CONF, "stream": "public"})
    entry: dict[str, Any] = field(default_factory=dict)
    _organiser: Client | None = None
    _extra_s: int = EXTRA_S

    @property
    def port(self) -> int:
        """Where it listens."""
        return self.target.port

    @property
    def pid(self) -> int:
        """Its process."""
        return self.target.pid

    def start(self) -> None:
        """Start on a copy of the template's data, or on what it had when it was killed.

        Raises RuntimeError when it has another transport than it was asked for.
        """
        first = self._organiser is None
        self.target.start(self.template.data(self.guests) if first else None)
        if FALLS_BACK in self.target.log():
            raise RuntimeError(f"{self.name} has the stock transport: the versions of libraries are others")
        self._organiser = Client(self.port, self.template.organiser)

    def press(self) -> float:
        """Make the cue on air longer, or as long as before."""
        assert self._organiser is not None
        known = {"lane": "hall", "seen": EVERYTHING, "seconds": self._extra_s}
        answer = self._organiser.command(f"/api/v1/c/{CONF}/run/extend", **known)
        assert answer.status == HTTPStatus.OK, answer.text
        self._extra_s = -self._extra_s
        return answer.took_s

    def head(self) -> int:
        """Return the head of the public stream."""
        assert self._organiser is not None
        head: int = self._organiser.get(f"/api/v1/c/{CONF}/state?stream=public").document["head"]
        return head

    def kill(self) -> None:
        """End it with SIGKILL."""
        self.target.kill()


@dataclass(kw_only=True)
class Node:
    """Node's Socket.IO; a press is a POST of the entry."""

    server: NodeServer
    name: str = "node"
    auth: dict[str, Any] = field(default_factory=dict)
    entry: dict[str, Any] = field(default_factory=lambda: dict(SAMPLE))
    _organiser: Client | None = None

    @property
    def port(self) -> int:
        """Where it listens."""
        return self.server.port

    @property
    def pid(self) -> int:
        """Its process."""
        return self.server.pid

    def start(self) -> None:
        """Start with the journal that it had."""
        self.server.start()
        self._organiser = Client(self.port)

    def press(self) -> float:
        """Post the entry; the server numbers it."""
        assert self._organiser is not None
        answer = self._organiser.post("/press", **self.entry)
        assert answer.status == HTTPStatus.OK, answer.text
        return answer.took_s

    def head(self) -> int:
        """Ask for the last number."""
        assert self._organiser is not None
        head: int = self._organiser.get("/head").document["seq"]
        return head

    def kill(self) -> None:
        """End it with SIGKILL."""
        self.server.kill()


@dataclass(kw_only=True)
class Floor:
    """A loop that writes ready-made frames; a press is a line to it. It answers nothing and keeps nothing."""

    name: str = "floor"
    auth: dict[str, Any] = field(default_factory=dict)
    entry: dict[str, Any] = field(default_factory=lambda: dict(SAMPLE))
    port: int = 0
    _child: Child | None = None
    _seq: int = 0

    @property
    def pid(self) -> int:
        """Its process."""
        assert self._child is not None
        return self._child.pid

    def start(self) -> None:
        """Start and read where it listens."""
        self._child = Child("bench.rig.floor")
        self.port = int(self._child.hear())

    def press(self) -> float:
        """Let it write the entry under the next number."""
        assert self._child is not None
        self._seq += 1
        self._child.say(event(self.entry | {"seq": self._seq}))
        return 0.0

    def head(self) -> int:
        """Return the number of the last entry."""
        return self._seq

    def kill(self) -> None:
        """End it."""
        if self._child is not None:
            self._child.end()
        self._child = None


HUBS = {way: {"HUB_TRANSPORT": way} for way in ("fast", "stock")}
"""The hubs that are measured: name → settings."""
NAMES = (*HUBS, "node", "floor")


def contender(name: str, template: Template | None, directory: Path, guests: int = 0) -> Contender:
    """Return the contender of that name, not started, with its data in `directory`; a hub needs a template."""
    if name == "node":
        return Node(server=NodeServer(directory=directory))
    if name == "floor":
        return Floor()
    assert template is not None
    target = Target(checkout=template.checkout, directory=directory, settings=HUBS[name])
    return Hub(name=name, template=template, target=target, guests=guests)
