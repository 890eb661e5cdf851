"""How many guests are where and how often each gate gave which answer: counted once, then changed by each scan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from conference_hub.checkin.model import Whereabouts
from conference_hub.gates.model import GateId


@dataclass(frozen=True, kw_only=True)
class Tally:
    """The counts of one conference: guests by whereabouts, answers of each gate by verdict code."""

    guests: Mapping[Whereabouts, int]
    verdicts: Mapping[GateId, Mapping[str, int]]

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
