"""The agenda as documents: what a browser gets, enough for it to compute the projection by itself.

Their keys are in `keys.py`; a rehearsal's documents have other keys than the live run's and the same fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from conference_hub.agenda.allowed import allowed_commands
from conference_hub.agenda.clock import extension_bounds
from conference_hub.agenda.contents import speaker_contents
from conference_hub.agenda.history import Offer, offered_document
from conference_hub.agenda.keys import Keys
from conference_hub.agenda.kinds import SegmentKind
from conference_hub.agenda.lane_run import CueRun, LaneRun
from conference_hub.agenda.lease import Holder
from conference_hub.agenda.model import Cue, CueId, LaneId, Plan, Revision, Segment, Version
from conference_hub.agenda.run import Following
from conference_hub.agenda.run_clock import RunClock
from conference_hub.agenda.sync_points import words_outside
from conference_hub.core.now import iso, seconds_of
from conference_hub.core.stream import Doc, Docs
from conference_hub.core.text import Text

Document = dict[str, object]

TOLD = 20
"""How many changes of a version its document names; `/programme/changes` has them all."""
VEIL: Document = {
    "number": "",
    "title": Text(ko="준비", en="Preparation").as_doc(),
    "kind": SegmentKind.GENERAL.value,
    "colour": None,
    "speakers": [],
}
"""What the public sees of a cue of a segment that is not public."""
RECENT = 20
"""How many acts of a lane an operator is shown."""


def rehearsal_document(following: Following) -> Document:
    """Render a rehearsal for the key `rehearsal/<run>`."""
    return {
        "id": following.id,
        "revision": following.plan.revision,
        "began_at": iso(following.began_at),
        "by": following.by,
        "clock": _clock_document(following.clock),
        "on_screens": following.on_screens,
    }


def _clock_document(clock: RunClock | None) -> Document | None:
    if clock is None:
        return None
    return {"since": iso(clock.since), "at": iso(clock.at), "speed": clock.speed}


def plan_document(working: Revision, published: Version | None, followed: Plan) -> Document:
    """Render for the key `plan` which revision is edited, which is published and which the live run follows."""
    return {
        "revision": working.number,
        "changed_at": iso(working.changed_at),
        "version": published.number if published else None,
        "published_revision": published.plan.revision if published else None,
        "published_at": iso(published.published_at) if published else None,
        "run_revision": followed.revision or None,
    }


def as_public(docs: Docs, plan: Plan) -> Docs:
    """Return the documents of a run as the public sees them.

    A segment that the team alone sees is left out; its cues take their time under a title that says nothing.
    """
    if not plan.hidden:
        return docs
    hidden = {Keys().segment(segment) for segment in plan.hidden}
    words = words_outside(plan)
    return {key: _veiled(doc, plan, words) for key, doc in docs.items() if key not in hidden}


def notes_documents(following: Following) -> Docs:
    """Render the notes of a run's cues for those who work by them; a cue without notes has no document."""
    keys, plan = Keys.of(following), following.plan
    return {
        keys.notes(cue.id): _notes_document(cue, plan, place)
        for cues in plan.running_cues.values()
        for place, cue in enumerate(cues, start=1)
        if cue.notes
    }


def _notes_document(cue: Cue, plan: Plan, position: int) -> Document:
    named = ((place, one, cue.notes.get(one.id)) for place, one in enumerate(plan.departments, start=1))
    return {
        "cue": cue.id,
        "lane": cue.lane_id,
        "position": position,
        "notes": [
            {"department": one.id, "place": place, "title": one.title.as_doc(), "text": text}
            for place, one, text in named
            if text
        ],
    }


def _veiled(doc: Mapping[str, Any] | None, plan: Plan, words: Mapping[str, str]) -> Mapping[str, Any] | None:
    if doc is None or "planned_start" not in doc or doc["segment"] not in plan.hidden:
        return doc
    return {**doc, **VEIL, "sync": words.get(doc["sync"])}


def programme_document(published: Version) -> Document:
    """Render for the key `programme` which version of the plan is published, and what it changed for attendees."""
    return {
        "version": published.number,
        "published_at": iso(published.published_at),
        "note": published.note.as_doc() if published.note else None,
        "changes": list(published.changes[:TOLD]),
        "more": max(len(published.changes) - TOLD, 0),
    }


