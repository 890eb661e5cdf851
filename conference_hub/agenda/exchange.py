"""The plan in the conference file, but for its cues (`cue_sheet.py`): departments, segments and lanes."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, Generic, Protocol, TypeVar

from pydantic import BaseModel
from sqlalchemy.orm import Session
from typing_extensions import override

from conference_hub.agenda import plan_actions, store
from conference_hub.agenda.edits import checked
from conference_hub.agenda.kinds import SegmentKind
from conference_hub.agenda.limits import MOST_DEPARTMENTS, MOST_LANES, MOST_SEGMENTS
from conference_hub.agenda.model import (
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
from conference_hub.agenda.plan_actions import Dependents
from conference_hub.conferences.place_store import all_rooms
from conference_hub.conferences.places import Room
from conference_hub.conferences.store import find_conference
from conference_hub.core.errors import msg
from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context
from conference_hub.exchange.columns import Record
from conference_hub.exchange.diff import Change, Changes
from conference_hub.exchange.fields import Colour, LongWords, Words, YesNo, choice, heading, reference
from conference_hub.exchange.nested import ItemsCell
from conference_hub.exchange.part import Ids, Key, Part, Problem, Proposal, plain_word, title_key

NO_DEPENDENTS = Dependents()
TOO_MANY = msg("%(most)s개까지 넣을 수 있습니다.")


class SpeakerItem(BaseModel):
    """Who speaks, and as what."""

    name: str
    role: str = ""


class DepartmentRecord(Record):
    """A department of the team: a column of the cue sheet."""

    title: Annotated[Words, heading("담당", "Department", "부서", "이름", "Title")]


class SegmentRecord(Record):
    """A part of the programme."""

    title: Annotated[Words, heading("제목", "Title", "구간", "구분", "Segment")]
    kind: Annotated[
        str, choice({kind.value: kind.label for kind in SegmentKind}), heading("종류", "Kind", "유형", "Type")
    ] = SegmentKind.GENERAL.value
    note: Annotated[LongWords | None, heading("설명", "Note", "안내", "Description")] = None
    room: Annotated[str | None, reference("rooms", creates=True), heading("회의장", "Room", "장소")] = None
    speakers: Annotated[
        tuple[SpeakerItem, ...],
        ItemsCell(SpeakerItem),
        heading("발표자 | 직함", "Speakers | role", "발표자", "연사", "출연", "Speakers"),
    ] = ()
    team_only: Annotated[YesNo, heading("비공개", "Team only", "내부용", "Hidden")] = False


class LaneRecord(Record):
    """A lane."""

    title: Annotated[Words, heading("제목", "Title", "진행 구역", "레인", "구역", "Lane")]
    colour: Annotated[Colour | None, heading("색", "Colour", "색상", "Color")] = None
    room: Annotated[str | None, reference("rooms", creates=True), heading("회의장", "Room", "장소")] = None


class Titled(Protocol):
    """What is known by its title."""

    @property
    def title(self) -> Text:
        """The title."""


T = TypeVar("T", bound=Titled)
R = TypeVar("R", DepartmentRecord, SegmentRecord, LaneRecord)


def main_language(session: Session, conf: str) -> str:
    """Return the language by whose titles things are named in a conference."""
    conference = find_conference(session, conf)
    return conference.main_language if conference else "ko"


def name_of(text: Text, main: str) -> str:
    """Return by what a title is named in other parts."""
    return text.in_language(main)


def by_title(items: Iterable[T], main: str) -> dict[str, T]:
    """Return things by their titles as they are compared."""
    return {plain_word(name_of(item.title, main)): item for item in items}


class PlanPart(Part[R], Generic[R]):
    """A part that is a list of the plan, in order, named by titles."""

    structure = True
    ordered = True
    named_from_nothing = True
    most: int

    def __init__(self, dependents: Dependents = NO_DEPENDENTS) -> None:
        self.dependents = dependents

    @override
    def keys(self, values: Mapping[str, Any], context: Context) -> Iterable[Key]:
        return title_key(values, context)

    @override
    def check(self, proposal: Proposal[R]) -> Iterator[Problem]:
        staying = proposal.changes.staying
        if len(staying) > self.most:
            yield proposal.problem(staying[self.most], TOO_MANY, most=self.most)

    @override
    def put(self, write: Write, changes: Changes[R], ids: Ids) -> None:
        self._revise(write, lambda plan, main: self.planned(write, plan, changes, main, ids))

    @override
    def remove(self, write: Write, gone: Sequence[R]) -> None:
        self._revise(write, lambda plan, main: self.without(plan, [_word(one, main) for one in gone], main))

    @abstractmethod
    def planned(self, write: Write, plan: Plan, changes: Changes[R], main: str, ids: Ids) -> Plan:
        """Return the plan with what stays, and what is gone still at the end of it."""

    @abstractmethod
    def without(self, plan: Plan, titles: Sequence[str], main: str) -> Plan:
        """Return the plan without what has these titles (`plain_word`)."""

    def _revise(self, write: Write, make: Callable[[Plan, str], Plan]) -> None:
        before = store.working_plan(write.session, write.conf)
        after = checked(make(before, main_language(write.session, write.conf)))
        if after != before or not before.revision:
            plan_actions.save(write, before, after, self.dependents)


class DepartmentsPart(PlanPart[DepartmentRecord]):
    """The departments of the team."""

    name = "departments"
    title = Text(ko="담당", en="Departments")
    record = DepartmentRecord
    most = MOST_DEPARTMENTS

    @override
    def current(self, session: Session, conf: str) -> list[DepartmentRecord]:
        return [DepartmentRecord(title=one.title) for one in store.working_plan(session, conf).departments]

    @override
    def planned(
        self, write: Write, plan: Plan, changes: Changes[DepartmentRecord], main: str, ids: Ids
    ) -> Plan:
        known = by_title(plan.departments, main)
        found = [
            Department(
                id=before.id
                if (before := known.get(_word(change.before or change.record, main)))
                else DepartmentId(ids("department", name_of(change.record.title, main))),
                title=change.record.title,
            )
            for change in changes.all
        ]
        return replace(plan, departments=tuple(found))

    @override
    def without(self, plan: Plan, titles: Sequence[str], main: str) -> Plan:
        return replace(plan, departments=_left(plan.departments, titles, main))


class SegmentsPart(PlanPart[SegmentRecord]):
    """The parts of the programme."""

    name = "segments"
    title = Text(ko="구간", en="Segments")
    record = SegmentRecord
    most = MOST_SEGMENTS

    @override
    def current(self, session: Session, conf: str) -> list[SegmentRecord]:
        main, rooms = main_language(session, conf), all_rooms(session, conf)
        return [
            SegmentRecord(
                title=one.title,
                kind=one.kind.value,
                note=one.note,
                room=_room_title(rooms, one.room, main),
                speakers=tuple(SpeakerItem(name=who.name, role=who.role) for who in one.speakers),
                team_only=not one.public,
            )
            for one in store.working_plan(session, conf).segments
        ]

    @override
    def check(self, proposal: Proposal[SegmentRecord]) -> Iterator[Problem]:
        yield from super().check(proposal)
        used = {plain_word(cue.segment) for cue in proposal.known("cues") if cue.segment}
        yield from _in_use(proposal, used, msg("이 구간에 순서가 있습니다: %(title)s"))

    @override
    def named(
        self,
        word: str,
        referring: Mapping[str, Any],
        there: Sequence[Mapping[str, Any]],
        context: Context,
    ) -> Mapping[str, Any] | None:
        """Return the segment, of the kind that its title is the word for."""
        made = super().named(word, referring, there, context)
        kinds = {plain_word(name): kind for kind in SegmentKind for name in (kind.label.ko, kind.label.en)}
        return made and {**made, "kind": kinds.get(plain_word(word), SegmentKind.GENERAL).value}

    @override
    def cloned(self, record: SegmentRecord) -> SegmentRecord:
        return record.model_copy(update={"speakers": ()})

    @override
    def planned(self, write: Write, plan: Plan, changes: Changes[SegmentRecord], main: str, ids: Ids) -> Plan:
        known, rooms = by_title(plan.segments, main), all_rooms(write.session, write.conf)
        found = []
        for change in changes.all:
            before, record = known.get(_word(change.before or change.record, main)), change.record
            found.append(
                Segment(
                    id=before.id if before else SegmentId(ids("segment", name_of(record.title, main))),
                    kind=SegmentKind(record.kind),
                    title=record.title,
                    note=record.note,
                    room=_room_id(rooms, record.room, main),
                    speakers=tuple(Speaker(name=who.name, role=who.role) for who in record.speakers),
                    public=not record.team_only,
                )
            )
        return replace(plan, segments=tuple(found))

    @override
    def without(self, plan: Plan, titles: Sequence[str], main: str) -> Plan:
        return replace(plan, segments=_left(plan.segments, titles, main))


class LanesPart(PlanPart[LaneRecord]):
    """The lanes."""

    name = "lanes"
    title = Text(ko="진행 구역", en="Lanes")
    record = LaneRecord
    most = MOST_LANES

    @override
    def current(self, session: Session, conf: str) -> list[LaneRecord]:
        main, rooms = main_language(session, conf), all_rooms(session, conf)
        return [
            LaneRecord(title=one.title, colour=one.colour, room=_room_title(rooms, one.room, main))
            for one in store.working_plan(session, conf).lanes
        ]

    @override
    def check(self, proposal: Proposal[LaneRecord]) -> Iterator[Problem]:
        yield from super().check(proposal)
        used = {plain_word(cue.lane) for cue in proposal.known("cues") if cue.lane}
        yield from _in_use(proposal, used, msg("이 진행 구역에 순서가 있습니다: %(title)s"))

    @override
    def planned(self, write: Write, plan: Plan, changes: Changes[LaneRecord], main: str, ids: Ids) -> Plan:
        known, rooms = by_title(plan.lanes, main), all_rooms(write.session, write.conf)
        found = []
        for change in changes.all:
            before, record = known.get(_word(change.before or change.record, main)), change.record
            found.append(
                Lane(
                    id=before.id if before else LaneId(ids("lane", name_of(record.title, main))),
                    title=record.title,
                    colour=record.colour,
                    room=_room_id(rooms, record.room, main),
                )
            )
        return with_lanes(plan, found)

    @override
    def without(self, plan: Plan, titles: Sequence[str], main: str) -> Plan:
        return with_lanes(plan, _left(plan.lanes, titles, main))


def with_lanes(plan: Plan, lanes: Iterable[Lane]) -> Plan:
    """Return the plan with other lanes; the cues of those that are gone go with them."""
    found = tuple(lanes)
    cues = (cue for lane in found for cue in plan.lane_cues.get(lane.id, ()))
    return replace(plan, lanes=found, cues=tuple(cues))


def _word(record: Titled, main: str) -> str:
    return plain_word(name_of(record.title, main))


def _left(items: Iterable[T], titles: Sequence[str], main: str) -> tuple[T, ...]:
    return tuple(item for item in items if plain_word(name_of(item.title, main)) not in titles)


def _in_use(proposal: Proposal[R], used: set[str], sentence: str) -> Iterator[Problem]:
    main = proposal.context.main
    gone: Iterable[Change[R]] = proposal.changes.of("gone")
    for change in gone:
        if _word(change.record, main) in used:
            yield proposal.problem(change, sentence, title=name_of(change.record.title, main))


def _room_title(rooms: Iterable[Room], room_id: RoomId | None, main: str) -> str | None:
    return next((name_of(room.title, main) for room in rooms if room.id == room_id), None)


def _room_id(rooms: Iterable[Room], title: str | None, main: str) -> RoomId | None:
    room = by_title(rooms, main).get(plain_word(title)) if title else None
    return RoomId(room.id) if room else None
