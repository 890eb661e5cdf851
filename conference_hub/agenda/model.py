"""The plan: a conference has segments, which run as cues in parallel lanes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import NewType

from conference_hub.agenda.kinds import SegmentKind
from conference_hub.core.text import Text

LaneId = NewType("LaneId", str)
SegmentId = NewType("SegmentId", str)
CueId = NewType("CueId", str)


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A part of the programme as the audience knows it."""

    id: SegmentId
    kind: SegmentKind
    title: Text
    note: Text | None


@dataclass(frozen=True, kw_only=True)
class Lane:
    """A place where the day runs in parallel, such as the hall."""

    id: LaneId
    title: Text


@dataclass(frozen=True, kw_only=True)
class Cue:
    """What one lane does next, as planned: `planned_start` is aware UTC, `planned` longer than zero."""

    id: CueId
    segment_id: SegmentId
    lane_id: LaneId
    title: Text
    planned_start: datetime
    planned: timedelta

    @property
    def planned_end(self) -> datetime:
        """When the plan ends it."""
        return self.planned_start + self.planned


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One revision of the plan of a conference.

    Segments and lanes stand in their order, cues by lane and in the order of the lane. `revision` grows with each
    change, `changed_at` (aware UTC) is when this one was made.
    """

    revision: int
    changed_at: datetime
    segments: tuple[Segment, ...]
    lanes: tuple[Lane, ...]
    cues: tuple[Cue, ...]

    @cached_property
    def segment(self) -> dict[SegmentId, Segment]:
        """The segments by id."""
        return {segment.id: segment for segment in self.segments}

    @cached_property
    def cue(self) -> dict[CueId, Cue]:
        """The cues by id."""
        return {cue.id: cue for cue in self.cues}

    @cached_property
    def lane_cues(self) -> dict[LaneId, tuple[Cue, ...]]:
        """The cues of each lane, in order."""
        return {lane.id: tuple(cue for cue in self.cues if cue.lane_id == lane.id) for lane in self.lanes}


NO_PLAN = Plan(revision=0, changed_at=datetime(1970, 1, 1, tzinfo=UTC), segments=(), lanes=(), cues=())
"""The plan of a conference that has none yet."""


@dataclass(frozen=True, kw_only=True)
class Version:
    """A revision of the plan that was published: the `number`-th, from 1, at `published_at` (aware UTC)."""

    number: int
    published_at: datetime
    plan: Plan


@dataclass(frozen=True, kw_only=True)
class Revision:
    """Which revision the working plan is, and when it was made (aware UTC); number 0 when there is no plan."""

    number: int
    changed_at: datetime
