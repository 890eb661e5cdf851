"""The server with a heartbeat: `python -m tests.live.beating FILE serve` notes in FILE what holds its loop up.

A task of the loop beats every 10 ms. Between two beats it measures the CPU time of the loop's own thread: what other
processes do to this machine does not count, only work that the loop does without giving others a turn. A beat after
more than `NOTED_MS` of it becomes a line of JSON, `{"from", "to", "cpu_ms", "stack"}`: seconds of `time.monotonic()`,
which all processes share, and where the thread was when it was late.
"""

from __future__ import annotations

import sys

from conference_hub.live import network

network.patch()

import json  # noqa: E402 - what is imported must find the library patched
import threading  # noqa: E402
import time  # noqa: E402
import traceback  # noqa: E402
from collections import deque  # noqa: E402
from itertools import count  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

from conference_hub.cli import serve  # noqa: E402
from conference_hub.cli.main import main  # noqa: E402

EVERY_S = 0.01
NOTED_MS = 15.0
KNOWN_MS = 0.84
"""What `known_work` takes on an idle core of 2.6 GHz; a faster one is not asked for more."""
BEATS_PER_SAMPLE, SAMPLES = 20, 10
"""How slow the core is, is looked at every 0.2 s, and the slowest moment of the last two seconds counts: a neighbour
that held the core up during a block may be done when the block is over."""
PRUNE_FIRST_S = 2.0
"""Pruning begins so soon after the start, and comes again so often, instead of after minutes and hours."""


def known_work() -> None:
    """Do the piece of work by which processors are compared."""
    total = 0
    for number in range(30_000):
        total += number


class Heart:
    """Beats in the loop; a thread of the system looks whether a beat is late, and where the loop is then."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._loop = threading.get_ident()
        self._clock = time.pthread_getcpuclockid(network.real_threads().get_ident())
        self._beat_at = self._cpu_s()
        self._stack: list[str] = []
        self._slow: deque[float] = deque(maxlen=SAMPLES)

    def beat(self) -> None:
        """Beat until the process ends."""
        came = time.monotonic()
        for number in count():
            if number % BEATS_PER_SAMPLE == 0:
                self._slow.append(self._slowness())
                self._beat_at = self._cpu_s()
            network.sleep(EVERY_S)
            cpu_s, now = self._cpu_s(), time.monotonic()
            if (cpu_s - self._beat_at) * 1000 > NOTED_MS:
                self._note(came, now, (cpu_s - self._beat_at) * 1000)
            self._stack, self._beat_at, came = [], self._cpu_s(), now

    def watch(self, wait: Any) -> None:
        """Look every few milliseconds whether the loop is late, and keep where it is."""
        own = network.real_threads().main_thread().ident
        while True:
            wait.wait(EVERY_S / 2)
            if not self._stack and (self._cpu_s() - self._beat_at) * 1000 > NOTED_MS:
                frames = traceback.extract_stack(sys._current_frames()[own])
                self._stack = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-14:]]

    def _slowness(self) -> float:
        """Return how many times as long as on an idle core work takes now; at least 1."""
        began = self._cpu_s()
        known_work()
        return max(1.0, (self._cpu_s() - began) * 1000 / KNOWN_MS)

    def _cpu_s(self) -> float:
        return time.clock_gettime(self._clock)

    def _note(self, came: float, now: float, cpu_ms: float) -> None:
        work_ms = round(cpu_ms / max(self._slowness(), *self._slow), 1)
        line = {"from": came, "to": now, "cpu_ms": round(cpu_ms, 1), "work_ms": work_ms, "stack": self._stack}
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


def run(file: Path, arguments: list[str]) -> int:
    """Start the heart, then the command line."""
    heart, threads = Heart(file), network.real_threads()
    network.spawn(heart.beat)
    threads.Thread(target=heart.watch, args=(threads.Event(),), daemon=True).start()
    serve.PRUNE_FIRST_S = serve.PRUNE_EVERY_S = PRUNE_FIRST_S
    return main(arguments)


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1]), sys.argv[2:]))
