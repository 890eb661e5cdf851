"""A plan as JSON: what versions keep, and what the API gives out and takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from typing_extensions import TypedDict

from conference_hub.agenda.kinds import SegmentKind
from conference_hub.agenda.model import Cue, CueId, Lane, LaneId, Plan, Segment, SegmentId
from conference_hub.core.now import iso, parse_iso, seconds_of
from conference_hub.core.shapes import Instant
from conference_hub.core.text import Text, TextDoc


class SegmentContent(TypedDict):
    """A segment of a plan."""

    id: str
    kind: SegmentKind
    title: TextDoc
    note: TextDoc | None


class CueContent(TypedDict):
    """A cue of a plan."""

    id: str
    segment: str
    title: TextDoc
    planned_start: Instant
    planned_s: float


class LaneContent(TypedDict):
    """A lane of a plan, with its cues in order."""

    id: str
    title: TextDoc
    cues: list[CueContent]


class PlanContent(TypedDict):
    """A plan: its segments in order, and its lanes in order."""

    segments: list[SegmentContent]
    lanes: list[LaneContent]


def content_of(plan: Plan) -> PlanContent:
    """Render a plan as JSON, without its revision."""
    return {
        "segments": [_segment_content(segment) for segment in plan.segments],
        "lanes": [
            {
                "id": lane.id,
                "title": lane.title.as_doc(),
                "cues": list(map(_cue_content, plan.lane_cues[lane.id])),
            }
            for lane in plan.lanes
        ],
    }


def plan_of(content: Mapping[str, Any], *, revision: int, changed_at: datetime) -> Plan:
    """Return the plan that a content describes."""
    return Plan(
        revision=revision,
        changed_at=changed_at,
        segments=tuple(map(_segment, content["segments"])),
        lanes=tuple(Lane(id=LaneId(one["id"]), title=Text.of(one["title"])) for one in content["lanes"]),
        cues=tuple(_cues(content["lanes"])),
    )


def _segment_content(segment: Segment) -> SegmentContent:
    return {
        "id": segment.id,
        "kind": segment.kind,
        "title": segment.title.as_doc(),
        "note": segment.note.as_doc() if segment.note else None,
    }


def _cue_content(cue: Cue) -> CueContent:
    return {
        "id": cue.id,
        "segment": cue.segment_id,
        "title": cue.title.as_doc(),
        "planned_start": iso(cue.planned_start),
        "planned_s": seconds_of(cue.planned),
    }


def _segment(content: Mapping[str, Any]) -> Segment:
    return Segment(
        id=SegmentId(content["id"]),
        kind=SegmentKind(content["kind"]),
        title=Text.of(content["title"]),
        note=Text.of(content["note"]) if content.get("note") else None,
    )


def _cues(lanes: Iterable[Mapping[str, Any]]) -> Iterable[Cue]:
    for lane in lanes:
        for cue in lane["cues"]:
            yield Cue(
                id=CueId(cue["id"]),
                segment_id=SegmentId(cue["segment"]),
                lane_id=LaneId(lane["id"]),
                title=Text.of(cue["title"]),
                planned_start=parse_iso(cue["planned_start"]),
                planned=timedelta(seconds=cue["planned_s"]),
            )
