"""One press, N browsers: the hub in each of its ways to send, Node's Socket.IO and the machine's floor, in one run.

Run as `python -m bench.fanout [--only hub,node,floor] [--counts 100,1000] [--rounds N]`. Every server and every
audience has a process, on loopback. Audiences join in steps and stay; at each step the servers take turns, press by
press, so that a busy machine slows all. What is told has the same bytes everywhere, and each follower hears every entry
exactly once and in order, or the run fails. Node's packages are fetched from npm at the first run (`bench/rig/node`).
The floor is a Python loop that writes ready-made frames (`bench/rig/floor.py`). Milliseconds move with the machine:
compare ratios.
"""

from __future__ import annotations

import argparse
import signal
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from bench.rig import node_server
from bench.rig.contenders import HUBS, NAMES, as_large, contender
from bench.rig.report import last_line
from bench.rig.template import Template
from bench.rig.watched import Joined, Round, Watched
from tools.paths import ROOT

COUNTS = (100, 1_000, 5_000, 10_000)
ROUNDS = 15
WARM_UP = 3
"""Presses before each step that are not measured: Node compiles what it runs often."""
WITHIN_S = 600
"""The whole bench gives up after this: an alarm, not a target."""
HEAD = (
    "| followers | server | first ms | last ms | answer ms | joins/s | kB/connection | CPU µs/join | CPU µs/message "
    "| bytes |"
)
Figures = dict[str, Any]


def main() -> None:
    """Measure what was asked for and print the figures."""
    arguments = _arguments()
    for number in (signal.SIGALRM, signal.SIGTERM):
        signal.signal(number, _give_up)
    signal.alarm(WITHIN_S)
    if "node" in arguments.only:
        node_server.install()
    with tempfile.TemporaryDirectory() as directory:
        hubs = set(HUBS) & set(arguments.only)
        template = Template(ROOT, Path(directory) / "template") if hubs else None
        figures = {"quiet": _quiet(template, Path(directory), arguments)}
    signal.alarm(0)
    if "node" in arguments.only:
        figures["node"] = node_server.versions()
    print(last_line("fanout", figures, ratios(figures["quiet"])))


def _quiet(template: Template | None, directory: Path, arguments: argparse.Namespace) -> Figures:
    """Measure every count; return count → name → figures."""
    found: Figures = {}
    print(HEAD, "|---" * (HEAD.count("|") - 1) + "|", sep="\n", flush=True)
    with _all(arguments.only, template, directory) as watched:
        alone = {one.contender.name: _spread(one.alone_ms(arguments.rounds)) for one in watched}
        for count in arguments.counts:
            joined = {one.contender.name: one.grow(count) for one in watched}
            _in_turns(watched, WARM_UP)
            rounds = _in_turns(watched, arguments.rounds)
            found[str(count)] = step = {
                one.contender.name: _figures(
                    one, joined[one.contender.name], rounds[one.contender.name], alone[one.contender.name]
                )
                for one in watched
            }
            print("\n".join(_row(count, name, each) for name, each in step.items()), flush=True)
    return found


@contextmanager
def _all(names: Sequence[str], template: Template | None, directory: Path) -> Iterator[list[Watched]]:
    """Give all contenders, started, each with an audience of nobody yet."""
    with ExitStack() as stack:
        watched = []
        for name in names:
            one = contender(name, template, directory / name)
            stack.callback(one.kill)
            one.start()
            watched.append(stack.enter_context(Watched(one)))
        yield watched


def _in_turns(watched: Sequence[Watched], rounds: int) -> dict[str, list[Round]]:
    """Let each press in turn, another one first each time; what the first hub tells, the others tell."""
    found: dict[str, list[Round]] = {one.contender.name: [] for one in watched}
    for number in range(rounds):
        first = number % len(watched)
        for one in (*watched[first:], *watched[:first]):
            found[one.contender.name].append(told := one.round())
            if one.contender.name in HUBS:
                for other in watched:
                    other.contender.entry = as_large(told.payload)
    return found


def _figures(one: Watched, joined: Joined, rounds: Sequence[Round], alone: Figures) -> Figures:
    messages = len(rounds) * one.count
    return {
        "first_ms": _spread([each.first_ms for each in rounds]),
        "p50_ms": _spread([each.p50_ms for each in rounds]),
        "last_ms": _spread([each.last_ms for each in rounds]),
        "answer_ms": _spread([each.answer_ms for each in rounds]),
        "alone_answer_ms": alone,
        "joins_per_s": round(joined.count / joined.took_s),
        "join_cpu_us": round(joined.cpu_s / joined.count * 1e6, 1),
        "message_cpu_us": round(sum(each.cpu_ms for each in rounds) / messages * 1e3, 1),
        "kb_per_connection": round(one.kb_per_connection, 1),
        "bytes": len(rounds[-1].payload.encode()),
    }


def _spread(values: Sequence[float]) -> Figures:
    return {
        "min": round(min(values), 2),
        "median": round(statistics.median(values), 2),
        "max": round(max(values), 2),
    }


def _row(count: int, name: str, each: Figures) -> str:
    first, last, answer = (_words(each[key]) for key in ("first_ms", "last_ms", "answer_ms"))
    rest = ("joins_per_s", "kb_per_connection", "join_cpu_us", "message_cpu_us", "bytes")
    return f"| {' | '.join([f'{count:,}', name, first, last, answer, *(f'{each[key]:g}' for key in rest)])} |"


def _words(spread: Figures) -> str:
    return f"{spread['median']:.1f} ({spread['min']:.1f}–{spread['max']:.1f})"


def ratios(found: Figures) -> Figures:
    """Return, for each count and hub, what it is to Node and to the floor.

    `last_to_bound` is to 1.35 times the floor plus the command alone; above 1 the bound is missed.
    """
    return {
        count: {name: _against(step, name) for name in step if name in HUBS} for count, step in found.items()
    }


def _against(step: Figures, name: str) -> Figures:
    mine = step[name]
    against: Figures = {}
    for other in ("node", "floor"):
        if (theirs := step.get(other)) is not None:
            for key in ("first_ms", "last_ms"):
                against[f"{key[:-3]}_to_{other}"] = round(mine[key]["median"] / theirs[key]["median"], 2)
            against[f"joins_to_{other}"] = round(mine["joins_per_s"] / theirs["joins_per_s"], 2)
    if "floor" in step:
        bound_ms = 1.35 * step["floor"]["last_ms"]["median"] + mine["alone_answer_ms"]["median"]
        against["last_to_bound"] = round(mine["last_ms"]["median"] / bound_ms, 2)
    return against


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", type=_names, default=NAMES, help=f"of {', '.join(NAMES)}")
    parser.add_argument("--counts", type=_counts, default=COUNTS, help="followers, such as 100,1000")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="presses of each server at each count")
    return parser.parse_args()


def _names(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    if unknown := set(names) - set(NAMES):
        raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}: not among {', '.join(NAMES)}")
    return names


def _counts(text: str) -> tuple[int, ...]:
    return tuple(sorted(int(part) for part in text.split(",")))


def _give_up(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(f"given up on {signal.Signals(number).name}")


if __name__ == "__main__":
    main()
