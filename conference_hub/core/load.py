"""How much is to be done in a cue: what one feature tells another of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, kw_only=True)
class Load:
    """So many things (awards) in one cue, at a pace of so many seconds each."""

    count: int
    pace_s: float

    @property
    def needed(self) -> timedelta:
        """How long all of them take."""
        return timedelta(seconds=self.count * self.pace_s)
