"""What attendees are told of a new version of the plan: what was added, cancelled, renamed, moved, or is elsewhere now.

A cue is named where it changed by itself: one that moves with its segment, comes with it or goes with it is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from typing_extensions import TypedDict

from conference_hub.agenda.model import Cue, CueId, Plan, RoomId, Segment, SegmentId
from conference_hub.agenda.published import Span, rooms_of, seen_by_all, spans
from conference_hub.core.now import iso
from conference_hub.core.shapes import Instant
from conference_hub.core.text import Text, TextDoc

ZERO = timedelta(0)
Rooms = Mapping[RoomId, Text]


class ChangeKind(StrEnum):
    """What happened to a segment or a cue; the value is what is stored and sent."""

    ADDED = "added"
    CANCELLED = "cancelled"
    RENAMED = "renamed"
    MOVED = "moved"
    ROOM = "room"


class PlaceDoc(TypedDict):
    """When and where something is, or was: `rooms` are their titles."""

    title: TextDoc
    starts_at: Instant
    ends_at: Instant
    rooms: list[TextDoc]


class PlanChangeDoc(TypedDict):
    """A change of a segment, or of a cue inside `segment`.

    `before` is null for what was added, `after` for what was cancelled.
    """

    kind: ChangeKind
    of: str
    id: str
    segment: TextDoc | None
    before: PlaceDoc | None
    after: PlaceDoc | None


@dataclass(frozen=True, kw_only=True)
class _Side:
    """One of the two plans that are compared, as everybody sees it."""

    plan: Plan
    spans: Mapping[SegmentId, Span]
    rooms: Rooms

    @classmethod
    def of(cls, plan: Plan, rooms: Rooms) -> _Side:
        seen = seen_by_all(plan)
        return cls(plan=seen, spans=spans(seen), rooms=rooms)

    @property
    def segments(self) -> dict[SegmentId, Segment]:
        return {segment.id: segment for segment in self.plan.segments if segment.id in self.spans}

    def segment(self, segment: Segment) -> PlaceDoc:
        span = self.spans[segment.id]
        return self._place(segment.title, span.starts_at, span.ends_at, rooms_of(self.plan, segment))

    def cue(self, cue: Cue) -> PlaceDoc:
        lane = next(lane for lane in self.plan.lanes if lane.id == cue.lane_id)
        return self._place(cue.title, cue.planned_start, cue.planned_end, (lane.room,) if lane.room else ())

    def _place(
        self, title: Text, starts_at: datetime, ends_at: datetime, rooms: Iterable[RoomId]
    ) -> PlaceDoc:
        return {
            "title": title.as_doc(),
            "starts_at": iso(starts_at),
            "ends_at": iso(ends_at),
            "rooms": [self.rooms[room].as_doc() for room in rooms if room in self.rooms],
        }


def changes(before: Plan, after: Plan, rooms: Rooms) -> list[PlanChangeDoc]:
    """Return what attendees see changed from one plan to the other, in the order of the later one."""
    old, new = _Side.of(before, rooms), _Side.of(after, rooms)
    return [*_of_segments(old, new), *_of_cues(old, new)]


def _of_segments(old: _Side, new: _Side) -> Iterator[PlanChangeDoc]:
    known, now = old.segments, new.segments
    for segment in now.values():
        earlier = known.get(segment.id)
        before = old.segment(earlier) if earlier else None
        yield from _compared("segment", segment.id, None, before, new.segment(segment), ZERO)
    for segment in known.values():
        if segment.id not in now:
            yield _change(ChangeKind.CANCELLED, "segment", segment.id, None, old.segment(segment), None)


def _of_cues(old: _Side, new: _Side) -> Iterator[PlanChangeDoc]:
    both = old.segments.keys() & new.segments.keys()
    known, now = _inside(old.plan.cues, both), _inside(new.plan.cues, both)
    titled = _titles(new.plan.segments)
    for cue in now.values():
        earlier = known.get(cue.id)
        before = old.cue(earlier) if earlier else None
        shift = new.spans[cue.segment_id].starts_at - old.spans[cue.segment_id].starts_at
        yield from _compared("cue", cue.id, titled(cue), before, new.cue(cue), shift)
    for cue in known.values():
        if cue.id not in now:
            yield _change(ChangeKind.CANCELLED, "cue", cue.id, titled(cue), old.cue(cue), None)


def _compared(
    of: str, name: str, segment: TextDoc | None, before: PlaceDoc | None, after: PlaceDoc, shift: timedelta
) -> Iterator[PlanChangeDoc]:
    """Yield what differs; a start that only follows the `shift` of the segment does not."""
    if before is None:
        yield _change(ChangeKind.ADDED, of, name, segment, None, after)
        return
    moved = _at(after["starts_at"]) - _at(before["starts_at"]) != shift
    ended = of == "segment" and after["ends_at"] != before["ends_at"]
    for kind, differs in (
        (ChangeKind.RENAMED, after["title"] != before["title"]),
        (ChangeKind.MOVED, moved or ended),
        (ChangeKind.ROOM, of == "segment" and after["rooms"] != before["rooms"]),
    ):
        if differs:
            yield _change(kind, of, name, segment, before, after)


def _change(
    kind: ChangeKind,
    of: str,
    name: str,
    segment: TextDoc | None,
    before: PlaceDoc | None,
    after: PlaceDoc | None,
) -> PlanChangeDoc:
    return {"kind": kind, "of": of, "id": name, "segment": segment, "before": before, "after": after}


def _inside(cues: Iterable[Cue], segments: Iterable[SegmentId]) -> dict[CueId, Cue]:
    chosen = set(segments)
    return {cue.id: cue for cue in cues if cue.segment_id in chosen}


def _titles(segments: Sequence[Segment]) -> Callable[[Cue], TextDoc]:
    known = {segment.id: segment.title.as_doc() for segment in segments}
    return lambda cue: known[cue.segment_id]


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)
