"""The clock of a rehearsal: it begins when somebody says, at the time of day that they choose, and may go faster."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

FASTEST = 60
"""How many times as fast as the day a rehearsal may go."""


@dataclass(frozen=True, kw_only=True)
class RunClock:
    """At `since` it showed `at` (both aware UTC); from then on it goes `speed` times as fast, 1 to FASTEST.

    Everything that happens in the run has its time from here, and from nowhere else.
    """

    since: datetime
    at: datetime
    speed: int = 1

    def time(self, now: datetime) -> datetime:
        """Return what it shows at `now`; before its beginning, what it begins with."""
        return self.at + max(now - self.since, now - now) * self.speed

    def instant(self, time: datetime) -> datetime:
        """Return when it shows `time`, by the time of day."""
        return self.since + (time - self.at) / self.speed

    def going(self, speed: int, now: datetime) -> RunClock:
        """Return the clock that shows the same at `now` and goes on at another speed."""
        return RunClock(since=now, at=self.time(now), speed=speed)
