"""Doors open while a thousand watch: redeems a second, how long each takes, and how late facts reach the viewers.

Run as `python -m bench.checkin [--viewers N] [--badges N] [--database sqlite|postgresql]`. The real server, the
viewers (`bench/rig/followers.py`) and the gates each have a process, on loopback. 32 scans are under way at any moment;
of four badges one is sent again under its number and one is shown again under another. Meanwhile an organiser makes a
cue longer and shorter, and every viewer must hear of it. SQLite runs with `synchronous=FULL`, PostgreSQL, if the
machine has it, with its defaults.

It fails unless each badge has exactly one admission, in what was answered and in what the server counts, and on SQLite
unless at least 500 scans a second are answered, 99 of 100 within 100 ms, and every fact reaches the last viewer within
250 ms of the press. Ratios outlive the machine: with viewers to without, and a fact during the scans to one before.
"""

from __future__ import annotations

import argparse
import json
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from typing import Any

from bench.rig.child import Child
from bench.rig.databases import Postgres, Sqlite
from bench.rig.redeeming import WARM_UP, redeem_all
from bench.rig.report import last_line
from bench.rig.subject import Subject
from bench.rig.template import Template
from tests.model_day import CONF
from tests.services.postgres import own_cluster
from tools.machine import find

ROOT = Path(__file__).parent.parent
IN_FLIGHT = 32
EVERY_S = 0.4
"""From one fact of the show to the next."""
BEFORE = 10
"""Facts told while nobody scans."""
EXTRA_S = 30
LEAST_PER_S, MOST_P99_MS, MOST_FACT_MS = 500, 100, 250
Figures = dict[str, Any]


class Viewers:
    """The audience of a server, and the organiser whose commands it hears of."""

    def __init__(self, subject: Subject, load: Child, count: int) -> None:
        self._subject = subject
        self._load = load
        self._extra_s = EXTRA_S
        auth, after = {"conf": CONF, "stream": "public"}, subject.head("public")
        self._ask(do="join", port=subject.target.port, count=count, auth=auth, after=after)
        load.hear()

    def fact_ms(self) -> float:
        """Give a command; return the milliseconds from the press until the last viewer has heard of it."""
        self._ask(do="listen", topic="CueExtended")
        self._load.hear()
        began = time.monotonic()
        self._subject.run("extend", seconds=self._extra_s)
        self._extra_s = -self._extra_s
        heard: float = json.loads(self._load.hear())["last"]
        return (heard - began) * 1000

    def _ask(self, **command: Any) -> None:
        self._load.say(json.dumps(command))


def main() -> int:
    """Measure and print the figures; return 1 when SQLite misses a target."""
    arguments = _arguments()
    signal.signal(signal.SIGTERM, _give_up)
    figures = {}
    with tempfile.TemporaryDirectory() as directory:
        for name, database in _databases(Path(directory), arguments):
            figures[name] = each = _measured(database, Path(directory), arguments)
            print(name, each, flush=True)
    missed = [] if "SQLite" not in figures else misses(figures["SQLite"])
    print(last_line("checkin", figures | {"missed": missed}, {n: _ratios(f) for n, f in figures.items()}))
    return 1 if missed else 0


def misses(figures: Figures) -> list[str]:
    """Return which targets are missed, in words."""
    watched, facts = figures["watched"], figures["facts"]
    targets = {
        f"{LEAST_PER_S} redeems a second": watched["per_s"] >= LEAST_PER_S,
        f"p99 of a redeem below {MOST_P99_MS} ms": watched["p99_ms"] < MOST_P99_MS,
        f"no fact later than {MOST_FACT_MS} ms": facts["worst_ms"] <= MOST_FACT_MS,
    }
    return [words for words, met in targets.items() if not met]


def _measured(database: Sqlite | Postgres, directory: Path, arguments: argparse.Namespace) -> Figures:
    """Let everybody in twice, each time on a fresh server: alone, and while the viewers watch."""
    badges: int = arguments.badges
    with database.fresh(directory / "alone") as subject:
        alone = redeem_all(subject, IN_FLIGHT, badges)
    with database.fresh(directory / "watched") as subject, Child("bench.rig.followers") as load:
        viewers = Viewers(subject, load, arguments.viewers)
        before = [viewers.fact_ms() for _ in range(BEFORE)]
        watched, facts = _doors_open(subject, viewers, badges)
    return {
        "viewers": arguments.viewers,
        "alone": alone,
        "watched": watched,
        "facts_before": _spread(before),
        "facts": _spread(facts),
    }


def _doors_open(subject: Subject, viewers: Viewers, badges: int) -> tuple[Figures, list[float]]:
    """Return the figures of the scans, and how late each fact was that was told meanwhile."""
    facts = []
    with ThreadPoolExecutor(1) as gates:
        scans = gates.submit(redeem_all, subject, IN_FLIGHT, badges)
        while not scans.done():
            facts.append(viewers.fact_ms())
            time.sleep(EVERY_S)
    return scans.result(), facts


def _spread(values: list[float]) -> Figures:
    return {
        "count": len(values),
        "median_ms": round(statistics.median(values), 1),
        "worst_ms": round(max(values), 1),
    }


def _ratios(figures: Figures) -> dict[str, float]:
    alone, watched = figures["alone"], figures["watched"]
    return {
        "watched_to_alone_per_s": round(watched["per_s"] / alone["per_s"], 2),
        "watched_to_alone_p99": round(watched["p99_ms"] / alone["p99_ms"], 2),
        "facts_to_before": round(figures["facts"]["median_ms"] / figures["facts_before"]["median_ms"], 2),
    }


def _databases(directory: Path, arguments: argparse.Namespace) -> Iterator[tuple[str, Sqlite | Postgres]]:
    guests = arguments.badges + WARM_UP
    if arguments.database != "postgresql":
        yield Sqlite.name, Sqlite(Template(ROOT, directory / "template"), guests)
    if arguments.database == "sqlite":
        return
    if find("initdb", "/usr/lib/postgresql/*/bin/initdb") is None:
        print("no PostgreSQL on this machine: not measured")
        return
    with ExitStack() as stack:
        cluster = stack.enter_context(own_cluster())
        yield Postgres.name, Postgres(ROOT, cluster, directory / "postgres", guests)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--viewers", type=int, default=1000, help="who watch the live page meanwhile")
    parser.add_argument("--badges", type=int, default=3000, help="badges shown at the gates")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), help="only this one")
    return parser.parse_args()


def _give_up(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(f"stopped by {signal.Signals(number).name}")


if __name__ == "__main__":
    sys.exit(main())
