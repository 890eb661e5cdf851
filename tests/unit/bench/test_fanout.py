"""What the bench of the fan-out makes of its rounds: figures, lines, ratios; and what its options mean."""

from __future__ import annotations

import argparse

import pytest

from bench.fanout import PARTS, _some_of
from bench.rig.fanout_figures import (
    HEAD,
    HERD_HEAD,
    Figures,
    herd_ratios,
    herd_row,
    of_connections,
    of_rounds,
    of_server,
    ratios,
    row,
    spread,
)
from bench.rig.watched import Joined, Round


def pressed(first_ms: float, last_ms: float, cpu_ms: float = 10.0) -> Round:
    return Round(
        first_ms=first_ms,
        p50_ms=last_ms / 2,
        last_ms=last_ms,
        answer_ms=5.0,
        cpu_ms=cpu_ms,
        payload='42["entries",[]]',
    )


ROUNDS = [pressed(1.0, 10.0), pressed(3.0, 40.0), pressed(2.0, 20.0)]
JOINED = Joined(count=100, took_s=0.5, cpu_s=0.1, kb_per_connection=7.04)


def figures(last_ms: float, *, first_ms: float = 1.0, joins: int = 1000, alone_ms: float = 0) -> Figures:
    joined = Joined(count=joins, took_s=1.0, cpu_s=0.1, kb_per_connection=7.0)
    return of_server(joined, [pressed(first_ms, last_ms)], joins, spread([alone_ms]))


def test_times_are_least_median_and_most_of_the_rounds() -> None:
    found = of_rounds(ROUNDS)

    assert found["last_ms"] == {"min": 10.0, "median": 20.0, "max": 40.0}
    assert found["first_ms"] == {"min": 1.0, "median": 2.0, "max": 3.0}
    assert found["bytes"] == 16


def test_costs_are_for_each_connection_and_each_message() -> None:
    found = of_connections(JOINED, ROUNDS, 200)

    assert found["joins_per_s"] == 200
    assert found["join_cpu_us"] == 1000.0
    assert found["message_cpu_us"] == 50.0
    assert found["kb_per_connection"] == 7.0


def test_a_hub_is_compared_with_node_the_floor_and_its_bound() -> None:
    step = {
        "hub": figures(60.0, first_ms=4.0, joins=2000, alone_ms=6.0),
        "node": figures(80.0, first_ms=2.0, joins=1000),
        "floor": figures(40.0),
    }

    found = ratios({"1000": step}, {"hub"})["1000"]["hub"]

    assert found["last_to_node"] == 0.75
    assert found["first_to_node"] == 2.0
    assert found["joins_to_node"] == 2.0
    assert found["last_to_floor"] == 1.5
    assert found["last_to_bound"] == 1.0


def test_without_node_and_floor_there_is_nothing_to_compare_with() -> None:
    assert ratios({"1000": {"hub": figures(60.0)}}, {"hub"}) == {"1000": {"hub": {}}}
    assert herd_ratios({"restart": {"hub": {"back_s": 3.0}}}, {"hub"}) == {"restart": {}}


def test_a_herd_is_compared_with_that_of_node() -> None:
    herds = {"restart": {"hub": {"back_s": 3.0}, "node": {"back_s": 2.0}}}

    assert herd_ratios(herds, {"hub"}) == {"restart": {"hub": 1.5}}


def test_lines_have_a_cell_for_each_column() -> None:
    quiet = of_rounds(ROUNDS) | of_connections(JOINED, ROUNDS, 200)
    back = dict.fromkeys(
        ("back_s", "refused", "commands", "command_p50_ms", "command_p99_ms", "repeats", "resets", "start_s"),
        1,
    )

    assert row(10_000, "hub", quiet).count("|") == HEAD.count("|")
    assert row(10_000, "hub", quiet).startswith("| 10,000 | hub | 2.0 (1.0–3.0) | 20.0 (10.0–40.0) |")
    assert herd_row("restart", "hub", back).count("|") == HERD_HEAD.count("|")


def test_parts_are_chosen_by_name_and_an_unknown_one_is_named() -> None:
    assert _some_of(PARTS)("herd,quiet") == ("herd", "quiet")
    with pytest.raises(argparse.ArgumentTypeError, match="hurd"):
        _some_of(PARTS)("quiet,hurd")
