"""The writes of a live day, from a process of its own: gates, a console and an audience that claps.

It reads a line `{"port", "organiser", "staff", "tokens", "after"}`: machine tokens, what badges hold, and the head of
the public stream. It answers `{}` when all are at work, and after the next line `{"scans_per_s", "scan_p99_ms",
"commands_per_s", "claps_per_s"}`; then it ends.
"""

from __future__ import annotations

import gc
import json
import sys
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from http import HTTPStatus
from itertools import count, cycle
from typing import Any

from bench.rig.audience import Audience
from bench.rig.client import Answer, Client
from bench.rig.figures import P99, percentile
from bench.rig.subject import GATE
from tests.live.server_process import EVERYTHING
from tests.model_day import CONF

SCANS_PER_S = 50
COMMANDS_PER_S = 2
CLAPPERS = 50
"""Each claps once a second."""
TAPS = b'42["applause",{"taps":3}]'
GATES = 16
"""Scans under way at most."""
TURN_S = 0.02


class LiveDay:
    """Everybody at work until `end`."""

    def __init__(self, port: int, organiser: str, staff: str, tokens: Sequence[str], after: int) -> None:
        self._port = port
        self._staff = staff
        self._organiser = Client(port, organiser)
        self._tokens = cycle(tokens)
        self._over = threading.Event()
        self._of_thread = threading.local()
        self._gates = ThreadPoolExecutor(GATES)
        self._console = ThreadPoolExecutor(1)
        self._scans: list[Future[float]] = []
        self._commands: list[Future[None]] = []
        self._layers = cycle(("applause", None))
        self._claps = 0
        self._audience = Audience(port, {"conf": CONF, "stream": "public"})
        self._audience.join(CLAPPERS, after)
        while self._audience.joined < CLAPPERS:
            self._audience.turn(TURN_S)
        self._audience.watch(sys.stdin.fileno())
        self._began = time.monotonic()
        self._threads = [
            threading.Thread(target=_steadily, args=(per_s, act, self._over))
            for per_s, act in ((SCANS_PER_S, self._scan), (COMMANDS_PER_S, self._command))
        ]
        for thread in self._threads:
            thread.start()

    def clap_until_told(self) -> None:
        """Clap, hear what the hub tells, and return once something was said on the standard input."""
        while not self._audience.turn(TURN_S):
            due = int((time.monotonic() - self._began) * CLAPPERS)
            for number in range(self._claps, due):
                self._audience.say(number % CLAPPERS, TAPS)
            self._claps = max(self._claps, due)

    def end(self) -> dict[str, float]:
        """Stop, and return what was done; raises AssertionError when the hub refused anything."""
        self._over.set()
        for thread in self._threads:
            thread.join()
        for workers in (self._gates, self._console):
            workers.shutdown()
        took_s = time.monotonic() - self._began
        scans = [scan.result() for scan in self._scans]
        commands = [command.result() for command in self._commands]
        return {
            "scans_per_s": round(len(scans) / took_s, 1),
            "scan_p99_ms": round(percentile(scans, P99) * 1000, 1),
            "commands_per_s": round(len(commands) / took_s, 1),
            "claps_per_s": round(self._claps / took_s, 1),
        }

    def _scan(self) -> None:
        self._scans.append(self._gates.submit(self._redeem, next(self._tokens)))

    def _redeem(self, token: str) -> float:
        if not hasattr(self._of_thread, "client"):
            self._of_thread.client = Client(self._port, self._staff)
        began = time.monotonic()
        scan = {"scan_id": uuid.uuid4().hex, "token": token, "gate": GATE}
        _accepted(self._of_thread.client.post(f"/api/v1/c/{CONF}/checkin/redeem", **scan))
        return time.monotonic() - began

    def _command(self) -> None:
        self._commands.append(self._console.submit(self._lay, next(self._layers)))

    def _lay(self, layer: str | None) -> None:
        body = {"lane": "hall", "seen": EVERYTHING, "layer": layer}
        _accepted(self._organiser.command(f"/api/v1/c/{CONF}/screens/layer", **body))


def _steadily(per_s: float, act: Callable[[], None], over: threading.Event) -> None:
    """Do something so many times a second, whatever else takes time, until it is over."""
    began = time.monotonic()
    for number in count():
        if over.wait(max(0.0, began + number / per_s - time.monotonic())):
            return
        act()


def _accepted(answer: Answer) -> None:
    assert answer.status == HTTPStatus.OK, answer.text


def _say(answer: dict[str, Any]) -> None:
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    gc.disable()
    day = LiveDay(**json.loads(sys.stdin.readline()))
    _say({})
    day.clap_until_told()
    _say(day.end())
