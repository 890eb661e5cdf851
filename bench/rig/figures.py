"""Many measured requests as a few figures."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

P99 = 0.99


@dataclass(frozen=True, kw_only=True)
class Sample:
    """Some measured requests: CPU seconds of the server for all of them, and the seconds that each answer took."""

    cpu_s: float
    took_s: tuple[float, ...]


def figures(samples: Sequence[Sample]) -> dict[str, float]:
    """Return CPU per request of the best sample, and median and p99 of all answers, in milliseconds.

    The best sample is the one with the least CPU: whatever else the machine does only adds to it.
    """
    took = [one for sample in samples for one in sample.took_s]
    return {
        "cpu_ms": round(min(sample.cpu_s / len(sample.took_s) for sample in samples) * 1000, 2),
        "p50_ms": round(percentile(took, 0.5) * 1000, 2),
        "p99_ms": round(percentile(took, P99) * 1000, 2),
        "requests": len(took),
    }


def percentile(values: Iterable[float], share: float) -> float:
    """Return the smallest value that a `share` (0 to 1) of all values do not exceed; raises ValueError for none."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("no values")
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def ratio(before: float, after: float) -> float | None:
    """Return how many times `before` is as large as `after`; None when that says nothing."""
    return round(before / after, 2) if after else None
