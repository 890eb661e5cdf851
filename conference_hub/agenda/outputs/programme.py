"""The agenda as people read it before the day: by segment, each a table of times with a column for each lane."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from conference_hub.agenda.model import Cue, Lane, Plan, Segment


@dataclass(frozen=True, kw_only=True)
class Slot:
    """What begins at one time; `cues` has a place for each lane of the part, None where nothing begins."""

    starts_at: datetime
    ends_at: datetime
    cues: tuple[Cue | None, ...]


@dataclass(frozen=True, kw_only=True)
class Part:
    """A segment with its planned times (aware UTC) and the lanes that take part in it."""

    segment: Segment
    lanes: tuple[Lane, ...]
    slots: tuple[Slot, ...]

    @property
    def starts_at(self) -> datetime:
        """When its first cue begins."""
        return self.slots[0].starts_at

    @property
    def ends_at(self) -> datetime:
        """When its last cue ends."""
        return max(slot.ends_at for slot in self.slots)


def programme(plan: Plan) -> list[Part]:
    """Arrange a plan by segment; a segment without cues has no time yet and is left out."""
    return [
        _part(segment, plan.lanes, inside)
        for segment in plan.segments
        if (inside := [cue for cue in plan.cues if cue.segment_id == segment.id])
    ]


def _part(segment: Segment, lanes: Sequence[Lane], cues: Sequence[Cue]) -> Part:
    used = tuple(lane for lane in lanes if any(cue.lane_id == lane.id for cue in cues))
    by_start: dict[datetime, list[Cue]] = {}
    for cue in cues:
        by_start.setdefault(cue.planned_start, []).append(cue)
    slots = (slot for start in sorted(by_start) for slot in _slots(start, used, by_start[start]))
    return Part(segment=segment, lanes=used, slots=tuple(slots))


def _slots(start: datetime, lanes: Sequence[Lane], cues: Sequence[Cue]) -> Iterator[Slot]:
    """Yield what begins at one time: one slot, and more where one lane has several cues that begin then."""
    waiting = {lane.id: [cue for cue in cues if cue.lane_id == lane.id] for lane in lanes}
    while any(waiting.values()):
        beginning = tuple(own.pop(0) if own else None for own in waiting.values())
        ends_at = max(cue.planned_end for cue in beginning if cue)
        yield Slot(starts_at=start, ends_at=ends_at, cues=beginning)
