"""What of a plan everybody may know: no hidden segments, no skipped cues, no notes; and where and when a segment is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from conference_hub.agenda.model import (
    Cancelled,
    Cue,
    LaneId,
    Plan,
    RoomId,
    Segment,
    SegmentId,
    Stamp,
    Version,
)
from conference_hub.core.text import Text


@dataclass(frozen=True, kw_only=True)
class Span:
    """When a segment is: from the start of its first cue to the end of its last one."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class _Place:
    """When and where a segment is: what makes an attendee plan anew."""

    span: Span
    rooms: tuple[RoomId, ...]


@dataclass(frozen=True, kw_only=True)
class _Shown:
    """What a calendar shows of a segment; lines are the start, the title and the lane of what happens in it."""

    place: _Place
    title: Text
    note: Text | None
    lines: tuple[tuple[datetime, Text, LaneId], ...]
    lanes: tuple[tuple[LaneId, Text], ...]


def seen_by_all(plan: Plan) -> Plan:
    """Return the plan without what the team alone sees, and without cues that are skipped."""
    return replace(
        plan,
        segments=tuple(segment for segment in plan.segments if segment.public),
        cues=tuple(
            replace(cue, notes={}, shortest=None, droppable=False)
            for cue in plan.cues
            if not cue.skipped and cue.segment_id not in plan.hidden
        ),
    )


def spans(plan: Plan) -> dict[SegmentId, Span]:
    """Return when each segment is; one without cues has no time and is left out."""
    inside: dict[SegmentId, list[Cue]] = {}
    for cue in plan.cues:
        inside.setdefault(cue.segment_id, []).append(cue)
    return {
        segment: Span(
            starts_at=min(cue.planned_start for cue in cues), ends_at=max(cue.planned_end for cue in cues)
        )
        for segment, cues in inside.items()
    }


def rooms_of(plan: Plan, segment: Segment) -> tuple[RoomId, ...]:
    """Return where a segment takes place: in its own room, else in those of the lanes that have cues of it."""
    if segment.room:
        return (segment.room,)
    lanes = {cue.lane_id for cue in plan.cues if cue.segment_id == segment.id}
    rooms = (lane.room for lane in plan.lanes if lane.id in lanes)
    return tuple(dict.fromkeys(room for room in rooms if room))


def cancelled_by(before: Version | None, plan: Plan) -> tuple[Cancelled, ...]:
    """Return the segments that were published and that `plan`, the next version, has not."""
    if before is None:
        return ()
    now, known = spans(seen_by_all(plan)), seen_by_all(before.plan)
    known_spans: Mapping[SegmentId, Span] = spans(known)
    lost = [
        Cancelled(
            id=segment.id,
            title=segment.title,
            starts_at=known_spans[segment.id].starts_at,
            ends_at=known_spans[segment.id].ends_at,
        )
        for segment in known.segments
        if segment.id in known_spans and segment.id not in now
    ]
    return tuple(one for one in (*before.cancelled, *lost) if one.id not in now)


def stamped(before: Version | None, version: Version) -> dict[SegmentId, Stamp]:
    """Return the stamps of a version that is published after `before`, of its segments and of those that are cancelled.

    What moved, is new, was cancelled or came back gets the version's number less one: always more than it had. What
    reads otherwise keeps its sequence. A number that does not follow that of `before` is one of a restored database,
    whose calendars may have had anything in between: all is as if it moved.
    """
    now = _shown(version.plan)
    known = {} if before is None else _shown(before.plan)
    new = Stamp(sequence=version.number - 1, changed_at=version.published_at)
    stamps = dict.fromkeys((*now, *(one.id for one in version.cancelled)), new)
    if before is None or version.number != before.number + 1:
        return stamps
    for segment in stamps:
        held, after = before.stamp(segment), now.get(segment)
        earlier = known.get(segment)
        if after == earlier:
            stamps[segment] = held
        elif after and earlier and after.place == earlier.place:
            stamps[segment] = replace(held, changed_at=version.published_at)
    return stamps


def _shown(plan: Plan) -> dict[SegmentId, _Shown]:
    seen = seen_by_all(plan)
    when, titles = spans(seen), {lane.id: lane.title for lane in seen.lanes}
    inside: dict[SegmentId, list[Cue]] = {}
    for cue in seen.cues:
        inside.setdefault(cue.segment_id, []).append(cue)
    return {
        segment.id: _Shown(
            place=_Place(span=when[segment.id], rooms=rooms_of(seen, segment)),
            title=segment.title,
            note=segment.note,
            lines=tuple((cue.planned_start, cue.title, cue.lane_id) for cue in inside[segment.id]),
            lanes=tuple(
                (lane, title)
                for lane, title in titles.items()
                if any(cue.lane_id == lane for cue in inside[segment.id])
            ),
        )
        for segment in seen.segments
        if segment.id in when
    }
