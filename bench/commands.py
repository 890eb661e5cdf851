"""What each command, page, state and calendar costs the server: CPU per request, and how long answers take.

Run as `python -m bench.commands [--before DIR] [--checkout DIR] [--only 'PATTERN;...'] [--rounds N] [--json FILE]
[--table FILE]`. The server has a process of its own, the client another, both on
this machine. CPU is user and system time of the server's
process until it rests after the answers. Of the rounds the one with the least CPU counts: whatever else the machine
does only adds to it. `--before DIR` measures another checkout, which has its own .venv, in turns with this one.
Ratios outlive the machine: before to after, and each item to `/healthz`, the least that an answer costs.
"""

from __future__ import annotations

import argparse
import fnmatch
import signal
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from typing import Any

from bench.rig.comparison import Found, ratios, row, table
from bench.rig.databases import Postgres, Sqlite
from bench.rig.figures import Sample, figures
from bench.rig.first_follower import FIRST, first_follower
from bench.rig.items import CALENDARS, COMMANDS, FLOOR, PAGES, SCANS, STATES, Item, search
from bench.rig.redeeming import better, redeem_all
from bench.rig.report import commit, last_line
from bench.rig.subject import Subject, start
from bench.rig.template import Template
from tests.services.postgres import own_cluster
from tools.machine import find

FEW, MANY = 1001, 5000
"""Guests added to the model conference's own."""
IN_FLIGHT = (1, 8, 32)
ITEMS = [FLOOR, *PAGES, *STATES, *CALENDARS, search(FEW), *SCANS, *COMMANDS]
Databases = Mapping[str, Sqlite | Postgres]
Figures = dict[str, Any]


def main() -> None:
    """Measure and print the figures."""
    arguments = _arguments()
    signal.signal(signal.SIGTERM, _give_up)
    found: Found = {}
    with tempfile.TemporaryDirectory() as directory:
        for name, each in Bench(arguments, Path(directory)).measured():
            found[name] = each
            print(row(name, each), flush=True)
    print(f"\n{table(found)}\n")
    checkouts = {name: commit(path) for name, path in arguments.checkouts.items()}
    line = last_line("commands", {"checkouts": checkouts, "items": found}, ratios(found, FLOOR.name))
    for path, text in ((arguments.table, table(found)), (arguments.json, line)):
        if path:
            path.write_text(text + "\n", encoding="utf-8")
    print(line)


class Bench:
    """Everything that is measured, each item on all checkouts in turns."""

    def __init__(self, arguments: argparse.Namespace, directory: Path) -> None:
        self._patterns: list[str] = arguments.only.split(";")
        self._rounds: int = arguments.rounds
        self._directory = directory
        self._templates = {
            name: Template(path, directory / f"template-{name}") for name, path in arguments.checkouts.items()
        }

    def measured(self) -> Iterator[tuple[str, dict[str, Figures]]]:
        """Give the name of each item with its figures by checkout."""
        yield from self._on_running_servers(FEW, ITEMS, [FIRST])
        yield from self._on_running_servers(MANY, [search(MANY)], [])
        yield from self._redeemed("SQLite", {n: Sqlite(t, FEW) for n, t in self._templates.items()})
        if any(self._chosen(_crowd(count, "PostgreSQL")) for count in IN_FLIGHT):
            yield from self._redeemed_on_postgres()

    def _chosen(self, name: str) -> bool:
        return any(fnmatch.fnmatch(name, pattern) for pattern in self._patterns)

    def _on_running_servers(
        self, guests: int, items: Iterable[Item], others: Iterable[str]
    ) -> Iterator[tuple[str, dict[str, Figures]]]:
        chosen = [item for item in items if self._chosen(item.name)]
        further = [name for name in others if self._chosen(name)]
        if not chosen and not further:
            return
        with ExitStack() as stack:
            subjects = {
                name: stack.enter_context(start(template, self._directory / f"{name}-{guests}", guests))
                for name, template in self._templates.items()
            }
            for subject in subjects.values():
                subject.sign_in()
            for item in chosen:
                yield item.name, self._in_turns(item, subjects)
            for name in further:
                yield name, {checkout: first_follower(subject) for checkout, subject in subjects.items()}

    def _in_turns(self, item: Item, subjects: Mapping[str, Subject]) -> dict[str, Figures]:
        samples: dict[str, list[Sample]] = {name: [] for name in subjects}
        for _ in range(self._rounds):
            for name, subject in subjects.items():
                if (sample := item.measure(subject)) is not None:
                    samples[name].append(sample)
        return {name: figures(each) for name, each in samples.items() if each}

    def _redeemed_on_postgres(self) -> Iterator[tuple[str, dict[str, Figures]]]:
        if find("initdb", "/usr/lib/postgresql/*/bin/initdb") is None:
            print("no PostgreSQL on this machine: not measured")
            return
        with own_cluster() as cluster:
            databases = {
                name: Postgres(template.checkout, cluster, self._directory / f"postgres-{name}", FEW)
                for name, template in self._templates.items()
            }
            yield from self._redeemed("PostgreSQL", databases)

    def _redeemed(self, database: str, databases: Databases) -> Iterator[tuple[str, dict[str, Figures]]]:
        for count in IN_FLIGHT:
            if self._chosen(_crowd(count, database)):
                yield _crowd(count, database), self._crowds(count, databases)

    def _crowds(self, in_flight: int, databases: Databases) -> dict[str, Figures]:
        best: dict[str, Figures] = {}
        for _ in range(self._rounds):
            for name, database in databases.items():
                with database.fresh(self._directory / f"redeem-{name}") as subject:
                    one = redeem_all(subject, in_flight)
                best[name] = better(best.get(name, one), one)
        return best


def _crowd(in_flight: int, database: str) -> str:
    return f"redeem, {in_flight} in flight, {database}"


def _give_up(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(f"stopped by {signal.Signals(number).name}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    here = Path(__file__).resolve().parent.parent
    parser.add_argument("--checkout", type=Path, default=here, help="the checkout to measure (default: this)")
    parser.add_argument("--before", type=Path, help="another checkout, measured in turns with it")
    parser.add_argument(
        "--only", default="*", help="patterns of items, divided by semicolons; * and ? fit any"
    )
    parser.add_argument("--rounds", type=int, default=2, help="how often each item is measured")
    parser.add_argument("--json", type=Path, help="a file that gets the last line, too")
    parser.add_argument("--table", type=Path, help="a file that gets the table, too")
    arguments = parser.parse_args()
    given = {
        "before": arguments.before,
        "after" if arguments.before else "now": arguments.checkout,
    }
    arguments.checkouts = {name: path.resolve() for name, path in given.items() if path}
    return arguments


if __name__ == "__main__":
    main()
