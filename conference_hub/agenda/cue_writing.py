"""Cues of the plan as records of the cue sheet, and the plan that such records make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from conference_hub.agenda.clock import SECOND
from conference_hub.agenda.cue_rows import CueRecord, CueSpeakerItem, ReadingItem
from conference_hub.agenda.layout import LONGEST_NUMBER
from conference_hub.agenda.model import (
    NO_PLAN,
    Cue,
    CueId,
    DepartmentId,
    Lane,
    LaneId,
    Plan,
    SegmentId,
    Speaker,
)
from conference_hub.core.ordered import Titled
from conference_hub.core.text import Text
from conference_hub.exchange.diff import Changes
from conference_hub.exchange.part import Ids, plain_word
from conference_hub.exchange.titled import by_title, name_of, names_of

FIRST_LANE = Text(ko="현장", en="Hall")


def records_of(plan: Plan, main: str) -> list[CueRecord]:
    """Return the rows of the cues of a plan."""
    segments, lanes, departments = (
        _names(listed, main) for listed in (plan.segments, plan.lanes, plan.departments)
    )
    return [_record(cue, segments, lanes, departments) for cue in plan.cues]


def _names(listed: Sequence[Titled], main: str) -> dict[str, str]:
    return {one.id: name for one, name in zip(listed, names_of(listed, main), strict=True)}


def _record(
    cue: Cue, segments: Mapping[str, str], lanes: Mapping[str, str], departments: Mapping[str, str]
) -> CueRecord:
    return CueRecord(
        number=cue.number,
        start=cue.planned_start,
        length=round(cue.planned / SECOND) or 1,
        segment=segments[cue.segment_id],
        title=cue.title,
        notes={departments[name]: text for name, text in cue.notes.items()},
        lane=lanes[cue.lane_id],
        speakers=tuple(CueSpeakerItem(name=one.name, role=one.role) for one in cue.speakers),
        readings=tuple(
            ReadingItem(absent=one.reads_for, by=one.name) for one in cue.speakers if one.reads_for
        ),
        follows=not cue.fixed,
        sync=cue.sync,
        shortest=None if cue.shortest is None else round(cue.shortest / SECOND) or 1,
        droppable=cue.droppable,
        skipped=cue.skipped,
        colour=cue.colour,
        warn=cue.warn_s or None,
        danger=cue.danger_s or None,
    )


def with_lane(plan: Plan, changes: Changes[CueRecord], main: str, ids: Ids) -> Plan:
    """Return the plan with a first lane, where neither it nor the sheet names one."""
    if plan.lanes or not changes.after:
        return plan
    lane = Lane(id=LaneId(ids("lane", name_of(FIRST_LANE, main))), title=FIRST_LANE)
    return replace(plan, lanes=(lane,))


def with_cues(plan: Plan, changes: Changes[CueRecord], main: str, ids: Ids) -> Plan:
    """Return the plan with the cues of the sheet, and behind them those that are about to go."""
    known = {cue.number: cue for cue in plan.cues}
    taken = {record.number for record in changes.after if record.number}
    lanes, segments = by_title(plan.lanes, main), by_title(plan.segments, main)
    departments = by_title(plan.departments, main)
    cues = []
    for change in changes.staying:
        before = known.get(change.before.number or "") if change.before else None
        record = change.record
        lane = lanes.get(plain_word(record.lane or "")) or plan.lanes[0]
        segment = segments.get(plain_word(record.segment or "")) or plan.segments[0]
        cues.append(_cue(record, before, lane.id, segment.id, ids, departments, main))
    gone = (known[one.number] for one in changes.gone if one.number in known)
    cues += [replace(cue, number=aside(cue.number)) if cue.number in taken else cue for cue in gone]
    return replace(plan, cues=tuple(cues))


def aside(number: str) -> str:
    """Return the number of a cue that is about to go while another one takes its own."""
    return f"~{number}"[:LONGEST_NUMBER]


def _cue(
    record: CueRecord,
    before: Cue | None,
    lane_id: LaneId,
    segment_id: SegmentId,
    ids: Ids,
    departments: Mapping[str, Any],
    main: str,
) -> Cue:
    start = record.start or (before.planned_start if before else NO_PLAN.changed_at)
    key = record.number or name_of(record.title, main)
    return Cue(
        id=before.id if before else CueId(ids("cue", key)),
        segment_id=segment_id,
        lane_id=lane_id,
        title=record.title,
        planned_start=start,
        planned=timedelta(seconds=record.length),
        number=record.number or "",
        fixed=not record.follows,
        skipped=record.skipped,
        sync=record.sync,
        shortest=None if record.shortest is None else timedelta(seconds=record.shortest),
        droppable=record.droppable,
        colour=record.colour,
        warn_s=record.warn,
        danger_s=record.danger,
        notes={DepartmentId(departments[plain_word(name)].id): text for name, text in record.notes.items()},
        speakers=_speakers(record),
    )


def _speakers(record: CueRecord) -> tuple[Speaker, ...]:
    first = record.speakers[0].name if record.speakers else ""
    absent = {plain_word(one.by or first): one.absent for one in record.readings}
    return tuple(
        Speaker(name=one.name, role=one.role, reads_for=absent.get(plain_word(one.name)))
        for one in record.speakers
    )
