"""How many guests are where and how often each gate gave which answer: counted once, then changed by each scan.

A point that only counts has the number of its persons too.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from conference_hub.checkin.model import Whereabouts
from conference_hub.gates.model import GateId

Days = AbstractSet[str | None]
"""The days on which somebody was counted; None where days are not counted apart."""


@dataclass(frozen=True, kw_only=True)
class Counted:
    """How many persons a point counted: all, each once, and by day."""

    total: int = 0
    by_day: Mapping[str, int] = field(default_factory=dict)

    def moved(self, before: Days, after: Days) -> Counted:
        """Return the counts after somebody counted on the days `before` counts on those `after`."""
        days = dict(self.by_day)
        for day in before ^ after:
            if day is not None:
                days[day] = days.get(day, 0) + (1 if day in after else -1)
        return Counted(
            total=self.total + bool(after) - bool(before),
            by_day={day: count for day, count in days.items() if count},
        )


NOBODY = Counted()


@dataclass(frozen=True, kw_only=True)
class Tally:
    """The counts of one conference: guests by whereabouts, answers of each gate by verdict code, persons by point."""

    guests: Mapping[Whereabouts, int]
    verdicts: Mapping[GateId, Mapping[str, int]]
    points: Mapping[str, Counted] = field(default_factory=dict)

    def moved(self, before: Whereabouts, after: Whereabouts) -> Tally:
        """Return the counts after one guest moved."""
        guests = dict(self.guests)
        guests[before] = guests.get(before, 0) - 1
        guests[after] = guests.get(after, 0) + 1
        return replace(self, guests=guests)

    def answered(self, gate_id: GateId, verdict: str, by: int = 1) -> Tally:
        """Return the counts after a gate gave one more answer, or after `by` more of it count."""
        counts = dict(self.verdicts.get(gate_id, {}))
        counts[verdict] = counts.get(verdict, 0) + by
        return replace(self, verdicts={**self.verdicts, gate_id: counts})

    def counted(self, point: str, before: Days, after: Days) -> Tally:
        """Return the counts after the days changed on which a point counted somebody."""
        return replace(
            self, points={**self.points, point: self.points.get(point, NOBODY).moved(before, after)}
        )
