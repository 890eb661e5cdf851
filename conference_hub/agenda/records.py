"""The rows of the plan and of runs ↔ the model: columns by name, the ids and the conference aside."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from conference_hub.agenda import contents
from conference_hub.agenda.kinds import SegmentKind
from conference_hub.agenda.model import (
    Cue,
    CueId,
    DepartmentId,
    Lane,
    LaneId,
    Plan,
    RoomId,
    Segment,
    SegmentId,
)
from conference_hub.core.text import Text

MS = timedelta(milliseconds=1)
Row = sa.RowMapping
Record = dict[str, Any]
Records = dict[str, Record]
"""Rows of a table by id, without the conference."""


def segment_records(plan: Plan) -> Records:
    """Return the columns of the segments of a plan by id."""
    return {
        one.id: {
            "kind": one.kind.value,
            "title": one.title.as_doc(),
            "note": one.note.as_doc() if one.note else None,
            "room": one.room,
            "speakers": contents.speaker_contents(one.speakers),
            "public": one.public,
        }
        for one in plan.segments
    }


def lane_records(plan: Plan) -> Records:
    """Return the columns of the lanes of a plan by id."""
    return {
        one.id: {
            "title": one.title.as_doc(),
            "cues": [cue.id for cue in plan.lane_cues[one.id]],
            "colour": one.colour,
            "room": one.room,
        }
        for one in plan.lanes
    }


def cue_records(plan: Plan, unchanged: Container[CueId] = ()) -> Records:
    """Return the columns of the cues of a plan by id, but for those that are `unchanged`."""
    return {
        one.id: {
            **cue_record(one),
            "skipped": one.skipped,
            "notes": dict(one.notes),
        }
        for one in plan.cues
        if one.id not in unchanged
    }


def cue_record(cue: Cue) -> Record:
    """Return the columns of a cue, planned or as it runs, but for its id."""
    return {
        "segment_id": cue.segment_id,
        "lane_id": cue.lane_id,
        "title": cue.title.as_doc(),
        "planned_start": cue.planned_start,
        "planned_ms": cue.planned // MS,
        "number": cue.number,
        "colour": cue.colour,
        "warn_s": cue.warn_s,
        "danger_s": cue.danger_s,
        "speakers": contents.speaker_contents(cue.speakers),
        "fixed": cue.fixed,
        "sync": cue.sync,
        "shortest_ms": None if cue.shortest is None else cue.shortest // MS,
        "droppable": cue.droppable,
    }


def cue_of(row: Row) -> Cue:
    """Return the cue of a row, planned or as it runs."""
    return Cue(
        id=CueId(row["id"]),
        segment_id=SegmentId(row["segment_id"]),
        lane_id=LaneId(row["lane_id"]),
        title=Text.of(row["title"]),
        planned_start=row["planned_start"],
        planned=row["planned_ms"] * MS,
        number=row["number"],
        colour=row["colour"],
        warn_s=row["warn_s"],
        danger_s=row["danger_s"],
        speakers=contents.speakers_of(row["speakers"]),
        fixed=row["fixed"],
        sync=row["sync"],
        shortest=shortest_of(row),
        droppable=row["droppable"],
    )


def shortest_of(row: Row) -> timedelta | None:
    """Return what the cue of a row is cut to at most, None when it is not cut."""
    return None if row["shortest_ms"] is None else row["shortest_ms"] * MS


def planned_cue(row: Row) -> Cue:
    """Return the cue of a row of the plan."""
    return replace(
        cue_of(row),
        skipped=row["skipped"],
        notes={DepartmentId(name): text for name, text in row["notes"].items()},
    )


def segment_of(row: Row) -> Segment:
    """Return the segment of a row."""
    return Segment(
        id=SegmentId(row["id"]),
        kind=SegmentKind(row["kind"]),
        title=Text.of(row["title"]),
        note=Text.of(row["note"]) if row["note"] else None,
        room=_room(row),
        speakers=contents.speakers_of(row["speakers"]),
        public=row["public"],
    )


def lane_of(row: Row) -> Lane:
    """Return the lane of a row, without its cues."""
    return Lane(id=LaneId(row["id"]), title=Text.of(row["title"]), colour=row["colour"], room=_room(row))


def _room(row: Row) -> RoomId | None:
    return None if row["room"] is None else RoomId(row["room"])
