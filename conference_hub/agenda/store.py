"""Agenda rows to model and back, and the agenda as documents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.agenda import steps
from conference_hub.agenda.clock import CueRun, LaneRun, LaneStatus
from conference_hub.agenda.documents import (
    cue_document,
    lane_document,
    operators_lane_document,
    segment_document,
)
from conference_hub.agenda.driving import driving_document, driving_key, recent_commands
from conference_hub.agenda.history import LIVE_RUN
from conference_hub.agenda.kinds import SegmentKind
from conference_hub.agenda.model import Cue, CueId, Lane, LaneId, Segment, SegmentId
from conference_hub.agenda.tables import CueRow, LaneRow, SegmentRow
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.stream import Doc, Docs, Stream
from conference_hub.core.text import Text

MS = timedelta(milliseconds=1)


def all_segments(session: Session, conf: str) -> list[Segment]:
    """Return the segments of a conference in order."""
    rows = session.scalars(
        sa.select(SegmentRow).where(SegmentRow.conf == conf).order_by(SegmentRow.position, SegmentRow.id)
    )
    return [_segment(row) for row in rows]


def all_lanes(session: Session, conf: str) -> list[Lane]:
    """Return the lanes of a conference in order."""
    return [_lane(row) for row in _lane_rows(session, conf)]


def all_cues(session: Session, conf: str) -> list[Cue]:
    """Return the planned cues of a conference, by lane and then in order."""
    place = {lane.id: index for index, lane in enumerate(all_lanes(session, conf))}
    cues = [_cue(row) for row in _cue_rows(session, conf)]
    return sorted(cues, key=lambda cue: (place[cue.lane_id], cue.position))


def get_lane(session: Session, conf: str, lane_id: str | None) -> Lane:
    """Return a lane, the first one when `lane_id` is None; raises NotFound."""
    lanes = [lane for lane in all_lanes(session, conf) if lane_id in {None, lane.id}]
    if not lanes:
        raise NotFound(msg("그런 진행 구역이 없습니다."), lane=lane_id)
    return lanes[0]


def get_run(session: Session, conf: str, lane_id: LaneId) -> LaneRun:
    """Return a lane as it runs; raises NotFound."""
    row = session.get(LaneRow, (conf, lane_id))
    if row is None:
        raise NotFound(msg("그런 진행 구역이 없습니다."), lane=lane_id)
    return _run(row, [cue for cue in _cue_rows(session, conf) if cue.lane_id == lane_id])


def all_runs(session: Session, conf: str) -> list[LaneRun]:
    """Return every lane as it runs, in order."""
    cues = _cue_rows(session, conf)
    return [_run(row, [cue for cue in cues if cue.lane_id == row.id]) for row in _lane_rows(session, conf)]


def save_run(session: Session, conf: str, before: LaneRun, after: LaneRun) -> None:
    """Write how far a lane has come, and those of its cues that changed."""
    lane = session.get_one(LaneRow, (conf, after.lane_id))
    lane.status = after.status
    lane.cue_id = after.current.cue_id if after.current else None
    lane.held_since = after.held_since
    for known, cue in zip(before.cues, after.cues, strict=True):
        if cue != known:
            row = session.get_one(CueRow, (conf, cue.cue_id))
            row.started_at, row.ended_at = cue.started_at, cue.ended_at
            row.extension_ms, row.held_ms = cue.extension // MS, cue.held // MS
    session.flush()


def add_plan(
    session: Session, conf: str, lanes: Iterable[Lane], segments: Iterable[Segment], cues: Iterable[Cue]
) -> None:
    """Add a plan in which nothing has started; raises IntegrityError when it fits no rows or one is there."""
    session.add_all(_segment_row(conf, segment) for segment in segments)
    session.add_all(
        LaneRow(
            conf=conf,
            id=lane.id,
            title=lane.title.as_doc(),
            position=lane.position,
            status=LaneStatus.WAITING,
        )
        for lane in lanes
    )
    session.flush()
    session.add_all(_cue_row(conf, cue) for cue in cues)
    session.flush()


def documents(session: Session, conf: str, stream: Stream) -> Docs:
    """Return the agenda's documents: the programme is public; operators also learn who drives."""
    segments = all_segments(session, conf)
    docs: Docs = {f"segment/{segment.id}": segment_document(segment) for segment in segments}
    cues = all_cues(session, conf)
    for lane, run in zip(all_lanes(session, conf), all_runs(session, conf), strict=True):
        docs |= lane_documents(run, lane, cues, segments)
        if stream is Stream.OPERATOR:
            docs[f"lane/{lane.id}"] = operators_document(session, conf, run, lane)
            docs[driving_key(lane)] = driving_document(lane, recent_commands(session, conf, lane))
    return docs


