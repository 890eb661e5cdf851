"""Points, their opening times, and gates as parts of the conference file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated, Any, ClassVar

from sqlalchemy.orm import Session
from typing_extensions import override

from conference_hub.conferences.store import main_language
from conference_hub.core.errors import msg
from conference_hub.core.journal import Write
from conference_hub.core.ordered import titled
from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context, LineCell
from conference_hub.exchange.columns import Record
from conference_hub.exchange.diff import Changes
from conference_hub.exchange.faults import CellError, shown
from conference_hub.exchange.fields import Lines, Moment, Words, YesNo, choice, heading, reference
from conference_hub.exchange.nested import ListCell
from conference_hub.exchange.part import Ids, Key, Part, Problem, Proposal, plain_word
from conference_hub.exchange.titled import TitledPart, TitledRecord, arranged, by_title, in_use, left_of
from conference_hub.gates import store
from conference_hub.gates.actions import set_gates, set_points
from conference_hub.gates.model import Gate, GateId, Point, PointId, PointKind, Reentry, Window
from conference_hub.gates.rules import NEEDS_EXITS, in_time, needs_exits, usual_point
from conference_hub.gates.ties import GateTies
from conference_hub.people.group_actions import group_by_title
from conference_hub.people.group_store import all_groups
from conference_hub.people.model import GroupId, Mode

KINDS = choice({kind.value: kind.label for kind in PointKind})
IN_AND_OUT = "in_out"
SCANS = choice({IN_AND_OUT: Text(ko="입장과 퇴장", en="In and out"), "in": Text(ko="입장만", en="In only")})
REENTRIES = choice({reentry.value: reentry.label for reentry in Reentry})


class PointRecord(TitledRecord):
    """A point."""

    title: Annotated[Words, heading("확인 지점", "Point", "지점", "이름", "Title")]
    kind: Annotated[str, KINDS, heading("종류", "Kind", "Type")] = PointKind.DOOR.value
    scans: Annotated[str, SCANS, heading("확인하는 것", "Scans", "퇴장 확인")] = IN_AND_OUT
    reentry: Annotated[str, REENTRIES, heading("다시 들어오기", "Re-entry", "재입장")] = (
        Reentry.AFTER_EXIT.value
    )
    daily: Annotated[YesNo, heading("날마다 새로", "Daily", "매일")] = False


class PointsPart(TitledPart[PointRecord]):
    """The points in their order, named by their titles."""

    name = "points"
    title = Text(ko="확인 지점", en="Points")
    record = PointRecord

    @override
    def current(self, session: Session, conf: str) -> list[PointRecord]:
        return [_point_record(point) for point in store.all_points(session, conf)]

    @override
    def put(self, write: Write, changes: Changes[PointRecord], ids: Ids) -> None:
        known, main = store.all_points(write.session, write.conf), main_language(write.session, write.conf)
        set_points(write, arranged(known, changes, _point, partial(ids, "point"), main))

    @override
    def remove(self, write: Write, gone: Sequence[PointRecord]) -> None:
        known, main = store.all_points(write.session, write.conf), main_language(write.session, write.conf)
        set_points(write, left_of(known, gone, main))

    @override
    def check(self, proposal: Proposal[PointRecord]) -> Iterable[Problem]:
        for change in proposal.changes.staying:
            if needs_exits(Reentry(change.record.reentry), exits=change.record.scans == IN_AND_OUT):
                yield proposal.problem(change, NEEDS_EXITS, "reentry")
        used = (gate.point for gate in proposal.known("gates"))
        yield from in_use(proposal, used, msg("이 확인 지점에 속한 출입구가 있습니다: %(title)s"))


class WindowRecord(Record):
    """When a point is open; a point without one is open as the doors of the conference are."""

    point: Annotated[str, reference("points"), heading("확인 지점", "Point", "지점")]
    opens_at: Annotated[Moment, heading("여는 시각", "Opens", "시작")]
    closes_at: Annotated[Moment, heading("닫는 시각", "Closes", "끝")]


class WindowsPart(Part[WindowRecord]):
    """The opening times of points; one is known by its point and when it opens."""

    name = "windows"
    title = Text(ko="확인 시간", en="Opening times")
    record = WindowRecord
    structure = True
    ordered = True

    @override
    def keys(self, values: Mapping[str, Any], context: Context) -> Iterable[Key]:
        if values.get("point") and values.get("opens_at"):
            words = (plain_word(str(values["point"])), str(values["opens_at"]))
            yield Key(kind="opens_at", value=" | ".join(words))

    @override
    def current(self, session: Session, conf: str) -> list[WindowRecord]:
        main = main_language(session, conf)
        return [
            WindowRecord(
                point=point.title.in_language(main), opens_at=window.opens_at, closes_at=window.closes_at
            )
            for point in store.all_points(session, conf)
            for window in point.windows
        ]

    @override
    def check(self, proposal: Proposal[WindowRecord]) -> Iterable[Problem]:
        for change in proposal.changes.staying:
            if change.record.closes_at <= change.record.opens_at:
                yield proposal.problem(change, msg("시작보다 늦어야 합니다."), "closes_at")

    @override
    def put(self, write: Write, changes: Changes[WindowRecord], ids: Ids) -> None:
        wanted: defaultdict[str, list[Window]] = defaultdict(list)
        for change in changes.staying:
            record = change.record
            window = Window(opens_at=record.opens_at, closes_at=record.closes_at)
            wanted[plain_word(record.point)].append(window)
        points, main = store.all_points(write.session, write.conf), main_language(write.session, write.conf)
        of = {point.id: wanted.get(name, []) for name, point in by_title(points, main).items()}
        set_points(write, [replace(point, windows=in_time(of[point.id])) for point in points])

    @override
    def remove(self, write: Write, gone: Sequence[WindowRecord]) -> None:
        """Nothing remains to be removed: `put` makes each point's windows what stays of them."""


