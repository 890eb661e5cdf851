"""The agenda as documents: what a browser gets, enough for it to compute the projection by itself.

Keys are `lane/<id>`, `cue/<id>` and `segment/<id>`; the fields are listed in `docs/protocol.md`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from conference_hub.agenda.allowed import allowed_commands
from conference_hub.agenda.clock import CueRun, LaneRun, extension_bounds
from conference_hub.agenda.history import LIVE_RUN, Step, offered_document
from conference_hub.agenda.model import Cue, Lane, Segment
from conference_hub.core.now import iso

Document = dict[str, object]


def lane_document(run: LaneRun, lane: Lane) -> Document:
    """Render a lane for the key `lane/<id>`; `cue` is the current cue's id while running or held."""
    return {
        "id": lane.id,
        "title": lane.title.as_doc(),
        "position": lane.position,
        "run": LIVE_RUN,
        "status": run.status.value,
        "cue": run.current.cue_id if run.current else None,
        "held_since": _instant(run.held_since),
    }


def operators_lane_document(run: LaneRun, lane: Lane, undo: Step | None, redo: Step | None) -> Document:
    """Render a lane for operators: also what may be commanded next, and the steps to take back and to do again."""
    shortest, longest = extension_bounds(run)
    return {
        **lane_document(run, lane),
        "commands": allowed_commands(run, undo, redo),
        "extend_min_s": shortest,
        "extend_max_s": longest,
        "undo": offered_document(undo),
        "redo": offered_document(redo),
    }


def cue_document(cue: Cue, cue_run: CueRun, segment: Segment) -> Document:
    """Render a cue, planned and as it runs, for the key `cue/<id>`; `kind` is its segment's."""
    return {
        "id": cue.id,
        "lane": cue.lane_id,
        "segment": cue.segment_id,
        "title": cue.title.as_doc(),
        "kind": segment.kind.value,
        "position": cue.position,
        "planned_start": iso(cue_run.planned_start),
        "planned_s": _seconds(cue_run.planned),
        "started_at": _instant(cue_run.started_at),
        "ended_at": _instant(cue_run.ended_at),
        "extension_s": _seconds(cue_run.extension),
        "held_s": _seconds(cue_run.held),
    }


def segment_document(segment: Segment) -> Document:
    """Render a segment for the key `segment/<id>`; `label` is the wording of its kind."""
    return {
        "id": segment.id,
        "kind": segment.kind.value,
        "label": segment.kind.label.as_doc(),
        "title": segment.title.as_doc(),
        "note": segment.note.as_doc() if segment.note else None,
        "position": segment.position,
    }


def _instant(instant: datetime | None) -> str | None:
    return None if instant is None else iso(instant)


def _seconds(span: timedelta) -> float:
    """Seconds, whole where they are whole: 600, not 600.0."""
    seconds = span.total_seconds()
    return int(seconds) if seconds.is_integer() else seconds