def operators_document(session: Session, conf: str, run: LaneRun, lane: Lane) -> Doc:
    """Return a lane's document for operators, with what they may command next."""
    offer = steps.offer(session, conf, LIVE_RUN, f"lane/{lane.id}")
    return operators_lane_document(run, lane, offer.undo, offer.redo)


def lane_documents(run: LaneRun, lane: Lane, cues: Iterable[Cue], segments: Iterable[Segment]) -> Docs:
    """Return the documents of a lane and its cues as they run; `cues` and `segments` are the conference's."""
    planned = {cue.id: cue for cue in cues}
    programme = {segment.id: segment for segment in segments}
    docs: Docs = {f"lane/{lane.id}": lane_document(run, lane)}
    for cue_run in run.cues:
        cue = planned[cue_run.cue_id]
        docs[f"cue/{cue.id}"] = cue_document(cue, cue_run, programme[cue.segment_id])
    return docs


def _lane_rows(session: Session, conf: str) -> list[LaneRow]:
    return list(
        session.scalars(sa.select(LaneRow).where(LaneRow.conf == conf).order_by(LaneRow.position, LaneRow.id))
    )


def _cue_rows(session: Session, conf: str) -> list[CueRow]:
    return list(
        session.scalars(
            sa.select(CueRow).where(CueRow.conf == conf).order_by(CueRow.lane_id, CueRow.position)
        )
    )


def _run(row: LaneRow, cues: list[CueRow]) -> LaneRun:
    ids = [cue.id for cue in cues]
    return LaneRun(
        lane_id=LaneId(row.id),
        cues=tuple(_cue_run(cue) for cue in cues),
        status=LaneStatus(row.status),
        position=None if row.cue_id is None else ids.index(row.cue_id),
        held_since=row.held_since,
    )


def _cue_run(row: CueRow) -> CueRun:
    return CueRun(
        cue_id=CueId(row.id),
        planned_start=row.planned_start,
        planned=row.planned_ms * MS,
        started_at=row.started_at,
        ended_at=row.ended_at,
        extension=row.extension_ms * MS,
        held=row.held_ms * MS,
    )


def _segment(row: SegmentRow) -> Segment:
    return Segment(
        id=SegmentId(row.id),
        kind=SegmentKind(row.kind),
        title=Text.of(row.title),
        note=Text.of(row.note) if row.note else None,
        position=row.position,
    )


def _lane(row: LaneRow) -> Lane:
    return Lane(id=LaneId(row.id), title=Text.of(row.title), position=row.position)


def _cue(row: CueRow) -> Cue:
    return Cue(
        id=CueId(row.id),
        segment_id=SegmentId(row.segment_id),
        lane_id=LaneId(row.lane_id),
        title=Text.of(row.title),
        planned_start=row.planned_start,
        planned=row.planned_ms * MS,
        position=row.position,
    )


def _segment_row(conf: str, segment: Segment) -> SegmentRow:
    return SegmentRow(
        conf=conf,
        id=segment.id,
        kind=segment.kind,
        title=segment.title.as_doc(),
        note=segment.note.as_doc() if segment.note else None,
        position=segment.position,
    )


def _cue_row(conf: str, cue: Cue) -> CueRow:
    return CueRow(
        conf=conf,
        id=cue.id,
        segment_id=cue.segment_id,
        lane_id=cue.lane_id,
        title=cue.title.as_doc(),
        position=cue.position,
        planned_start=cue.planned_start,
        planned_ms=cue.planned // MS,
    )
