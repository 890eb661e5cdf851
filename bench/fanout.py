"""One press, N browsers: the hub in each of its ways to send, Node's Socket.IO and the machine's floor, in one run.

Run as `python -m bench.fanout [--only fast,stock,node,floor] [--parts quiet,day,herd] [--counts 100,1000]
[--rounds N] [--day-rounds N] [--herd N]`. Every server and every audience has a process, on loopback. Audiences join
in steps and stay; at each step the servers take turns, press by press, so that a busy machine slows all. What is told
has the same bytes everywhere, and each follower hears every entry exactly once and in order, or the run fails. Node's
packages are fetched from npm at the first run (`bench/rig/node`). The floor is a Python loop that writes ready-made
frames (`bench/rig/floor.py`).

`day` presses the hub again while 50 badges are shown a second, the audience claps and a console is at work. `herd` lets
a whole audience come back at once, as pages do: after a restart, and after the network failed for a moment.
Milliseconds move with the machine: compare ratios.
"""

from __future__ import annotations

import argparse
import signal
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

from bench.rig import herd, node_server
from bench.rig.at_work import at_work
from bench.rig.contenders import HUBS, NAMES, Hub, as_large, contender
from bench.rig.fanout_figures import (
    DAY_HEAD,
    HEAD,
    HERD_HEAD,
    Figures,
    day_row,
    herd_ratios,
    herd_row,
    of_rounds,
    of_server,
    ratios,
    row,
    rule,
    spread,
)
from bench.rig.report import last_line
from bench.rig.template import Template
from bench.rig.watched import Round, Watched
from tools.paths import ROOT

COUNTS = (100, 1_000, 5_000, 10_000)
PARTS = ("quiet", "day", "herd")
ROUNDS = 15
DAY_ROUNDS = 25
"""Presses of each hub while the day is at work: with 10,000 followers a fact of its console is still going out in front
of one in five of them, so a few presses say little."""
WARM_UP = 3
"""Presses before each step that are not measured: Node compiles what it runs often."""
HERD = 5_000
GUESTS = 1_500
"""Whose badges are shown; then they are shown again."""
PAUSE_S = 0.1
"""Between presses while the day is at work."""
WITHIN_S = 900
"""The whole bench gives up after this: an alarm, not a target."""


class Bench:
    """What was asked for, and where the servers have their data."""

    def __init__(self, arguments: argparse.Namespace, directory: Path) -> None:
        self._names: Sequence[str] = arguments.only
        self._parts: Sequence[str] = arguments.parts
        self._counts: Sequence[int] = arguments.counts
        self._rounds: int = arguments.rounds
        self._day_rounds: int = arguments.day_rounds
        self._herd: int = arguments.herd
        self._directory = directory
        self._template = Template(ROOT, directory / "template") if set(HUBS) & set(self._names) else None
        self._guests = GUESTS if "day" in self._parts else 0
        if self._template is not None:
            self._template.data(self._guests)
        self._alone: Figures = {}

    def run(self) -> Figures:
        """Measure, print the tables, and return the figures of each part."""
        found: Figures = {}
        if {"quiet", "day"} & set(self._parts):
            found["quiet"], found["day"] = self._presses()
        if "herd" in self._parts:
            found["herd"] = self._herds()
        return found

    def _presses(self) -> tuple[Figures, Figures]:
        """Return count → name → figures, of quiet servers and of hubs at work."""
        quiet: Figures = {}
        day: Figures = {}
        with self._all("presses") as watched:
            self._alone = {one.name: spread(one.alone_ms(self._rounds)) for one in watched}
            print(HEAD, rule(HEAD), sep="\n", flush=True)
            for count in self._counts:
                quiet[str(count)] = self._quiet(watched, count)
                if "day" in self._parts:
                    day[str(count)] = self._day(watched, quiet[str(count)])
        lines = [
            day_row(int(count), name, each) for count, step in day.items() for name, each in step.items()
        ]
        if lines:
            print("", DAY_HEAD, rule(DAY_HEAD), *lines, sep="\n", flush=True)
        return quiet, day

    def _quiet(self, watched: Sequence[Watched], count: int) -> Figures:
        joined = {one.name: one.grow(count) for one in watched}
        _in_turns(watched, WARM_UP)
        rounds = _in_turns(watched, self._rounds)
        step = {
            name: of_server(joined[name], each, count, self._alone[name]) for name, each in rounds.items()
        }
        print("\n".join(row(count, name, each) for name, each in step.items()), flush=True)
        return step

    def _day(self, watched: Sequence[Watched], quiet: Figures) -> Figures:
        step: Figures = {}
        for one in watched:
            if isinstance(one.contender, Hub):
                with at_work(one.contender) as done:
                    rounds = [_pressed_at_work(one) for _ in range(self._day_rounds)]
                step[one.name] = each = of_rounds(rounds) | done
                each["to_quiet"] = round(each["last_ms"]["median"] / quiet[one.name]["last_ms"]["median"], 2)
        return step

    def _herds(self) -> Figures:
        """Return cause → name → figures; the floor keeps nothing that anybody could come back to."""
        found: Figures = {"restart": {}, "network": {}}
        print("", HERD_HEAD, rule(HERD_HEAD), sep="\n", flush=True)
        for name in self._names:
            if name != "floor":
                self._herd_of(name, found)
        return found

    def _herd_of(self, name: str, found: Figures) -> None:
        one = contender(name, self._template, self._directory / "herd" / name, self._guests)
        with ExitStack() as stack:
            stack.callback(one.kill)
            began = time.monotonic()
            one.start()
            start_s = time.monotonic() - began
            watched = stack.enter_context(Watched(one))
            watched.grow(self._herd)
            causes: dict[str, Callable[[], Figures]] = {
                "network": lambda: herd.dropped(watched),
                "restart": lambda: herd.restarted(watched, start_s),
            }
            for cause, measured in causes.items():
                found[cause][name] = each = measured() | {"start_s": round(start_s, 2)}
                print(herd_row(cause, name, each), flush=True)

    @contextmanager
    def _all(self, place: str) -> Iterator[list[Watched]]:
        """Give all contenders, started, each with an audience of nobody yet."""
        with ExitStack() as stack:
            watched = []
            for name in self._names:
                one = contender(name, self._template, self._directory / place / name, self._guests)
                stack.callback(one.kill)
                one.start()
                watched.append(stack.enter_context(Watched(one)))
            yield watched


