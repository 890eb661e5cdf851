"""What of a plan everybody may know: no hidden segments, no skipped cues, no notes; and where and when a segment is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from conference_hub.agenda.model import Cancelled, Cue, Plan, RoomId, Segment, SegmentId, Version


@dataclass(frozen=True, kw_only=True)
class Span:
    """When a segment is: from the start of its first cue to the end of its last one."""

    starts_at: datetime
    ends_at: datetime


def seen_by_all(plan: Plan) -> Plan:
    """Return the plan without what the team alone sees, and without cues that are skipped."""
    return replace(
        plan,
        segments=tuple(segment for segment in plan.segments if segment.public),
        cues=tuple(
            replace(cue, notes={})
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
