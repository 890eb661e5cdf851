"""The plan: a conference has segments, which run as cues in parallel lanes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NewType

from conference_hub.agenda.kinds import SegmentKind
from conference_hub.core.text import Text

ConfId = NewType("ConfId", str)
LaneId = NewType("LaneId", str)
SegmentId = NewType("SegmentId", str)
CueId = NewType("CueId", str)


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A part of the programme as the audience knows it; `position` orders the segments of a conference."""

    id: SegmentId
    kind: SegmentKind
    title: Text
    note: Text | None
    position: int


@dataclass(frozen=True, kw_only=True)
class Lane:
    """A place where the day runs in parallel, such as the hall; `position` orders the lanes on screens."""

    id: LaneId
    title: Text
    position: int


@dataclass(frozen=True, kw_only=True)
class Cue:
    """What one lane does next, as planned.

    `planned_start` is aware UTC, `planned` longer than zero; `position` orders the cues of a lane.
    """

    id: CueId
    segment_id: SegmentId
    lane_id: LaneId
    title: Text
    planned_start: datetime
    planned: timedelta
    position: int
