"""The cue sheet (큐시트): the cues of a plan as a part of the conference file.

A time without a day is of the first day or of the night after it, lane by lane; a row without a time follows the one
above it, and one without a segment or a lane has that of the row above it. In a plan that has no segments or lanes yet,
those that the sheet names are made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Annotated, Any

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session
from typing_extensions import override

from conference_hub.agenda import plan_actions, run_store, store
from conference_hub.agenda.clock import LONGEST_CUE, SECOND
from conference_hub.agenda.edits import checked
from conference_hub.agenda.exchange import NO_DEPENDENTS, by_title, main_language, name_of
from conference_hub.agenda.layout import LONGEST_NUMBER
from conference_hub.agenda.limits import MOST_CUES, MOST_CUES_IN_LANE
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
from conference_hub.agenda.plan_actions import Dependents
from conference_hub.core.errors import msg
from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context, LineCell
from conference_hub.exchange.columns import Column, Record, extra_columns
from conference_hub.exchange.diff import Change, Changes
from conference_hub.exchange.fields import ByColumn, Colour, Span, Start, Words, YesNo, heading, reference
from conference_hub.exchange.moments import ClockTime, roll_nights
from conference_hub.exchange.nested import ItemsCell
from conference_hub.exchange.part import (
    Ids,
    Key,
    Known,
    Part,
    Problem,
    Proposal,
    Stated,
    plain_word,
    value_key,
)

NO_START = msg("진행 구역의 첫 순서에는 시간을 적어 주세요.")
OUT_OF_ORDER = msg("바로 앞 순서보다 이른 시간입니다. 다음 날이면 날짜를 함께 적어 주세요.")
NO_SEGMENT = msg("구간을 적어 주세요.")
WHOLE_DAY = msg("한 순서는 24시간을 넘을 수 없습니다.")
RAN = msg("이미 진행한 순서는 지우거나 옮기거나 건너뛸 수 없습니다: %(number)s번")
IN_USE = msg("시상이 들어 있는 순서는 다른 진행 구역으로 옮기거나 건너뛸 수 없습니다: %(number)s번")
NO_SUCH_SPEAKER = msg("발표자에 없는 이름입니다: %(value)s")
TOO_MANY = msg("%(most)s개까지 넣을 수 있습니다.")
FIRST_LANE = Text(ko="현장", en="Hall")


class CueSpeakerItem(BaseModel):
    """Who speaks, and as what."""

    name: str
    role: str = ""


class ReadingItem(BaseModel):
    """Whose text is read by which of the speakers; the first one, where no name is given."""

    absent: str
    by: str = ""


class CueRecord(Record):
    """A row of the cue sheet."""

    number: Annotated[
        str | None, LineCell(LONGEST_NUMBER), heading("순서", "No.", "번호", "순번", "큐", "Cue", "Number")
    ] = None
    start: Annotated[Start | None, heading("시간", "Time", "시작", "시작 시각", "시각", "Start")] = None
    length: Annotated[Span, heading("소요", "Duration", "소요 시간", "시간(분)", "길이", "Length")]
    segment: Annotated[
        Annotated[str, reference("segments", creates=True)] | None,
        heading("구분", "Segment", "구간", "Part"),
    ] = None
    title: Annotated[Words, heading("내용", "Title", "제목", "Item", "Content")]
    notes: Annotated[ByColumn, heading("담당별 메모", "Notes")] = Field(default_factory=dict)
    lane: Annotated[
        Annotated[str, reference("lanes", creates=True)] | None,
        heading("진행 구역", "Lane", "레인", "구역", "트랙", "Track"),
    ] = None
    speakers: Annotated[
        tuple[CueSpeakerItem, ...],
        ItemsCell(CueSpeakerItem),
        heading("발표자 | 직함", "Speakers | role", "발표자", "연사", "출연", "Speakers"),
    ] = ()
    readings: Annotated[
        tuple[ReadingItem, ...],
        ItemsCell(ReadingItem),
        heading("대독 | 읽는 사람", "Read for | by", "대독", "Read for"),
    ] = ()
    follows: Annotated[YesNo, heading("이어서", "Follows on", "연속", "이어서 시작", "Soft start")] = False
    skipped: Annotated[YesNo, heading("건너뜀", "Skipped", "생략", "Skip")] = False
    colour: Annotated[Colour | None, heading("색", "Colour", "색상", "Color")] = None
    warn: Annotated[Span | None, heading("주의 (남은 시간)", "Warning (time left)", "주의", "Warning")] = None
    danger: Annotated[Span | None, heading("경고 (남은 시간)", "Danger (time left)", "경고", "Danger")] = None


class CuesPart(Part[CueRecord]):
    """The cues of all lanes, lane by lane in their order."""

    name = "cues"
    title = Text(ko="큐시트", en="Cue sheet")
    record = CueRecord
    structure = True
    ordered = True

    def __init__(self, dependents: Dependents = NO_DEPENDENTS) -> None:
        self.dependents = dependents

    @override
    def keys(self, values: Mapping[str, Any], context: Context) -> Iterable[Key]:
        return value_key(values, "number")

    @override
    def current(self, session: Session, conf: str) -> list[CueRecord]:
        plan, main = store.working_plan(session, conf), main_language(session, conf)
        return [_record(cue, plan, main) for cue in plan.cues]

    @override
    def extra(self, session: Session, conf: str, known: Known) -> list[Column]:
        own = known("conference")
        main = own[0].languages[0] if own else main_language(session, conf)
        return extra_columns("notes", [name_of(one.title, main) for one in known("departments")])

    @override
    def match(
        self, rows: Sequence[Stated], current: Sequence[CueRecord], context: Context
    ) -> Mapping[int, int]:
        return _matched(rows, current, context.main)

    @override
    def prepare(
        self, rows: Sequence[Stated], current: Sequence[CueRecord], context: Context
    ) -> tuple[Sequence[Stated], list[Problem]]:
        return _timed(_filled(rows), context)

    @override
    def check(self, proposal: Proposal[CueRecord]) -> Iterator[Problem]:
        staying = proposal.changes.staying
        yield from _sizes(proposal, staying)
        yield from _names(proposal, staying)
        started: set[str] = set()
        for change in staying:
            yield from _of_row(proposal, change, started)
        yield from self._held_back(proposal)

    @override
    def put(self, write: Write, changes: Changes[CueRecord], ids: Ids) -> None:
        before, main = store.working_plan(write.session, write.conf), main_language(write.session, write.conf)
        plan = _with_lane(before, changes, main, ids)
        after = checked(_with_cues(plan, changes, main, ids))
        if after != before:
            plan_actions.save(write, before, after, self.dependents)

    @override
    def remove(self, write: Write, gone: Sequence[CueRecord]) -> None:
        before = store.working_plan(write.session, write.conf)
        numbers = {number for one in gone if one.number for number in (one.number, _aside(one.number))}
        cues = tuple(cue for cue in before.cues if cue.number not in numbers)
        plan_actions.save(write, before, checked(replace(before, cues=cues)), self.dependents)

    @override
    def settle(self, write: Write) -> None:
        plan = store.working_plan(write.session, write.conf)
        if plan.lanes and store.published_plan(write.session, write.conf) is None:
            plan_actions.apply(write, revision=plan.revision, dependents=self.dependents)

    @override
    def cloned(self, record: CueRecord) -> CueRecord:
        return record.model_copy(update={"speakers": (), "readings": ()})

    def _held_back(self, proposal: Proposal[CueRecord]) -> Iterator[Problem]:
        """Yield a problem for each cue that ran and would be lost, and each with awards that would leave its lane."""
        session, conf = proposal.session, proposal.conf
        plan = store.working_plan(session, conf)
        live = run_store.live_run(session, conf)
        ran = {
            plan.cue[cue.cue_id].number
            for lane in run_store.lane_states(session, conf, live)
            for cue in lane.run.cues
            if cue.started_at is not None and cue.cue_id in plan.cue
        }
        bound = {
            plan.cue[CueId(cue)].number
            for find in self.dependents.bound
            for cue in find(session, conf)
            if CueId(cue) in plan.cue
        }
        for change in proposal.changes.all:
            before, after = change.before, change.after
            if before is None:
                continue
            lost = after is None or after.skipped or _differs(before.lane, after.lane)
            if before.number in ran and (lost or change.moved):
                yield proposal.problem(change, RAN, "number", number=before.number)
            elif before.number in bound and lost and after is not None:
                yield proposal.problem(change, IN_USE, "lane", number=before.number)


def _record(cue: Cue, plan: Plan, main: str) -> CueRecord:
    lane = next(lane for lane in plan.lanes if lane.id == cue.lane_id)
    departments = {one.id: name_of(one.title, main) for one in plan.departments}
    return CueRecord(
        number=cue.number,
        start=cue.planned_start,
        length=round(cue.planned / SECOND) or 1,
        segment=name_of(plan.segment[cue.segment_id].title, main),
        title=cue.title,
        notes={departments[name]: text for name, text in cue.notes.items()},
        lane=name_of(lane.title, main),
        speakers=tuple(CueSpeakerItem(name=one.name, role=one.role) for one in cue.speakers),
        readings=tuple(
            ReadingItem(absent=one.reads_for, by=one.name) for one in cue.speakers if one.reads_for
        ),
        follows=not cue.fixed,
        skipped=cue.skipped,
        colour=cue.colour,
        warn=cue.warn_s or None,
        danger=cue.danger_s or None,
    )


def _matched(rows: Sequence[Stated], current: Sequence[CueRecord], main: str) -> dict[int, int]:
    """Match by number where the title is the same too, then by lane and title, then by title, then by number alone.

    Numbers of a sheet that was edited in a spreadsheet are often counted anew.
    """
    found: dict[int, int] = {}
    for name in (_numbered_title, _lane_title, _title, _number):
        words = [name(row.values, main) for row in rows]
        known = [name(_values(record), main) for record in current]
        twice = {word for words in (words, known) for word, count in Counter(words).items() if count > 1}
        places = {word: place for place, word in enumerate(known) if word and word not in twice}
        taken = set(found.values())
        for at, word in enumerate(words):
            place = places.get(word) if at not in found else None
            if place is not None and place not in taken:
                found[at] = place
    return found


def _values(record: CueRecord) -> dict[str, Any]:
    title = {f"title.{lang}": getattr(record.title, lang) for lang in ("ko", "en")}
    return {"number": record.number, "lane": record.lane, **title}


def _title(values: Mapping[str, Any], main: str) -> str:
    return plain_word(str(values.get(f"title.{main}") or ""))


def _number(values: Mapping[str, Any], _main: str) -> str:
    return plain_word(str(values.get("number") or ""))


def _numbered_title(values: Mapping[str, Any], main: str) -> str:
    number, title = _number(values, main), _title(values, main)
    return f"{number}\n{title}" if number and title else ""


def _lane_title(values: Mapping[str, Any], main: str) -> str:
    lane, title = plain_word(str(values.get("lane") or "")), _title(values, main)
    return f"{lane}\n{title}" if lane and title else ""


def _filled(rows: Sequence[Stated]) -> list[Stated]:
    """Give a row with an empty lane or segment what stands above it; the segment is that of its lane."""
    found: list[Stated] = []
    lane: Any = None
    segments: dict[Any, Any] = {}
    for row in rows:
        values = dict(row.values)
        if "lane" in values:
            lane = values["lane"] = values["lane"] or lane
        if "segment" in values:
            values["segment"] = segments[lane] = values["segment"] or segments.get(lane)
        if values.get("speakers") and values.get("readings"):
            values["readings"] = tuple(map(partial(_read_by, values["speakers"][0]), values["readings"]))
        found.append(replace(row, values=values))
    return found


def _read_by(first: Any, reading: Any) -> Any:
    """Name the first speaker in a reading that names nobody."""
    if isinstance(first, Mapping) and isinstance(reading, Mapping) and not reading.get("by"):
        return {**reading, "by": first.get("name", "")}
    return reading


def _timed(rows: Sequence[Stated], context: Context) -> tuple[list[Stated], list[Problem]]:
    """Give each row an instant, or say that it follows the one above it; lane by lane."""
    found, problems = list(rows), list[Problem]()
    lanes: dict[Any, list[int]] = {}
    for at, row in enumerate(rows):
        lanes.setdefault(plain_word(str(row.values.get("lane") or "")), []).append(at)
    for own in lanes.values():
        for at, start in zip(own, _starts([rows[at] for at in own], context), strict=True):
            values = _with_start(rows[at].values, start)
            found[at] = replace(rows[at], values=values)
            if start is None and isinstance(rows[at].values.get("start"), ClockTime):
                problems.append(Problem(text=OUT_OF_ORDER, row=rows[at].row, at=rows[at].path, path="start"))
    return found, problems


def _with_start(given: Mapping[str, Any], start: datetime | None) -> dict[str, Any]:
    """Return what a row states of its start: a time of its own, or that it follows."""
    values = {name: value for name, value in given.items() if name != "start"}
    if values.get("follows") is True or "start" not in given:
        return values
    if start is None:
        return {**values, "follows": True}
    return {"follows": False, **values, "start": start}


def _starts(rows: Sequence[Stated], context: Context) -> Iterator[datetime | None]:
    """Yield the instants of the rows of a lane; a day that is written stands for the times after it."""
    run: list[tuple[int, int]] = []
    found: list[datetime | None] = [None] * len(rows)
    day = context.day

    def close() -> None:
        rolled = roll_nights(day, [clock for _, clock in run], context.zone)
        for (at, _), instant in zip(run, rolled, strict=True):
            if found[at] is None:
                found[at] = instant
        run.clear()

    for at, row in enumerate(rows):
        start = row.values.get("start")
        if isinstance(start, ClockTime):
            run.append((at, start.seconds))
        elif isinstance(start, datetime):
            close()
            local = start.astimezone(context.zone)
            found[at], day = start, local.date()
            run.append((at, local.hour * 3600 + local.minute * 60 + local.second))
    close()
    yield from found


def _sizes(proposal: Proposal[CueRecord], staying: Sequence[Change[CueRecord]]) -> Iterator[Problem]:
    if len(staying) > MOST_CUES:
        yield proposal.problem(staying[MOST_CUES], TOO_MANY, most=MOST_CUES)
    lanes: Counter[str] = Counter()
    for change in staying:
        lane = plain_word(change.record.lane or "")
        lanes[lane] += 1
        if lanes[lane] == MOST_CUES_IN_LANE + 1:
            yield proposal.problem(change, TOO_MANY, "lane", most=MOST_CUES_IN_LANE)


def _names(proposal: Proposal[CueRecord], staying: Sequence[Change[CueRecord]]) -> Iterator[Problem]:
    """Yield a problem for each cue without a segment, unless the plan has one alone."""
    several = len(proposal.known("segments")) != 1
    for change in staying:
        if several and not change.record.segment:
            yield proposal.problem(change, NO_SEGMENT, "segment")


def _of_row(proposal: Proposal[CueRecord], change: Change[CueRecord], started: set[str]) -> Iterator[Problem]:
    record, lane = change.record, plain_word(change.record.lane or "")
    if record.start is None and lane not in started and not (change.before and change.before.start):
        yield proposal.problem(change, NO_START, "start")
    started.add(lane)
    if timedelta(seconds=record.length) > LONGEST_CUE:
        yield proposal.problem(change, WHOLE_DAY, "length")
    names = {plain_word(one.name) for one in record.speakers}
    for reading in record.readings:
        if not names or (reading.by and plain_word(reading.by) not in names):
            yield proposal.problem(change, NO_SUCH_SPEAKER, "readings", value=reading.by or reading.absent)


def _differs(before: str | None, after: str | None) -> bool:
    return bool(after) and plain_word(before or "") != plain_word(after or "")


def _with_lane(plan: Plan, changes: Changes[CueRecord], main: str, ids: Ids) -> Plan:
    """Return the plan with a first lane, where neither it nor the sheet names one."""
    if plan.lanes or not changes.after:
        return plan
    lane = Lane(id=LaneId(ids("lane", name_of(FIRST_LANE, main))), title=FIRST_LANE)
    return replace(plan, lanes=(lane,))


def _with_cues(plan: Plan, changes: Changes[CueRecord], main: str, ids: Ids) -> Plan:
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
    cues += [replace(cue, number=_aside(cue.number)) if cue.number in taken else cue for cue in gone]
    return replace(plan, cues=tuple(cues))


def _aside(number: str) -> str:
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
