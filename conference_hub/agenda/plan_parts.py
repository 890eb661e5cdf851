"""Parts of a plan as they are sent: segments, lanes, cues and departments."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from conference_hub.agenda import contents
from conference_hub.agenda.clock import LONGEST_CUE, SECOND
from conference_hub.agenda.kinds import SegmentKind
from conference_hub.agenda.layout import LONGEST_NUMBER
from conference_hub.agenda.limits import (
    LONGEST_NOTE,
    LONGEST_SYNC,
    MOST_CUES_IN_LANE,
    MOST_DEPARTMENTS,
    MOST_SPEAKERS,
    SHORTEST_CUE_S,
)
from conference_hub.core.now import iso
from conference_hub.web.requests import Body, Flag, Instant, Line, Wording, text

PlanId = Annotated[
    str, StringConstraints(strict=True, max_length=80, pattern=r"^[a-z0-9]([a-z0-9_-]*[a-z0-9])?$")
]
"""An id of a part of the plan: 1 to 80 of `a-z0-9-_`, not at an end the last two; a new one is 10 of `a-z0-9`."""
Colour = Annotated[str, StringConstraints(strict=True, pattern=r"^#[0-9a-f]{6}$")]
Number = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, max_length=LONGEST_NUMBER)]
"""The number of a cue; an empty one is given by the hub."""
Brief = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, max_length=200)]
"""A text of at most 200 characters, which may be empty."""
Countdown = Annotated[int, Field(strict=True, ge=1, le=LONGEST_CUE // SECOND)]
"""Seconds left at which a countdown turns."""
CueLength = Annotated[float, Field(strict=True, ge=SHORTEST_CUE_S, le=LONGEST_CUE / SECOND)]
"""How many seconds a cue lasts."""
SyncPoint = Annotated[str, text(LONGEST_SYNC)]
"""The word of a sync point: cues of several lanes with the same one start together."""
Notes = Annotated[dict[PlanId, Annotated[str, text(LONGEST_NOTE)]], Field(max_length=MOST_DEPARTMENTS)]
"""Notes by department."""


class PlanSpeaker(Body):
    """Who speaks in a segment."""

    name: Line
    role: Brief = ""


class CueSpeaker(PlanSpeaker):
    """Who speaks in a cue; `reads_for` names whose text they read."""

    reads_for: Line | None = None


class PlanDepartment(Body):
    """A department of the team."""

    id: PlanId
    title: Wording


class PlanSegment(Body):
    """A part of the programme; the team alone sees one that is not `public`."""

    id: PlanId
    kind: SegmentKind
    title: Wording
    note: Wording | None = None
    room: PlanId | None = None
    speakers: Annotated[list[PlanSpeaker], Field(default_factory=list, max_length=MOST_SPEAKERS)]
    public: Flag = True


class PlanCue(Body):
    """A cue of a lane. One that is not `fixed` starts when the cue before it ends, whatever `planned_start` says."""

    id: PlanId
    number: Number = ""
    segment: PlanId
    title: Wording
    fixed: Flag = True
    planned_start: Instant
    planned_s: CueLength
    colour: Colour | None = None
    warn_s: Countdown | None = None
    danger_s: Countdown | None = None
    skipped: Flag = False
    sync: SyncPoint | None = None
    shortest_s: CueLength | None = None
    droppable: Flag = False
    notes: Notes = Field(default_factory=dict)
    speakers: Annotated[list[CueSpeaker], Field(default_factory=list, max_length=MOST_SPEAKERS)]


class LaneHead(Body):
    """A lane without its cues."""

    id: PlanId
    title: Wording
    colour: Colour | None = None
    room: PlanId | None = None


class PlanLane(LaneHead):
    """A lane with its cues, in order."""

    cues: Annotated[list[PlanCue], Field(max_length=MOST_CUES_IN_LANE)]


Departments = Annotated[list[PlanDepartment], Field(max_length=MOST_DEPARTMENTS)]


def department_content(one: PlanDepartment) -> contents.DepartmentContent:
    """Return a department as a plan is kept."""
    return {"id": one.id, "title": one.title.as_doc()}


def segment_content(segment: PlanSegment) -> contents.SegmentContent:
    """Return a segment as a plan is kept."""
    return {
        "id": segment.id,
        "kind": segment.kind,
        "title": segment.title.as_doc(),
        "note": segment.note.as_doc() if segment.note else None,
        "room": segment.room,
        "speakers": [{"name": one.name, "role": one.role} for one in segment.speakers],
        "public": segment.public,
    }


def lane_content(lane: LaneHead) -> contents.LaneContent:
    """Return a lane, without its cues, as a plan is kept."""
    return {
        "id": lane.id,
        "title": lane.title.as_doc(),
        "colour": lane.colour,
        "room": lane.room,
        "cues": [],
    }


def cue_content(cue: PlanCue) -> contents.CueContent:
    """Return a cue as a plan is kept."""
    return {
        "id": cue.id,
        "number": cue.number,
        "segment": cue.segment,
        "title": cue.title.as_doc(),
        "fixed": cue.fixed,
        "planned_start": iso(cue.planned_start),
        "planned_s": round(cue.planned_s, 3),
        "colour": cue.colour,
        "warn_s": cue.warn_s,
        "danger_s": cue.danger_s,
        "skipped": cue.skipped,
        "sync": cue.sync,
        "shortest_s": None if cue.shortest_s is None else round(cue.shortest_s, 3),
        "droppable": cue.droppable,
        "notes": dict(cue.notes),
        "speakers": [
            {"name": one.name, "role": one.role, "reads_for": one.reads_for} for one in cue.speakers
        ],
    }
