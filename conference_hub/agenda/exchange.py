"""The plan in the conference file, but for its cues (`cue_sheet.py`): departments, segments and lanes."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated, Any, Generic, TypeVar

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
from conference_hub.conferences.store import main_language
from conference_hub.core.errors import msg
from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context
from conference_hub.exchange.diff import Changes
from conference_hub.exchange.fields import Colour, LongWords, Words, YesNo, choice, heading, reference
from conference_hub.exchange.nested import ItemsCell
from conference_hub.exchange.part import Ids, Problem, Proposal, plain_word
from conference_hub.exchange.titled import (
    CalledPart,
    CalledRecord,
    arranged,
    by_title,
    called,
    in_use,
    left_of,
    name_of,
)

NO_DEPENDENTS = Dependents()
TOO_MANY = msg("%(most)s개까지 넣을 수 있습니다.")


class SpeakerItem(BaseModel):
    """Who speaks, and as what."""

    name: str
    role: str = ""


class DepartmentRecord(CalledRecord):
    """A department of the team: a column of the cue sheet."""

    title: Annotated[Words, heading("담당", "Department", "부서", "이름", "Title")]


class SegmentRecord(CalledRecord):
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


class LaneRecord(CalledRecord):
    """A lane."""

    title: Annotated[Words, heading("제목", "Title", "진행 구역", "레인", "구역", "Lane")]
    colour: Annotated[Colour | None, heading("색", "Colour", "색상", "Color")] = None
    room: Annotated[str | None, reference("rooms", creates=True), heading("회의장", "Room", "장소")] = None


T = TypeVar("T", Department, Segment, Lane)
R = TypeVar("R", DepartmentRecord, SegmentRecord, LaneRecord)


@dataclass(frozen=True, kw_only=True)
class Rooms:
    """The rooms of a conference, and the language by whose titles they are named."""

    all: Sequence[Room]
    main: str

    def title(self, room_id: RoomId | None) -> str | None:
        """Return by what a room is named, None for none."""
        return next((name_of(room.title, self.main) for room in self.all if room.id == room_id), None)

    def id(self, title: str | None) -> RoomId | None:
        """Return the id of the room with a title, None for none."""
        room = by_title(self.all, self.main).get(plain_word(title)) if title else None
        return RoomId(room.id) if room else None


def rooms_of(session: Session, conf: str) -> Rooms:
    """Return the rooms of a conference."""
    return Rooms(all=all_rooms(session, conf), main=main_language(session, conf))


class PlanPart(CalledPart[R], Generic[R, T]):
    """A part that is a list of the plan, in order, named by titles."""

    named_from_nothing = True
    most: int
    kind: str
    in_use: str = ""
    """What to say of one that is to go though cues are in it."""

    def __init__(self, dependents: Dependents = NO_DEPENDENTS) -> None:
        self.dependents = dependents

    @abstractmethod
    def listed(self, plan: Plan) -> tuple[T, ...]:
        """Return the list as it is in the plan."""

    @abstractmethod
    def planned(self, plan: Plan, items: Iterable[T]) -> Plan:
        """Return the plan with another list."""

    @abstractmethod
    def record_of(self, item: T, rooms: Rooms) -> R:
        """Return the record of one."""

    @abstractmethod
    def made(self, item_id: str, record: R, rooms: Rooms) -> T:
        """Return what a record makes."""

    @override
    def current(self, session: Session, conf: str) -> list[R]:
        rooms, items = rooms_of(session, conf), self.listed(store.working_plan(session, conf))
        records = [self.record_of(one, rooms) for one in items]
        return [
            record.model_copy(update={"called": name}) if name else record
            for record, name in zip(records, called(items, rooms.main), strict=True)
        ]

    @override
    def check(self, proposal: Proposal[R]) -> Iterator[Problem]:
        staying = proposal.changes.staying
        if len(staying) > self.most:
            yield proposal.problem(staying[self.most], TOO_MANY, most=self.most)
        if self.in_use:
            used = (getattr(cue, self.kind) for cue in proposal.known("cues"))
            yield from in_use(proposal, used, self.in_use)

    @override
    def put(self, write: Write, changes: Changes[R], ids: Ids) -> None:
        rooms = rooms_of(write.session, write.conf)

        def make(item_id: str, record: R, _before: T | None) -> T:
            return self.made(item_id, record, rooms)

        self._revise(
            write,
            lambda items: arranged(items, changes, make, partial(ids, self.kind), rooms.main),
        )

    @override
    def remove(self, write: Write, gone: Sequence[R]) -> None:
        main = main_language(write.session, write.conf)
        self._revise(write, lambda items: left_of(items, gone, main))

    def _revise(self, write: Write, change: Callable[[Iterable[T]], Iterable[T]]) -> None:
        before = store.working_plan(write.session, write.conf)
        after = checked(self.planned(before, change(self.listed(before))))
        if after != before or not before.revision:
            plan_actions.save(write, before, after, self.dependents)


class DepartmentsPart(PlanPart[DepartmentRecord, Department]):
    """The departments of the team."""

    name = "departments"
    title = Text(ko="담당", en="Departments")
    record = DepartmentRecord
    most = MOST_DEPARTMENTS
    kind = "department"

    @override
    def listed(self, plan: Plan) -> tuple[Department, ...]:
        return plan.departments

    @override
    def planned(self, plan: Plan, items: Iterable[Department]) -> Plan:
        return replace(plan, departments=tuple(items))

    @override
    def record_of(self, item: Department, rooms: Rooms) -> DepartmentRecord:
        return DepartmentRecord(title=item.title)

    @override
    def made(self, item_id: str, record: DepartmentRecord, rooms: Rooms) -> Department:
        return Department(id=DepartmentId(item_id), title=record.title)


class SegmentsPart(PlanPart[SegmentRecord, Segment]):
    """The parts of the programme."""

    name = "segments"
    title = Text(ko="구간", en="Segments")
    record = SegmentRecord
    most = MOST_SEGMENTS
    kind = "segment"
    in_use = msg("이 구간에 순서가 있습니다: %(title)s")

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
    def listed(self, plan: Plan) -> tuple[Segment, ...]:
        return plan.segments

    @override
    def planned(self, plan: Plan, items: Iterable[Segment]) -> Plan:
        return replace(plan, segments=tuple(items))

    @override
    def record_of(self, item: Segment, rooms: Rooms) -> SegmentRecord:
        return SegmentRecord(
            title=item.title,
            kind=item.kind.value,
            note=item.note,
            room=rooms.title(item.room),
            speakers=tuple(SpeakerItem(name=who.name, role=who.role) for who in item.speakers),
            team_only=not item.public,
        )

    @override
    def made(self, item_id: str, record: SegmentRecord, rooms: Rooms) -> Segment:
        return Segment(
            id=SegmentId(item_id),
            kind=SegmentKind(record.kind),
            title=record.title,
            note=record.note,
            room=rooms.id(record.room),
            speakers=tuple(Speaker(name=who.name, role=who.role) for who in record.speakers),
            public=not record.team_only,
        )


class LanesPart(PlanPart[LaneRecord, Lane]):
    """The lanes; one that a cue sheet names is in the room of that name."""

    name = "lanes"
    alike = ("room", "rooms")
    title = Text(ko="진행 구역", en="Lanes")
    record = LaneRecord
    most = MOST_LANES
    kind = "lane"
    in_use = msg("이 진행 구역에 순서가 있습니다: %(title)s")

    @override
    def listed(self, plan: Plan) -> tuple[Lane, ...]:
        return plan.lanes

    @override
    def planned(self, plan: Plan, items: Iterable[Lane]) -> Plan:
        return with_lanes(plan, items)

    @override
    def record_of(self, item: Lane, rooms: Rooms) -> LaneRecord:
        return LaneRecord(title=item.title, colour=item.colour, room=rooms.title(item.room))

    @override
    def made(self, item_id: str, record: LaneRecord, rooms: Rooms) -> Lane:
        return Lane(id=LaneId(item_id), title=record.title, colour=record.colour, room=rooms.id(record.room))


def with_lanes(plan: Plan, lanes: Iterable[Lane]) -> Plan:
    """Return the plan with other lanes; the cues of those that are gone go with them."""
    found = tuple(lanes)
    cues = (cue for lane in found for cue in plan.lane_cues.get(lane.id, ()))
    return replace(plan, lanes=found, cues=tuple(cues))