def segment_documents(following: Following) -> Docs:
    """Render the segments of the plan that a run follows."""
    keys = Keys.of(following)
    segments = enumerate(following.plan.segments, start=1)
    return {keys.segment(segment.id): segment_document(segment, place) for place, segment in segments}


def lane_documents(following: Following, run: LaneRun, cues: Mapping[CueId, Cue]) -> Docs:
    """Render a lane and all of its cues, as every audience sees them."""
    keys = Keys.of(following)
    return {
        keys.lane(run.lane_id): lane_document(following, run),
        **cue_documents(following, run, cues, (cue.cue_id for cue in run.cues)),
    }


def cue_documents(
    following: Following, run: LaneRun, cues: Mapping[CueId, Cue], wanted: Iterable[CueId]
) -> Docs:
    """Render some cues of a lane."""
    keys, chosen = Keys.of(following), set(wanted)
    places = ((place, cue) for place, cue in enumerate(run.cues, start=1) if cue.cue_id in chosen)
    return {
        keys.cue(cue.cue_id): cue_document(cues[cue.cue_id], cue, following.plan, place)
        for place, cue in places
    }


def lane_document(following: Following, run: LaneRun) -> Document:
    """Render a lane for its key; `cue` is the current cue's id while running or held."""
    places = enumerate(following.plan.lanes, start=1)
    place, lane = next((place, lane) for place, lane in places if lane.id == run.lane_id)
    return {
        "id": lane.id,
        "title": lane.title.as_doc(),
        "colour": lane.colour,
        "room": lane.room,
        "position": place,
        "run": following.id,
        "status": run.status.value,
        "cue": run.current.cue_id if run.current else None,
        "held_since": _instant(run.held_since),
        "standby": run.standby,
        "ready_since": _instant(run.ready_since),
    }


def operators_lane_document(
    following: Following, run: LaneRun, offer: Offer, holder: Holder | None = None
) -> Document:
    """Render a lane for operators: also what may be commanded next, by whom, and what to take back and do again."""
    shortest, longest = extension_bounds(run)
    return {
        **lane_document(following, run),
        "commands": allowed_commands(run, offer.undo, offer.redo),
        "extend_min_s": shortest,
        "extend_max_s": longest,
        "holder": holder.as_doc() if holder else None,
        "undo": offered_document(offer.undo),
        "redo": offered_document(offer.redo),
    }


def driving_document(following: Following, lane_id: LaneId, commands: Sequence[Doc]) -> Document:
    """Render the last commands of a lane, the newest first."""
    ids = [lane.id for lane in following.plan.lanes]
    return {"lane": lane_id, "position": ids.index(lane_id) + 1, "commands": list(commands)}


def cue_document(cue: Cue, cue_run: CueRun, plan: Plan, position: int) -> Document:
    """Render a cue, planned and as it runs; `kind` is its segment's, `position` its place in the lane, from 1."""
    return {
        "id": cue.id,
        "number": cue.number,
        "lane": cue.lane_id,
        "segment": cue.segment_id,
        "title": cue.title.as_doc(),
        "kind": plan.segment[cue.segment_id].kind.value,
        "position": position,
        "planned_start": iso(cue_run.planned_start),
        "planned_s": seconds_of(cue_run.planned),
        "colour": cue.colour,
        "warn_s": cue.warn_s,
        "danger_s": cue.danger_s,
        "speakers": speaker_contents(cue.speakers),
        "started_at": _instant(cue_run.started_at),
        "ended_at": _instant(cue_run.ended_at),
        "extension_s": seconds_of(cue_run.extension),
        "held_s": seconds_of(cue_run.held),
        "skipped": cue_run.skipped,
        "fixed": cue_run.fixed,
        "sync": cue_run.sync,
    }


def segment_document(segment: Segment, position: int) -> Document:
    """Render a segment; `label` is the wording of its kind, `position` its place in the day, from 1."""
    return {
        "id": segment.id,
        "kind": segment.kind.value,
        "label": segment.kind.label.as_doc(),
        "title": segment.title.as_doc(),
        "note": segment.note.as_doc() if segment.note else None,
        "room": segment.room,
        "speakers": [{"name": one.name, "role": one.role} for one in segment.speakers],
        "position": position,
    }


def _instant(instant: datetime | None) -> str | None:
    return None if instant is None else iso(instant)
