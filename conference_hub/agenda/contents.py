"""A plan as JSON: what versions keep, and what the API gives out and takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from typing_extensions import TypedDict

from conference_hub.agenda.kinds import SegmentKind
from conference_hub.agenda.layout import numbered
from conference_hub.agenda.model import (
    DEFAULT_DEPARTMENTS,
    Cue,
    CueId,
    Department,
    DepartmentId,
    Lane,
    LaneId,
    Plan,
    RoomId,
    Segment,
    SegmentId,
    Speaker,
)
from conference_hub.core.now import iso, parse_iso, seconds_of
from conference_hub.core.shapes import Instant
from conference_hub.core.text import Text, TextDoc


class DepartmentContent(TypedDict):
    """A department of the team, which has notes of its own at each cue."""

    id: str
    title: TextDoc


class SpeakerContent(TypedDict):
    """Who speaks in a segment."""

    name: str
    role: str


class CueSpeakerContent(SpeakerContent):
    """Who speaks in a cue; `reads_for` names whose text they read (대독)."""

    reads_for: str | None


class SegmentContent(TypedDict):
    """A segment of a plan; the team alone sees one that is not `public`."""

    id: str
    kind: SegmentKind
    title: TextDoc
    note: TextDoc | None
    room: str | None
    speakers: list[SpeakerContent]
    public: bool


class CueContent(TypedDict):
    """A cue of a plan; `notes` are by department."""

    id: str
    number: str
    segment: str
    title: TextDoc
    fixed: bool
    planned_start: Instant
    planned_s: float
    colour: str | None
    warn_s: int | None
    danger_s: int | None
    skipped: bool
    sync: str | None
    shortest_s: float | None
    droppable: bool
    notes: dict[str, str]
    speakers: list[CueSpeakerContent]


class LaneContent(TypedDict):
    """A lane of a plan, with its cues in order."""

    id: str
    title: TextDoc
    colour: str | None
    room: str | None
    cues: list[CueContent]


class PlanContent(TypedDict):
    """A plan: departments, segments and lanes in their order."""

    departments: list[DepartmentContent]
    segments: list[SegmentContent]
    lanes: list[LaneContent]


def content_of(plan: Plan) -> PlanContent:
    """Render a plan as JSON, without its revision."""
    return {
        "departments": department_contents(plan.departments),
        "segments": [segment_content(segment) for segment in plan.segments],
        "lanes": [
            {**lane_content(lane), "cues": list(map(cue_content, plan.lane_cues[lane.id]))}
            for lane in plan.lanes
        ],
    }


def plan_of(content: Mapping[str, Any], *, revision: int, changed_at: datetime, by: str = "") -> Plan:
    """Return the plan that a content describes; what an earlier version of the hub did not know is as it began."""
    departments = content.get("departments")
    return Plan(
        revision=revision,
        changed_at=changed_at,
        by=by,
        departments=DEFAULT_DEPARTMENTS if departments is None else departments_of(departments),
        segments=tuple(map(segment_of, content["segments"])),
        lanes=tuple(map(lane_of, content["lanes"])),
        cues=tuple(
            numbered(cue_of(cue, LaneId(lane["id"])) for lane in content["lanes"] for cue in lane["cues"])
        ),
    )


def department_contents(departments: Iterable[Department]) -> list[DepartmentContent]:
    """Render departments."""
    return [{"id": one.id, "title": one.title.as_doc()} for one in departments]


def departments_of(contents: Iterable[Mapping[str, Any]]) -> tuple[Department, ...]:
    """Return the departments that contents describe."""
    return tuple(Department(id=DepartmentId(one["id"]), title=Text.of(one["title"])) for one in contents)


def segment_content(segment: Segment) -> SegmentContent:
    """Render a segment."""
    return {
        "id": segment.id,
        "kind": segment.kind,
        "title": segment.title.as_doc(),
        "note": segment.note.as_doc() if segment.note else None,
        "room": segment.room,
        "speakers": [{"name": one.name, "role": one.role} for one in segment.speakers],
        "public": segment.public,
    }


def segment_of(content: Mapping[str, Any]) -> Segment:
    """Return the segment that a content describes."""
    return Segment(
        id=SegmentId(content["id"]),
        kind=SegmentKind(content["kind"]),
        title=Text.of(content["title"]),
        note=Text.of(content["note"]) if content.get("note") else None,
        room=_room(content),
        speakers=speakers_of(content.get("speakers", ())),
        public=content.get("public", True),
    )


def lane_content(lane: Lane) -> LaneContent:
    """Render a lane, without its cues."""
    return {"id": lane.id, "title": lane.title.as_doc(), "colour": lane.colour, "room": lane.room, "cues": []}


def lane_of(content: Mapping[str, Any]) -> Lane:
    """Return the lane that a content describes, without its cues."""
    return Lane(
        id=LaneId(content["id"]),
        title=Text.of(content["title"]),
        colour=content.get("colour"),
        room=_room(content),
    )


def cue_content(cue: Cue) -> CueContent:
    """Render a cue."""
    return {
        "id": cue.id,
        "number": cue.number,
        "segment": cue.segment_id,
        "title": cue.title.as_doc(),
        "fixed": cue.fixed,
        "planned_start": iso(cue.planned_start),
        "planned_s": seconds_of(cue.planned),
        "colour": cue.colour,
        "warn_s": cue.warn_s,
        "danger_s": cue.danger_s,
        "skipped": cue.skipped,
        "sync": cue.sync,
        "shortest_s": None if cue.shortest is None else seconds_of(cue.shortest),
        "droppable": cue.droppable,
        "notes": {str(name): text for name, text in cue.notes.items()},
        "speakers": speaker_contents(cue.speakers),
    }


def cue_of(content: Mapping[str, Any], lane_id: LaneId) -> Cue:
    """Return the cue of a lane that a content describes; `number` is empty where none was given."""
    return Cue(
        id=CueId(content["id"]),
        segment_id=SegmentId(content["segment"]),
        lane_id=lane_id,
        title=Text.of(content["title"]),
        planned_start=parse_iso(content["planned_start"]),
        planned=timedelta(seconds=content["planned_s"]),
        number=content.get("number", ""),
        fixed=content.get("fixed", True),
        skipped=content.get("skipped", False),
        sync=content.get("sync"),
        shortest=_span(content.get("shortest_s")),
        droppable=content.get("droppable", False),
        colour=content.get("colour"),
        warn_s=content.get("warn_s"),
        danger_s=content.get("danger_s"),
        notes={DepartmentId(name): text for name, text in content.get("notes", {}).items()},
        speakers=speakers_of(content.get("speakers", ())),
    )


def speaker_contents(speakers: Iterable[Speaker]) -> list[CueSpeakerContent]:
    """Render the speakers of a cue."""
    return [{"name": one.name, "role": one.role, "reads_for": one.reads_for} for one in speakers]


def speakers_of(contents: Iterable[Mapping[str, Any]]) -> tuple[Speaker, ...]:
    """Return the speakers that contents describe."""
    return tuple(
        Speaker(name=one["name"], role=one.get("role", ""), reads_for=one.get("reads_for"))
        for one in contents
    )


def _span(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)


def _room(content: Mapping[str, Any]) -> RoomId | None:
    room = content.get("room")
    return None if room is None else RoomId(room)
