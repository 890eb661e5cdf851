"""What the bench of sendings makes of its figures."""

from __future__ import annotations

from typing import Any

import pytest

from bench.sending import misses

GOOD: dict[str, Any] = {"mails": 5, "taken_once": 5, "taken_again": 0}


@pytest.mark.parametrize(
    ("changed", "slowest", "missed"),
    [
        ({}, 1.5, []),
        ({}, 1.51, ["no command slower than 1.5 times the slowest in quiet"]),
        ({"taken_once": 4}, 1.0, ["every mail taken once"]),
        ({"taken_again": 1}, 1.0, ["every mail taken once"]),
    ],
)
def test_missed_targets_are_named(changed: dict[str, Any], slowest: float, missed: list[str]) -> None:
    assert misses(GOOD | changed, {"slowest": slowest}) == missed
