"""What the bench of check-in makes of its figures."""

from __future__ import annotations

from typing import Any

import pytest

from bench.checkin import misses

GOOD: dict[str, Any] = {
    "watched": {"per_s": 500.0, "p99_ms": 99.9},
    "facts": {"worst_ms": 250.0},
}


@pytest.mark.parametrize(
    ("changed", "missed"),
    [
        ({}, []),
        ({"watched": {"per_s": 499.9, "p99_ms": 20.0}}, ["500 redeems a second"]),
        ({"watched": {"per_s": 800.0, "p99_ms": 100.0}}, ["p99 of a redeem below 100 ms"]),
        ({"facts": {"worst_ms": 250.1}}, ["no fact later than 250 ms"]),
    ],
)
def test_missed_targets_are_named(changed: dict[str, Any], missed: list[str]) -> None:
    assert misses(GOOD | changed) == missed
