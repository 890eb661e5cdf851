"""An audience that comes at once: how long until all have joined, and how long a fact takes to reach them.

Run as `python -m bench.herd [COUNT ...]`, by default 250 and 1500 sockets, each count against a server of its own, on
loopback. The last line is JSON: figures for each count, and the ratio of the largest to the smallest.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.live.herd import Member, allow_many_sockets, follow
from tests.live.server_process import HubServer
from tests.model_day import CONF

COUNTS = (250, 1500)
FACTS = 10
IN_TIME_S = 120.0
LIBRARIES = ("eventlet", "flask-socketio", "python-socketio", "python-engineio")


@dataclass(kw_only=True)
class Listener(Member):
    """A member of the audience that notes when it heard each entry (monotonic seconds)."""

    heard_at: dict[int, float] = field(default_factory=dict)

    def hear(self, entries: list[dict[str, Any]]) -> None:
        """Keep what was sent, and when it came."""
        now = time.monotonic()
        self.heard_at.update({entry["seq"]: now for entry in entries})
        super().hear(entries)


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What was measured with one audience; times in seconds."""

    sockets: int
    joined_s: float
    answer_while_joining_s: float
    answer_median_s: float
    fact_to_last_median_s: float
    fact_to_last_worst_s: float


def main(arguments: list[str]) -> None:
    """Measure each count and print the figures."""
    counts = sorted(int(argument) for argument in arguments) or list(COUNTS)
    allow_many_sockets(max(counts))
    measured = [_measure(count) for count in counts]
    for figures in measured:
        print(figures)
    small, large = measured[0], measured[-1]
    ratios = {
        "sockets": large.sockets / small.sockets,
        "joined": round(large.joined_s / small.joined_s, 2),
        "fact_to_last": round(large.fact_to_last_median_s / small.fact_to_last_median_s, 2),
    }
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.platform()}
    versions = {name: version(name) for name in LIBRARIES}
    print(
        json.dumps(
            {
                "bench": "herd",
                "machine": machine,
                "versions": versions,
                "figures": [asdict(figures) for figures in measured],
                "ratios": ratios,
            }
        )
    )


def _measure(count: int) -> Figures:
    with tempfile.TemporaryDirectory(prefix="hub-bench-") as directory:
        server = HubServer(directory=Path(directory))
        server.start()
        try:
            server.token("operator")
            return asyncio.run(_play(server, count))
        finally:
            server.kill()


async def _play(server: HubServer, count: int) -> Figures:
    listeners = [Listener() for _ in range(count)]
    auth = {"conf": CONF, "stream": "public", "after": server.head()}
    began = time.monotonic()
    tasks = [asyncio.create_task(follow("127.0.0.1", server.port, auth, one)) for one in listeners]
    async with asyncio.timeout(IN_TIME_S):
        first_answer, _ = await _command(server, "start", listeners=[])
        await asyncio.gather(*(one.joined.wait() for one in listeners))
        joined_s = time.monotonic() - began
        rounds = [await _command(server, name, listeners) for name in ["hold", "resume"] * (FACTS // 2)]
    for task in tasks:
        task.cancel()
    return Figures(
        sockets=count,
        joined_s=round(joined_s, 3),
        answer_while_joining_s=round(first_answer, 3),
        answer_median_s=round(statistics.median(answer for answer, _ in rounds), 4),
        fact_to_last_median_s=round(statistics.median(last for _, last in rounds), 4),
        fact_to_last_worst_s=round(max(last for _, last in rounds), 4),
    )


async def _command(server: HubServer, name: str, listeners: list[Listener]) -> tuple[float, float]:
    """Give a command; return the seconds until it was answered, and until the last listener had its fact."""
    began = time.monotonic()
    status, answer = await asyncio.to_thread(server.run, name)
    answered = time.monotonic() - began
    if status != HTTPStatus.OK:
        message = f"{name} was refused: {answer}"
        raise RuntimeError(message)
    head = await asyncio.to_thread(server.head)
    await asyncio.gather(*(one.hears_up_to(head) for one in listeners))
    return answered, max((one.heard_at[head] - began for one in listeners), default=0.0)


if __name__ == "__main__":
    main(sys.argv[1:])
