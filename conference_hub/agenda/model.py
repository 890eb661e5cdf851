"""The plan: a conference has segments, which run as cues in parallel lanes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any, NewType

from conference_hub.agenda.kinds import SegmentKind
from conference_hub.core.text import Text

LaneId = NewType("LaneId", str)
SegmentId = NewType("SegmentId", str)
CueId = NewType("CueId", str)
DepartmentId = NewType("DepartmentId", str)
RoomId = NewType("RoomId", str)


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """Who speaks, and as what; `reads_for` names the person whose text is read in their absence (대독)."""

    name: str
    role: str = ""
    reads_for: str | None = None


@dataclass(frozen=True, kw_only=True)
class Department:
    """Who of the team gets notes of their own at each cue, such as sound or light."""

    id: DepartmentId
    title: Text


DEFAULT_DEPARTMENTS = tuple(
    Department(id=DepartmentId(name), title=Text(ko=ko, en=en))
    for name, ko, en in (
        ("mc", "MC 멘트", "MC script"),
        ("video", "영상", "Video"),
        ("sound", "음향", "Sound"),
        ("light", "조명", "Lighting"),
        ("remarks", "비고", "Remarks"),
    )
)
"""The departments of a plan that nobody has given others: the columns of a usual cue sheet."""


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A part of the programme as the audience knows it; the team alone sees one that is not `public`."""

    id: SegmentId
    kind: SegmentKind
    title: Text
    note: Text | None
    room: RoomId | None = None
    speakers: tuple[Speaker, ...] = ()
    public: bool = True


@dataclass(frozen=True, kw_only=True)
class Lane:
    """A place where the day runs in parallel, such as the hall; `colour` is `#rrggbb`."""

    id: LaneId
    title: Text
    colour: str | None = None
    room: RoomId | None = None


@dataclass(frozen=True, kw_only=True)
class Cue:
    """What one lane does next, as planned: `planned_start` is aware UTC, `planned` longer than zero.

    `number` names it for people, once in the plan. One that is not `fixed` starts when the cue before it ends
    (`layout.py`); one that is `skipped` takes no time and is not run. `warn_s` and `danger_s` are the seconds left at
    which its countdown turns, None for the usual ones. Cues of several lanes with the same `sync` start together.
    To make up time it is cut to no less than `shortest` (None: not by itself), and left out if it is `droppable`.
    """

    id: CueId
    segment_id: SegmentId
    lane_id: LaneId
    title: Text
    planned_start: datetime
    planned: timedelta
    number: str = ""
    fixed: bool = True
    skipped: bool = False
    sync: str | None = None
    shortest: timedelta | None = None
    droppable: bool = False
    colour: str | None = None
    warn_s: int | None = None
    danger_s: int | None = None
    notes: Mapping[DepartmentId, str] = field(default_factory=dict)
    speakers: tuple[Speaker, ...] = ()

    @property
    def planned_end(self) -> datetime:
        """When the plan ends it."""
        return self.planned_start + self.planned


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One revision of the plan of a conference.

    Segments and lanes stand in their order, cues by lane and in the order of the lane. `revision` grows with each
    change, `changed_at` (aware UTC) is when this one was made, and `by` the label of who made it.
    """

    revision: int
    changed_at: datetime
    segments: tuple[Segment, ...]
    lanes: tuple[Lane, ...]
    cues: tuple[Cue, ...]
    departments: tuple[Department, ...] = DEFAULT_DEPARTMENTS
    by: str = field(default="", compare=False)

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
        inside: dict[LaneId, list[Cue]] = {lane.id: [] for lane in self.lanes}
        for cue in self.cues:
            inside.setdefault(cue.lane_id, []).append(cue)
        return {lane.id: tuple(inside[lane.id]) for lane in self.lanes}

    @cached_property
    def running_cues(self) -> dict[LaneId, tuple[Cue, ...]]:
        """The cues of each lane that a run has, in order: those that are not skipped."""
        return {lane: tuple(cue for cue in cues if not cue.skipped) for lane, cues in self.lane_cues.items()}

    @property
    def rooms(self) -> tuple[RoomId, ...]:
        """The rooms that segments and lanes name, in their order."""
        named = (*(one.room for one in self.segments), *(one.room for one in self.lanes))
        return tuple(room for room in named if room)

    @cached_property
    def hidden(self) -> frozenset[SegmentId]:
        """The segments that the team alone sees."""
        return frozenset(segment.id for segment in self.segments if not segment.public)


NO_PLAN = Plan(revision=0, changed_at=datetime(1970, 1, 1, tzinfo=UTC), segments=(), lanes=(), cues=())
"""The plan of a conference that has none yet."""


@dataclass(frozen=True, kw_only=True)
class Cancelled:
    """A segment that was published once and is no more, as attendees knew it last."""

    id: SegmentId
    title: Text
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """Which state of a segment calendars have: the `sequence` of when it moved last, and when it changed at all."""

    sequence: int
    changed_at: datetime


@dataclass(frozen=True, kw_only=True)
class Version:
    """A revision of the plan that was published: the `number`-th, from 1, at `published_at` (aware UTC).

    `note` is what attendees are told of it, `changes` (`changelog.PlanChangeDoc`) what differs from the version before
    it, and `cancelled` what earlier versions had and this one has not. `stamps` are those of all segments that
    calendars have; a version that was published before they were kept has none.
    """

    number: int
    published_at: datetime
    plan: Plan
    note: Text | None = None
    changes: Sequence[Mapping[str, Any]] = ()
    cancelled: tuple[Cancelled, ...] = ()
    stamps: Mapping[SegmentId, Stamp] = field(default_factory=dict)

    def stamp(self, segment: SegmentId) -> Stamp:
        """Return the stamp of a segment that calendars have; without a kept one, that of the version itself."""
        return self.stamps.get(segment) or Stamp(sequence=self.number - 1, changed_at=self.published_at)


@dataclass(frozen=True, kw_only=True)
class Revision:
    """Which revision the working plan is, and when it was made (aware UTC); number 0 when there is no plan."""

    number: int
    changed_at: datetime