def main() -> None:
    """Measure what was asked for and print the figures."""
    arguments = _arguments()
    for number in (signal.SIGALRM, signal.SIGTERM):
        signal.signal(number, _give_up)
    signal.alarm(WITHIN_S)
    if "node" in arguments.only:
        node_server.install()
    with tempfile.TemporaryDirectory() as directory:
        figures = Bench(arguments, Path(directory)).run()
    signal.alarm(0)
    against = ratios(figures.get("quiet", {}), HUBS) | herd_ratios(figures.get("herd", {}), HUBS)
    if "node" in arguments.only:
        figures["versions"] = node_server.versions()
    print(last_line("fanout", figures, against))


def _in_turns(watched: Sequence[Watched], rounds: int) -> dict[str, list[Round]]:
    """Let each press in turn, another one first each time; what a hub tells, the others tell."""
    found: dict[str, list[Round]] = {one.name: [] for one in watched}
    for number in range(rounds):
        first = number % len(watched)
        for one in (*watched[first:], *watched[:first]):
            found[one.name].append(told := one.round())
            if one.name in HUBS:
                for other in watched:
                    other.contender.entry = as_large(told.payload)
    return found


def _pressed_at_work(one: Watched) -> Round:
    time.sleep(PAUSE_S)
    return one.round(at_rest=False)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", type=_some_of(NAMES), default=NAMES, help=f"of {', '.join(NAMES)}")
    parser.add_argument("--parts", type=_some_of(PARTS), default=PARTS, help=f"of {', '.join(PARTS)}")
    parser.add_argument("--counts", type=_counts, default=COUNTS, help="followers, such as 100,1000")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="presses of each server at each count")
    parser.add_argument("--day-rounds", type=int, default=DAY_ROUNDS, help="presses while the day is at work")
    parser.add_argument("--herd", type=int, default=HERD, help="how many come back at once")
    return parser.parse_args()


def _some_of(names: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    def read(text: str) -> tuple[str, ...]:
        chosen = tuple(text.split(","))
        if unknown := set(chosen) - set(names):
            raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}: not among {', '.join(names)}")
        return chosen

    return read


def _counts(text: str) -> tuple[int, ...]:
    return tuple(sorted(int(part) for part in text.split(",")))


def _give_up(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(f"given up on {signal.Signals(number).name}")


if __name__ == "__main__":
    main()
