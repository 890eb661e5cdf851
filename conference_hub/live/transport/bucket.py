"""A token bucket: how much may come at once, and how much a second afterwards. Pure: time is an argument."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Rate:
    """`burst` may come at once; `per_s` is given back each second until the bucket is full again."""

    burst: float
    per_s: float


class Bucket:
    """What is left of one sender's rate. Instants are seconds of a monotonic clock."""

    __slots__ = ("_at", "_level", "_rate")

    def __init__(self, rate: Rate, at: float) -> None:
        self._rate = rate
        self._level = rate.burst
        self._at = at

    def take(self, amount: float, at: float) -> bool:
        """Take `amount` when that much is left at `at`; return whether it was."""
        self._level = min(self._rate.burst, self._level + max(0.0, at - self._at) * self._rate.per_s)
        self._at = max(self._at, at)
        if amount > self._level:
            return False
        self._level -= amount
        return True

    def full(self, at: float) -> bool:
        """Return whether nothing is missing at `at`: a bucket that is full need not be remembered."""
        return self._level + max(0.0, at - self._at) * self._rate.per_s >= self._rate.burst
