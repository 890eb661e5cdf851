"""Rows of a cue sheet (큐시트): their record, which row is which cue, and the instants that times without a day mean.

A time without a day is of the first day or of the night after it, lane by lane; a row without a time follows the one
above it, and one without a segment or a lane has that of the row above it. A column of days (`DAY`) may say the day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Annotated, Any

from pydantic import BaseModel, Field

from conference_hub.agenda.layout import LONGEST_NUMBER
from conference_hub.agenda.limits import LONGEST_SYNC
from conference_hub.core.errors import msg
from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context, LineCell
from conference_hub.exchange.columns import Column, Record
from conference_hub.exchange.fields import ByColumn, Colour, Span, Start, Words, YesNo, heading, reference
from conference_hub.exchange.moments import ClockTime, ProgrammeDayCell, at_clock, roll_nights
from conference_hub.exchange.nested import ItemsCell
from conference_hub.exchange.part import Problem, Stated, plain_word

DAY = Column(
    path="day",
    heading=Text(ko="날짜", en="Date"),
    cell=ProgrammeDayCell(),
    aliases=("일자", "날짜(요일)", "일정", "Day"),
)
"""The day of a row, in a column of its own; it holds for the rows below that have none."""
OUT_OF_ORDER = msg("바로 앞 순서보다 이른 시간입니다. 다음 날이면 날짜를 함께 적어 주세요.")


STARTS = ("시작", "시작 시각", "시작 시간", "시각", "Start", "Start time", "Starts")
LENGTHS = (
    "소요 시간", "소요 시간(분)", "소요(분)", "시간(분)", "진행 시간", "길이", "분", "Length", "Minutes", "Min", "Mins",
    "Duration (min)", "Length (min)",
)  # fmt: skip
TITLES = (
    "제목", "진행 내용", "세부 내용", "프로그램", "식순", "순서명", "행사 내용",
    "Item", "Content", "Programme", "Program", "Description", "Cue title", "Event", "Session",
)  # fmt: skip
LANES = (
    "레인", "구역", "트랙", "장소", "회의장", "무대", "Track", "Room", "Place", "Venue", "Location", "Hall",
)  # fmt: skip


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
    start: Annotated[
        Start | None,
        heading("시간", "Time", *STARTS),
    ] = None
    length: Annotated[Span, heading("소요", "Duration", *LENGTHS)]
    segment: Annotated[
        Annotated[str, reference("segments", creates=True)] | None,
        heading("구분", "Segment", "구간", "Part"),
    ] = None
    title: Annotated[Words, heading("내용", "Title", *TITLES)]
    notes: Annotated[ByColumn, heading("담당별 메모", "Notes")] = Field(default_factory=dict)
    lane: Annotated[
        Annotated[str, reference("lanes", creates=True)] | None,
        heading("진행 구역", "Lane", *LANES),
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
    sync: Annotated[
        str | None,
        LineCell(LONGEST_SYNC),
        heading("동시 시작", "Starts together", "동시", "Sync", "Sync point"),
    ] = None
    shortest: Annotated[
        Span | None, heading("최소 시간", "Shortest", "최소", "최소 소요", "Minimum", "Min. duration")
    ] = None
    droppable: Annotated[YesNo, heading("생략 가능", "May be dropped", "Droppable", "Optional")] = False
    skipped: Annotated[YesNo, heading("건너뜀", "Skipped", "생략", "Skip")] = False
    colour: Annotated[Colour | None, heading("색", "Colour", "색상", "Color")] = None
    warn: Annotated[Span | None, heading("주의 (남은 시간)", "Warning (time left)", "주의", "Warning")] = None
    danger: Annotated[Span | None, heading("경고 (남은 시간)", "Danger (time left)", "경고", "Danger")] = None


def matched(rows: Sequence[Stated], current: Sequence[CueRecord], main: str) -> dict[int, int]:
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


def filled(rows: Sequence[Stated]) -> list[Stated]:
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


def dated(rows: Sequence[Stated], context: Context) -> list[Stated]:
    """Put the day of a row into its start, where it begins another day of its lane.

    The other times of a day stay without it: the night after the day belongs to it.
    """
    found: list[Stated] = []
    day: date | None = None
    last: dict[str, date | None] = {}
    for row in rows:
        values = {path: value for path, value in row.values.items() if path != DAY.path}
        day = row.values.get(DAY.path) or day
        lane, start = plain_word(str(values.get("lane") or "")), values.get("start")
        if isinstance(start, ClockTime) and day is not None and last.get(lane) != day:
            values["start"] = at_clock(day, start.seconds, context.zone)
            values = _with_length(values, start)
            last[lane] = day
        found.append(replace(row, values=values))
    return found


def timed(rows: Sequence[Stated], context: Context) -> tuple[list[Stated], list[Problem]]:
    """Give each row an instant, or say that it follows the one above it; lane by lane."""
    found, problems = list(rows), list[Problem]()
    lanes: dict[Any, list[int]] = {}
    for at, row in enumerate(rows):
        lanes.setdefault(plain_word(str(row.values.get("lane") or "")), []).append(at)
    for own in lanes.values():
        for at, start in zip(own, _starts([rows[at] for at in own], context), strict=True):
            values = _with_length(_with_start(rows[at].values, start), rows[at].values.get("start"))
            found[at] = replace(rows[at], values=values)
            if start is None and isinstance(rows[at].values.get("start"), ClockTime):
                problems.append(Problem(text=OUT_OF_ORDER, row=rows[at].row, at=rows[at].path, path="start"))
    return found, problems


def by_lane(rows: Sequence[Stated], current: Sequence[CueRecord]) -> list[Stated]:
    """Return the rows lane by lane, as the plan has its cues: a sheet may be sorted by time alone.

    Rows that say no lane stay where they are in front.
    """
    lanes = [plain_word(one.lane or "") for one in current]
    stated = [plain_word(str(row.values.get("lane") or "")) for row in rows]
    order = {lane: place for place, lane in enumerate(dict.fromkeys((*lanes, *stated)))}
    pairs = sorted(zip(stated, rows, strict=True), key=lambda pair: order[pair[0]] if pair[0] else -1)
    return [row for _, row in pairs]


def _with_start(given: Mapping[str, Any], start: datetime | None) -> dict[str, Any]:
    """Return what a row states of its start: a time of its own, or that it follows."""
    values = {name: value for name, value in given.items() if name != "start"}
    if values.get("follows") is True or "start" not in given:
        return values
    if start is None:
        return {**values, "follows": True}
    return {"follows": False, **values, "start": start}


def _with_length(values: dict[str, Any], start: object) -> dict[str, Any]:
    """Return the values with the length that follows from a written end, where no length is stated."""
    if isinstance(start, ClockTime) and start.lasts_s and not values.get("length"):
        return {**values, "length": start.lasts_s}
    return values


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
