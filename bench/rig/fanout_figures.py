"""What the rounds of the fan-out come to: figures, lines for people, and ratios."""

from __future__ import annotations

import statistics
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from bench.rig.watched import Joined, Round

Figures = dict[str, Any]
FLOOR_SHARE = 1.35
"""How much longer than the floor, and its own command, the hub may take."""
HEAD = (
    "| followers | server | first ms | last ms | answer ms | joins/s | kB/connection | CPU µs/join | CPU µs/message "
    "| bytes |"
)
DAY_HEAD = (
    "| followers | server | first ms | last ms | to quiet | scans/s | scan p99 ms | commands/s | claps/s |"
)
HERD_HEAD = (
    "| after | server | back after s | refused | commands | p50 ms | p99 ms | twice | snapshots | start s |"
)


def rule(head: str) -> str:
    """Return the line below the head of a table."""
    return "|---" * (head.count("|") - 1) + "|"


def of_server(joined: Joined, rounds: Sequence[Round], count: int, alone: Figures) -> Figures:
    """Return all that is said of a server that `count` follow; `alone`: the spread of its answers while nobody does."""
    return {**of_rounds(rounds), **of_connections(joined, rounds, count), "alone_answer_ms": alone}


def of_rounds(rounds: Sequence[Round]) -> Figures:
    """Return how long the presses took."""
    return {
        "first_ms": spread([each.first_ms for each in rounds]),
        "p50_ms": spread([each.p50_ms for each in rounds]),
        "last_ms": spread([each.last_ms for each in rounds]),
        "answer_ms": spread([each.answer_ms for each in rounds]),
        "bytes": len(rounds[-1].payload.encode()),
    }


def of_connections(joined: Joined, rounds: Sequence[Round], count: int) -> Figures:
    """Return what a connection and a message cost while `count` follow."""
    return {
        "joins_per_s": round(joined.count / joined.took_s),
        "join_cpu_us": round(joined.cpu_s / joined.count * 1e6, 1),
        "message_cpu_us": round(sum(each.cpu_ms for each in rounds) / (len(rounds) * count) * 1e3, 1),
        "kb_per_connection": round(joined.kb_per_connection, 1),
    }


def spread(values: Sequence[float]) -> Figures:
    """Return the least, the median and the most."""
    return {
        "min": round(min(values), 2),
        "median": round(statistics.median(values), 2),
        "max": round(max(values), 2),
    }


def row(count: int, name: str, each: Figures) -> str:
    """Return one line of the table of quiet servers."""
    times = [_words(each[key]) for key in ("first_ms", "last_ms", "answer_ms")]
    rest = ("joins_per_s", "kb_per_connection", "join_cpu_us", "message_cpu_us", "bytes")
    return _line(f"{count:,}", name, *times, *(f"{each[key]:g}" for key in rest))


def day_row(count: int, name: str, each: Figures) -> str:
    """Return one line of the table of servers at work."""
    rest = ("to_quiet", "scans_per_s", "scan_p99_ms", "commands_per_s", "claps_per_s")
    times = [_words(each[key]) for key in ("first_ms", "last_ms")]
    return _line(f"{count:,}", name, *times, *(f"{each[key]:g}" for key in rest))


def herd_row(cause: str, name: str, each: Figures) -> str:
    """Return one line of the table of herds."""
    keys = (
        "back_s",
        "refused",
        "commands",
        "command_p50_ms",
        "command_p99_ms",
        "repeats",
        "resets",
        "start_s",
    )
    return _line(cause, name, *(f"{each[key]:g}" for key in keys))


def ratios(quiet: Mapping[str, Figures], hubs: Collection[str]) -> Figures:
    """Return, for each count and hub, what it is to Node and to the floor.

    `last_to_bound` is to `FLOOR_SHARE` times the floor plus the command alone: above 1 the bound is missed.
    """
    return {
        count: {name: _against(step, name) for name in step if name in hubs} for count, step in quiet.items()
    }


def herd_ratios(herds: Mapping[str, Figures], hubs: Collection[str]) -> Figures:
    """Return how long each hub's audience took to come back, to Node's."""
    return {
        cause: {
            name: round(each["back_s"] / by_name["node"]["back_s"], 2)
            for name, each in by_name.items()
            if name in hubs and "node" in by_name
        }
        for cause, by_name in herds.items()
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
        bound_ms = FLOOR_SHARE * step["floor"]["last_ms"]["median"] + mine["alone_answer_ms"]["median"]
        against["last_to_bound"] = round(mine["last_ms"]["median"] / bound_ms, 2)
    return against


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _words(each: Figures) -> str:
    return f"{each['median']:.1f} ({each['min']:.1f}–{each['max']:.1f})"
