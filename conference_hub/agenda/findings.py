"""What is odd about a plan: times, empty lanes, ceremonies that do not fit, and sync points of one lane alone.

None of it forbids anything. The editor shows the same while somebody types: `static/js/agenda/findings.js` mirrors this
module, and both are held to `tests/golden/agenda-findings.json`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from conference_hub.agenda.model import Cue, CueId, LaneId, Plan
from conference_hub.agenda.sync_points import lone_cues
from conference_hub.core.load import Load

ZERO = timedelta(0)
NIGHT = timedelta(hours=4)
"""A gap that is longer is the end of a day, and nothing odd."""


class Oddity(StrEnum):
    """What is odd; the value is what is sent."""

    EMPTY_LANE = "empty_lane"
    GAP = "gap"
    OVERLAP = "overlap"
    OUTSIDE = "outside"
    OVERFULL = "overfull"
    LONE_SYNC = "lone_sync"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something odd about a cue, or about a lane.

    `by` is how long the gap or the overlap with `other`, the cue before it, is, or how much longer the awards of the
    cue take than the cue; zero for the rest.
    """

    oddity: Oddity
    lane: LaneId
    cue: CueId | None = None
    other: CueId | None = None
    by: timedelta = ZERO


@dataclass(frozen=True, kw_only=True)
class Days:
    """The days of a conference: from the midnight that begins the first one to the midnight after the last one."""

    begin: datetime
    end: datetime


def findings(plan: Plan, days: Days, loads: Mapping[str, Load]) -> list[Finding]:
    """Return what is odd about a plan, by lane and cue; `loads` are the awards of cues, by the id of the cue."""
    found: list[Finding] = []
    lone = lone_cues(plan)
    for lane in plan.lanes:
        cues = plan.running_cues[lane.id]
        if not cues:
            found.append(Finding(oddity=Oddity.EMPTY_LANE, lane=lane.id))
        for before, cue in zip((None, *cues), cues, strict=False):
            found += _of_cue(before, cue, days, loads)
            if cue.id in lone:
                found.append(Finding(oddity=Oddity.LONE_SYNC, lane=lane.id, cue=cue.id))
    return found


def _of_cue(before: Cue | None, cue: Cue, days: Days, loads: Mapping[str, Load]) -> Iterator[Finding]:
    if before is not None:
        yield from _between(before, cue)
    if cue.planned_start < days.begin or cue.planned_end > days.end:
        yield Finding(oddity=Oddity.OUTSIDE, lane=cue.lane_id, cue=cue.id)
    load = loads.get(cue.id)
    if load is not None and load.needed > cue.planned:
        yield Finding(oddity=Oddity.OVERFULL, lane=cue.lane_id, cue=cue.id, by=load.needed - cue.planned)


def _between(before: Cue, cue: Cue) -> Iterator[Finding]:
    gap = cue.planned_start - before.planned_end
    if ZERO < gap < NIGHT:
        yield Finding(oddity=Oddity.GAP, lane=cue.lane_id, cue=cue.id, other=before.id, by=gap)
    elif gap < ZERO:
        yield Finding(oddity=Oddity.OVERLAP, lane=cue.lane_id, cue=cue.id, other=before.id, by=-gap)
