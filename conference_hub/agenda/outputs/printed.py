"""What is printed: the programme by day for everybody, and the cue sheet lane by lane for the team."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from conference_hub.agenda.changelog import PlaceDoc
from conference_hub.agenda.model import Cue, Lane, Plan, RoomId, Segment, SegmentId
from conference_hub.agenda.outputs.programme import Part, programme
from conference_hub.agenda.published import rooms_of, seen_by_all
from conference_hub.conferences.places import Room
from conference_hub.core.now import parse_iso
from conference_hub.core.text import Text


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day of the programme: its parts begin on it, in the zone of the conference."""

    starts_at: datetime
    day: date
    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class Programme:
    """The published plan as it is printed; `places` are the rooms of each segment."""

    days: tuple[Day, ...]
    places: Mapping[SegmentId, Sequence[Room]]

    @property
    def several(self) -> bool:
        """Return whether days need a heading."""
        return len(self.days) > 1


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """A row of the cue sheet; `day` is the day that begins with it, where that is another one than the row's before."""

    cue: Cue
    segment: Segment
    day: datetime | None


@dataclass(frozen=True, kw_only=True)
class LaneSheet:
    """The cue sheet of a lane; `total` is how long its cues take, without the skipped ones."""

    lane: Lane
    rows: tuple[SheetRow, ...]
    total: timedelta


@dataclass(frozen=True, kw_only=True)
class Place:
    """When and where something is, or was."""

    title: Text
    starts_at: datetime
    ends_at: datetime
    rooms: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class Told:
    """A change of the programme as people read it (`changelog.PlanChangeDoc`)."""

    kind: str
    segment: Text | None
    before: Place | None
    after: Place | None

    @property
    def place(self) -> Place | None:
        """What it is about: as it is now, else as it was."""
        return self.after or self.before


def printed_programme(plan: Plan, rooms: Mapping[RoomId, Room], zone: ZoneInfo) -> Programme:
    """Arrange what everybody may know of a plan by day; parts of a day stand in the order of the plan."""
    seen = seen_by_all(plan)
    by_day: dict[date, list[Part]] = {}
    for part in programme(seen):
        by_day.setdefault(part.starts_at.astimezone(zone).date(), []).append(part)
    days = (
        Day(starts_at=min(part.starts_at for part in by_day[day]), day=day, parts=tuple(by_day[day]))
        for day in sorted(by_day)
    )
    places = {
        segment.id: [rooms[room] for room in rooms_of(seen, segment) if room in rooms]
        for segment in seen.segments
    }
    return Programme(days=tuple(days), places=places)


def cue_sheet(plan: Plan, zone: ZoneInfo, lane_id: str | None = None) -> list[LaneSheet]:
    """Return the cue sheet of each lane, or of one."""
    return [
        LaneSheet(
            lane=lane,
            rows=tuple(_rows(plan, plan.lane_cues[lane.id], zone)),
            total=sum((cue.planned for cue in plan.running_cues[lane.id]), timedelta(0)),
        )
        for lane in plan.lanes
        if lane_id in {None, lane.id}
    ]


def told(changes: Iterable[Mapping[str, Any]]) -> list[Told]:
    """Return the changes of a version as people read them."""
    return [
        Told(
            kind=str(one["kind"]),
            segment=Text.of(one["segment"]) if one["segment"] else None,
            before=_place(one["before"]),
            after=_place(one["after"]),
        )
        for one in changes
    ]


def _rows(plan: Plan, cues: Iterable[Cue], zone: ZoneInfo) -> Iterator[SheetRow]:
    last: date | None = None
    for cue in cues:
        day = cue.planned_start.astimezone(zone).date()
        segment = plan.segment[cue.segment_id]
        yield SheetRow(cue=cue, segment=segment, day=None if day == last else cue.planned_start)
        last = day


def _place(doc: PlaceDoc | None) -> Place | None:
    if doc is None:
        return None
    return Place(
        title=Text(ko=doc["title"]["ko"], en=doc["title"]["en"]),
        starts_at=parse_iso(doc["starts_at"]),
        ends_at=parse_iso(doc["ends_at"]),
        rooms=tuple(Text(ko=room["ko"], en=room["en"]) for room in doc["rooms"]),
    )
