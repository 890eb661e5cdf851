"""One organiser, N followers: from the command's POST to the last receipt, against the floor of the machine.

Run as `python -m bench.fanout`. The real server on SQLite, a Python loop that writes ready-made frames of the same
size (`bench/rig/floor.py`) and the load each have a process, on loopback. Followers join in steps and stay; at each
step, commands to the one and the other take turns, so that a busy machine slows both. Ratios outlive the machine:
hub to floor at each N, and the largest N to the smallest.
"""

from __future__ import annotations

import json
import signal
import statistics
import tempfile
import time
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from types import FrameType
from typing import Any

from bench.rig.child import Child
from bench.rig.report import last_line
from tests.live.server_process import HubServer
from tests.model_day import CONF

COUNTS = (100, 500, 1500)
ROUNDS = 15
WITHIN_S = 60
"""The whole bench gives up after this."""
EXTRA_S = 30
"""What a command adds to the cue on air, and the next takes away."""


@dataclass(frozen=True, kw_only=True)
class Round:
    """One event told to everybody: milliseconds since its cause."""

    first_ms: float
    last_ms: float
    answer_ms: float
    size: int

    @property
    def spread_ms(self) -> float:
        """From the first receipt to the last: the fan-out without what came before it."""
        return self.last_ms - self.first_ms


class Bench:
    """The three processes, and how many follow."""

    def __init__(self, server: HubServer, floor: Child, load: Child) -> None:
        self._server = server
        self._floor = floor
        self._load = load
        self._ports = {"hub": server.port, "floor": int(floor.hear())}
        self._count = 0
        self._extra_s = EXTRA_S

    def step(self, count: int) -> dict[str, float]:
        """Let the audience grow to `count` and return its figures."""
        joining, self._count = count - self._count, count
        joins = {group: joining / self._join(group, joining) for group in self._ports}
        memory = self.memory_kb()
        size = self._command().size
        rounds = [(self._command(), self._write(size)) for _ in range(ROUNDS)]
        hub, floor = [one for one, _ in rounds], [one for _, one in rounds]
        return {
            "joins_per_s": round(joins["hub"]),
            "floor_joins_per_s": round(joins["floor"]),
            "resident_kb": round(memory),
            "frame_bytes": size,
            "last_ms": _median([one.last_ms for one in hub]),
            "floor_last_ms": _median([one.last_ms for one in floor]),
            "worst_last_ms": round(max(one.last_ms for one in hub), 1),
            "spread_ms": _median([one.spread_ms for one in hub]),
            "floor_spread_ms": _median([one.spread_ms for one in floor]),
            "answer_ms": _median([one.answer_ms for one in hub]),
            "worst_answer_ms": round(max(one.answer_ms for one in hub), 1),
        }

    def memory_kb(self) -> float:
        """Return what the server's process has in memory."""
        with urllib.request.urlopen(f"{self._server.url}/metrics", timeout=10) as response:
            lines = response.read().decode().splitlines()
        (line,) = [line for line in lines if line.startswith("process_resident_memory_bytes ")]
        return float(line.split()[1]) / 1024

    def alone_ms(self) -> float:
        """Return how long a command takes when nobody follows."""
        return _median([self._answered(time.monotonic()) for _ in range(ROUNDS)])

    def _join(self, group: str, count: int) -> float:
        auth = {"conf": CONF, "stream": "public", "after": self._server.head()}
        self._ask_load(do="join", group=group, port=self._ports[group], count=count, auth=auth)
        took_s: float = json.loads(self._load.hear())["took_s"]
        return took_s

    def _command(self) -> Round:
        self._listen("hub")
        began = time.monotonic()
        return self._heard(began, answer_ms=self._answered(began))

    def _write(self, size: int) -> Round:
        self._listen("floor")
        began = time.monotonic()
        self._floor.say(str(size))
        return self._heard(began, answer_ms=0)

    def _answered(self, began: float) -> float:
        """Run a command as the organiser would; return the milliseconds until its answer."""
        status, answer = self._server.run("extend", seconds=self._extra_s)
        self._extra_s = -self._extra_s
        assert status == HTTPStatus.OK, answer
        return (time.monotonic() - began) * 1000

    def _listen(self, group: str) -> None:
        self._ask_load(do="listen", group=group)
        self._load.hear()

    def _heard(self, began: float, answer_ms: float) -> Round:
        heard = json.loads(self._load.hear())
        first_ms, last_ms = ((heard[name] - began) * 1000 for name in ("first", "last"))
        return Round(first_ms=first_ms, last_ms=last_ms, answer_ms=answer_ms, size=heard["bytes"])

    def _ask_load(self, **command: Any) -> None:
        self._load.say(json.dumps(command))


def main() -> None:
    """Measure every count and print the figures."""
    signal.signal(signal.SIGALRM, _give_up)
    signal.signal(signal.SIGTERM, _give_up)
    signal.alarm(WITHIN_S)
    with ExitStack() as stack:
        server = HubServer(directory=Path(stack.enter_context(tempfile.TemporaryDirectory())))
        stack.callback(lambda: server.kill() if server.running else None)
        floor, load = (
            stack.enter_context(Child(module)) for module in ("bench.rig.floor", "bench.rig.followers")
        )
        server.start()
        status, answer = server.run("start")
        assert status == HTTPStatus.OK, answer
        figures = _measure(Bench(server, floor, load))
    signal.alarm(0)
    print(last_line("fanout", figures, _ratios(figures)))


def _measure(bench: Bench) -> dict[str, Any]:
    alone_ms, before = bench.alone_ms(), bench.memory_kb()
    steps = {}
    for count in COUNTS:
        steps[str(count)] = step = bench.step(count)
        print(
            f"{count} followers:", ", ".join(f"{name} {value:g}" for name, value in step.items()), flush=True
        )
    grown = steps[str(COUNTS[-1])]["resident_kb"] - before
    return {
        "alone_answer_ms": alone_ms,
        "kb_per_connection": round(grown / COUNTS[-1], 1),
        "followers": steps,
    }


def _ratios(figures: dict[str, Any]) -> dict[str, Any]:
    steps: dict[str, dict[str, float]] = figures["followers"]
    small, large = steps[str(COUNTS[0])], steps[str(COUNTS[-1])]
    hub_to_floor = {
        name: {count: round(step[name] / step[f"floor_{name}"], 2) for count, step in steps.items()}
        for name in ("last_ms", "spread_ms", "joins_per_s")
    }
    names = ("last_ms", "floor_last_ms", "spread_ms", "answer_ms")
    growth = {name: round(large[name] / small[name], 2) for name in names}
    return {"hub_to_floor": hub_to_floor, f"{COUNTS[-1]}_to_{COUNTS[0]}": growth}


def _median(values: list[float]) -> float:
    return round(statistics.median(values), 2)


def _give_up(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(f"given up on {signal.Signals(number).name}")


if __name__ == "__main__":
    main()