@dataclass(frozen=True)
class ModesCell(ListCell):
    """Ways of taking part, by their words in either language."""

    hint: ClassVar[str] = msg("여럿이면 ; 또는 줄바꿈으로 나눕니다. 현장, 메타버스, 화상회의, 온라인 중계")

    @override
    def accept(self, value: Any) -> Any:
        """Return the values; raises CellError for another word."""
        words = [LineCell(40).accept(one) for one in (value if isinstance(value, list | tuple) else [value])]
        found = tuple(MODE_WORDS.get(plain_word(word), "") for word in words)
        if "" in found:
            raise CellError(
                msg("참석 방식은 현장, 메타버스, 화상회의, 온라인 중계로 적어 주세요: %(value)s"),
                value=shown(", ".join(words)),
            )
        return tuple(mode.value for mode in Mode if mode.value in found)

    @override
    def write(self, value: Any, context: Context) -> Any:
        """Write the words of the main language."""
        return super().write([Mode(one).label.in_language(context.main) for one in value], context)


MODE_WORDS = {
    plain_word(word): mode.value for mode in Mode for word in (mode.value, mode.label.ko, mode.label.en)
}


class GateRecord(TitledRecord):
    """A gate."""

    title: Annotated[Words, heading("출입구", "Gate", "이름", "Title")]
    point: Annotated[
        Annotated[str, reference("points", creates=True)] | None, heading("확인 지점", "Point", "지점")
    ] = None
    groups: Annotated[Lines, heading("구분", "Groups", "참석자 구분")] = ()
    modes: Annotated[tuple[str, ...], ModesCell(), heading("참석 방식", "Attendance", "참석")] = (
        Mode.ONSITE.value,
    )


class GatesPart(TitledPart[GateRecord]):
    """The gates in their order, named by their titles."""

    name = "gates"
    title = Text(ko="출입구", en="Gates")
    record = GateRecord

    def __init__(self, ties: GateTies) -> None:
        """Keep what check-in knows of gates (`Hub.gate_ties`)."""
        self._ties = ties

    @override
    def current(self, session: Session, conf: str) -> list[GateRecord]:
        main = main_language(session, conf)
        points = {point.id: point.title.in_language(main) for point in store.all_points(session, conf)}
        groups = {group.id: group.title.in_language(main) for group in all_groups(session, conf).values()}
        return [_gate_record(gate, points, groups) for gate in store.all_gates(session, conf)]

    @override
    def put(self, write: Write, changes: Changes[GateRecord], ids: Ids) -> None:
        known, main = store.all_gates(write.session, write.conf), main_language(write.session, write.conf)
        make = partial(_gate, write, main)
        set_gates(write, arranged(known, changes, make, partial(ids, "gate"), main), self._ties)

    @override
    def remove(self, write: Write, gone: Sequence[GateRecord]) -> None:
        known, main = store.all_gates(write.session, write.conf), main_language(write.session, write.conf)
        set_gates(write, left_of(known, gone, main), self._ties)

    @override
    def check(self, proposal: Proposal[GateRecord]) -> Iterable[Problem]:
        yield from _unknown_groups(proposal)
        if not proposal.changes.gone:
            return
        known = store.all_gates(proposal.session, proposal.conf)
        used = self._ties.used(proposal.session, proposal.conf, [gate.id for gate in known])
        for change in proposal.changes.of("gone"):
            gate = titled(known, change.record.title)
            if gate and gate.id in used:
                yield proposal.problem(change, msg("이 출입구에서 스캔한 기록이 있습니다."))


def _unknown_groups(proposal: Proposal[GateRecord]) -> Iterable[Problem]:
    titles = {
        plain_word(word)
        for group in proposal.known("groups")
        for word in (group.title.ko, group.title.en)
        if word
    }
    for change in proposal.changes.staying:
        for name in change.record.groups:
            if plain_word(name) not in titles:
                yield proposal.problem(change, msg("그런 구분이 없습니다: %(value)s"), "groups", value=name)


def _point_record(point: Point) -> PointRecord:
    return PointRecord(
        title=point.title,
        kind=point.kind.value,
        scans=IN_AND_OUT if point.exits else "in",
        reentry=point.reentry.value,
        daily=point.daily,
    )


def _point(point_id: str, record: PointRecord, before: Point | None) -> Point:
    return Point(
        id=PointId(point_id),
        title=record.title,
        position=0,
        kind=PointKind(record.kind),
        exits=record.scans == IN_AND_OUT,
        reentry=Reentry(record.reentry),
        daily=record.daily,
        windows=before.windows if before else (),
    )


def _gate_record(gate: Gate, points: Mapping[PointId, str], groups: Mapping[GroupId, str]) -> GateRecord:
    return GateRecord(
        title=gate.title,
        point=points.get(gate.point),
        groups=tuple(title for group, title in groups.items() if group in gate.groups),
        modes=tuple(mode.value for mode in Mode if mode in gate.modes),
    )


def _gate(write: Write, main: str, gate_id: str, record: GateRecord, _before: Gate | None) -> Gate:
    points = store.all_points(write.session, write.conf)
    point = by_title(points, main).get(plain_word(record.point)) if record.point else None
    groups = all_groups(write.session, write.conf)
    named = (group_by_title(groups, name) for name in record.groups)
    return Gate(
        id=GateId(gate_id),
        title=record.title,
        position=0,
        point=point.id if point else usual_point(points),
        groups=frozenset(group.id for group in named if group),
        modes=frozenset(map(Mode, record.modes)),
    )
