"""The figures of attacks for people: one line each, and a table."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

Figures = Mapping[str, Any]
HEAD = (
    "| attack | health worst ms (idle) | median ms (idle) | worst ratio | memory MB before → peak → after "
    "| files before → after | log kB | answers after | exit s | attacker got |"
)


def better(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return the figures with the better worst answer."""
    return min(one, other, key=lambda figures: float(figures["attacked"]["worst_ms"]))


def row(name: str, one: Figures) -> str:
    """Return one line of the table."""
    idle, attacked = one["idle"], one["attacked"]
    memory = " → ".join(f"{one[f'rss_{when}_kb'] / 1024:.0f}" for when in ("before", "peak", "after"))
    cells = (
        name,
        f"{attacked['worst_ms']:.0f}{' (unanswered)' if attacked['unanswered'] else ''} ({idle['worst_ms']:.0f})",
        f"{attacked['median_ms']:.1f} ({idle['median_ms']:.1f})",
        f"{one['ratio']['worst']:.0f}",
        memory,
        f"{one['files_before']} → {one['files_after']}",
        f"{one['log_bytes'] / 1024:.0f}",
        "yes" if one["answers_after"] else "NO",
        "killed" if one["exit_s"] is None else f"{one['exit_s']:.1f}",
        json.dumps(one["attacker"], ensure_ascii=False).replace("|", "/"),
    )
    return f"| {' | '.join(cells)} |"


def table(figures: Mapping[str, Figures]) -> str:
    """Return the table in Markdown."""
    rule = "|---" * (HEAD.count("|") - 1) + "|"
    return "\n".join([HEAD, rule, *(row(name, one) for name, one in figures.items())])
