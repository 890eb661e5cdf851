"""The moment of the day: from the press that reveals an award to every browser that follows.

Run as `python -m bench.reveal [--counts 1000,5000] [--rounds N]`. The real server on SQLite, and the load in
processes of its own, on loopback. Each round readies an award, reveals it, waits until every follower has heard, and
takes it back. Beside the hub a Python loop writes ready-made frames of the same size to as many open sockets
(`bench/rig/floor.py`), in turns with it. Milliseconds move with the machine: compare the ratios.
"""

from __future__ import annotations

import argparse
import json
import signal
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from types import FrameType
from typing import Any

from bench.rig.child import Child
from bench.rig.contenders import as_large, event
from bench.rig.report import last_line
from tests.live.server_process import HubServer
from tests.model_day import CONF

COUNTS = (1000, 5000)
ROUNDS = 10
WITHIN_S = 240
"""The whole bench gives up after this."""
AWARD = "case-01"


@dataclass(frozen=True, kw_only=True)
class Heard:
    """One event as all followers heard it: milliseconds from its cause to the given share of them, and its payload."""

    p50_ms: float
    p99_ms: float
    last_ms: float
    payload: str


class Bench:
    """The server, the floor beside it, and the followers of both."""

    def __init__(self, server: HubServer, floor: Child, loads: dict[str, Child], rounds: int) -> None:
        self._server = server
        self._floor = floor
        self._loads = loads
        self._rounds = rounds
        self._ports = {"hub": server.port, "floor": int(floor.hear())}
        self._written_seq = 0
        self._count = 0

    def step(self, count: int) -> dict[str, float]:
        """Let the audience grow to `count` and return its figures."""
        joining, self._count = count - self._count, count
        for group in self._ports:
            self._join(group, joining)
        hub, floor = [], []
        for _ in range(self._rounds):
            hub.append(self._revealed())
            floor.append(self._written(hub[-1]))
        return {"frame_bytes": len(hub[0].payload.encode()), **_figures("", hub), **_figures("floor_", floor)}

    def _join(self, group: str, count: int) -> None:
        auth = {"conf": CONF, "stream": "public"}
        after = self._server.head() if group == "hub" else self._written_seq
        self._ask(group, do="join", port=self._ports[group], count=count, auth=auth, after=after)
        self._loads[group].hear()

    def _revealed(self) -> Heard:
        """Press once: everybody hears of the reveal; then seal the award again, which everybody hears too."""
        self._command("arm")
        heard = self._measured("hub", lambda: self._command("reveal"))
        self._measured("hub", lambda: self._command("take-back"))
        return heard

    def _written(self, told: Heard) -> Heard:
        """Write what the hub told to the floor's followers, under their next number."""
        self._written_seq += 1
        line = event(as_large(told.payload) | {"seq": self._written_seq})
        return self._measured("floor", lambda: self._floor.say(line))

    def _measured(self, group: str, cause: Callable[[], None]) -> Heard:
        self._ask(group, do="listen")
        self._loads[group].hear()
        began = time.monotonic()
        cause()
        heard = json.loads(self._loads[group].hear())
        names = {name: (heard[name] - began) * 1000 for name in ("p50", "p99", "last")}
        return Heard(
            p50_ms=names["p50"], p99_ms=names["p99"], last_ms=names["last"], payload=heard["payload"]
        )

    def _command(self, name: str) -> None:
        status, answer = self._server.award(AWARD, name)
        assert status == HTTPStatus.OK, answer

    def _ask(self, group: str, **command: Any) -> None:
        self._loads[group].say(json.dumps(command))


def main() -> None:
    """Measure every count and print the figures."""
    arguments = _arguments()
    for number in (signal.SIGALRM, signal.SIGTERM):
        signal.signal(number, _give_up)
    signal.alarm(WITHIN_S)
    with ExitStack() as stack:
        server = HubServer(directory=Path(stack.enter_context(tempfile.TemporaryDirectory())))
        stack.callback(lambda: server.kill() if server.running else None)
        floor = stack.enter_context(Child("bench.rig.floor"))
        loads = {group: stack.enter_context(Child("bench.rig.followers")) for group in ("hub", "floor")}
        server.start()
        figures = _measure(Bench(server, floor, loads, arguments.rounds), arguments.counts)
    signal.alarm(0)
    print(last_line("reveal", {"followers": figures}, _ratios(figures)))


def _measure(bench: Bench, counts: Sequence[int]) -> dict[str, dict[str, float]]:
    found = {}
    for count in counts:
        found[str(count)] = step = bench.step(count)
        words = ", ".join(f"{name} {value:g}" for name, value in step.items())
        print(f"{count} followers: {words}", flush=True)
    return found


def _figures(prefix: str, heard: Sequence[Heard]) -> dict[str, float]:
    return {
        f"{prefix}{name}": round(statistics.median(getattr(one, name) for one in heard), 1)
        for name in ("p50_ms", "p99_ms", "last_ms")
    }


def _ratios(figures: dict[str, dict[str, float]]) -> dict[str, Any]:
    return {
        "hub_to_floor": {
            name: {count: round(step[name] / step[f"floor_{name}"], 2) for count, step in figures.items()}
            for name in ("p50_ms", "p99_ms", "last_ms")
        }
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", type=_counts, default=COUNTS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    return parser.parse_args()


def _counts(text: str) -> tuple[int, ...]:
    return tuple(sorted(int(part) for part in text.split(",")))


def _give_up(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(f"given up on {signal.Signals(number).name}")


if __name__ == "__main__":
    main()
