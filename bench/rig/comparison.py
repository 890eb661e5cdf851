"""The figures of one or two checkouts for people, and their ratios."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bench.rig.figures import ratio

Found = dict[str, dict[str, dict[str, Any]]]
"""Name of an item → name of a checkout → figures."""

HEAD = "| item | checkout | CPU ms | p50 ms | p99 ms | answers/s | requests | before : after |"


def row(item: str, by_checkout: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the lines of one item: one for each checkout."""
    lines = []
    for name, figures in by_checkout.items():
        cells = [_cell(figures.get(key)) for key in ("cpu_ms", "p50_ms", "p99_ms", "per_s", "requests")]
        cells.append(_cell(_gain(by_checkout)) if name == list(by_checkout)[-1] else "")
        lines.append(f"| {item} | {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def table(found: Found) -> str:
    """Return all of them as a table in Markdown."""
    rule = "|---" * (HEAD.count("|") - 1) + "|"
    return "\n".join([HEAD, rule, *(row(item, each) for item, each in found.items() if each)])


def ratios(found: Found, floor: str) -> dict[str, Any]:
    """Return before to after for each item that both have, and each item's CPU to that of the item `floor`."""
    gains = {item: _gain(each) for item, each in found.items()}
    costs: dict[str, dict[str, float | None]] = {}
    for item, each in found.items():
        for name, figures in each.items():
            least = found.get(floor, {}).get(name, {}).get("cpu_ms")
            if least and "cpu_ms" in figures:
                costs.setdefault(name, {})[item] = ratio(figures["cpu_ms"], least)
    return {"before_to_after": {item: gain for item, gain in gains.items() if gain}, "to_floor": costs}


def _gain(by_checkout: Mapping[str, Mapping[str, Any]]) -> float | None:
    """Return before to after: of CPU where that was measured, else of the median answer."""
    if not {"before", "after"} <= set(by_checkout):
        return None
    before, after = by_checkout["before"], by_checkout["after"]
    key = "cpu_ms" if "cpu_ms" in after else "p50_ms"
    return ratio(before[key], after[key])


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
